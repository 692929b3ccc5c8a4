//! This room's pages. Each handler extracts, loads, calls one operation and answers.

mod acts;
mod bar;
mod case;
mod decision;
mod filing;
mod holidays;
mod lists;
mod new_case;
mod sheet;
mod signal;
mod standing;
mod twins;
mod users;
mod watch;
mod wording;

use crate::accounts::Permission as P;
use crate::web::forms::Fields;
use crate::web::route::{Route, get, post};
use crate::web::{Access, App};
use crate::{blobs, evidence, trouble};

pub use lists::{filter_of, page_number};
pub use twins::{case_json, item_json, watch_item_json};

/// What a proof or a receipt may weigh.
const UPLOAD_BYTES_MAX: usize = 26 * 1024 * 1024;
/// A sheet's whole form: forty fields, the longest of 4,000 characters in up to 4 bytes each.
const SHEET_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A list of public holidays, typed or as a file.
const HOLIDAYS_BYTES_MAX: usize = 1024 * 1024;

pub fn routes() -> Vec<Route> {
    let read = Access::Can(P::CasesRead);
    let decide = Access::Can(P::CasesDecide);
    let file = Access::Can(P::CasesFile);
    let signal = Access::Can(P::SignalsWrite);
    let mut routes = vec![
        get("/watch", read, lists::get_watch_items),
        get("/watch/{id}", read, watch::get_watch_item),
        post("/watch/{id}/assessment", decide, watch::post_assessment),
        post("/watch/{id}/decision", decide, watch::post_decision).up_to(UPLOAD_BYTES_MAX),
        get("/watch/{id}/anew", decide, watch::get_anew),
        post("/watch/{id}/anew", decide, watch::post_anew),
        get("/signals/new", signal, signal::get_new),
        post("/signals/new", signal, signal::post_new),
        get("/cases", read, lists::get_cases),
        get("/cases/new", decide, new_case::get_new),
        post("/cases/new", decide, new_case::post_new).up_to(UPLOAD_BYTES_MAX),
        get("/cases/{id}", read, case::get_case),
        post("/cases/{id}/seen", file, acts::post_seen),
        get("/cases/{id}/sheets/{stage}", read, sheet::get_sheet),
        post("/cases/{id}/sheets/{stage}", file, sheet::post_sheet).up_to(SHEET_BYTES_MAX),
        get("/cases/{id}/sheets/{stage}/filed", file, filing::get_filed),
        post("/cases/{id}/sheets/{stage}/filed", file, filing::post_filed).up_to(UPLOAD_BYTES_MAX),
        get(
            "/cases/{id}/submissions/{submission}",
            read,
            filing::get_submission,
        ),
        get("/cases/{id}/users", file, users::get_users),
        post("/cases/{id}/users", file, users::post_users),
        get("/settings/holidays", read, holidays::get_holidays),
        post("/settings/holidays", decide, holidays::post_holidays).up_to(HOLIDAYS_BYTES_MAX),
    ];
    routes.extend(acts::routes());
    routes
}

/// A file of a form, kept in the blob store before the transaction that will point at it.
async fn keep_file(
    app: &App,
    fields: &Fields,
    field: &str,
    subject: String,
    kind: &'static str,
) -> Result<Option<evidence::NewEvidence>, trouble::Trouble> {
    let Some(upload) = fields.file(field).cloned() else {
        return Ok(None);
    };
    let digest = keep(app, upload.bytes.clone()).await?;
    Ok(Some(evidence::NewEvidence {
        subject,
        kind,
        file_name: upload.file_name.chars().take(200).collect(),
        media_type: "application/octet-stream".to_owned(),
        digest,
        bytes: upload.bytes.len(),
    }))
}

/// Bytes into the blob store, off the async threads.
async fn keep(app: &App, bytes: Vec<u8>) -> anyhow::Result<blobs::Digest> {
    let blobs = app.blobs.clone();
    tokio::task::spawn_blocking(move || blobs.put(&bytes)).await?
}
