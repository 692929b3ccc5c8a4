//! Evidence is shown by the rooms it belongs to; here it is only handed out.

use super::get_evidence;
use crate::caller::Caller;
use crate::ids::EvidenceId;
use crate::web::answer::download;
use crate::web::route::{get, id};
use crate::web::{Access, Answer, App, Route};
use anyhow::Context as _;
use axum::extract::{Path, State};

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    // Who may see a piece depends on what it is attached to; the operation decides.
    vec![get("/evidence/{id}", Access::SignedIn, get_file)]
}

async fn get_file(State(app): State<App>, caller: Caller, Path(text): Path<String>) -> Answer {
    let id = id::<EvidenceId>(&text)?;
    let evidence = app.db.read(move |tx| get_evidence(tx, &caller, id)).await?;
    let (blobs, digest) = (app.blobs.clone(), evidence.digest.clone());
    let bytes = tokio::task::spawn_blocking(move || blobs.get(&digest))
        .await
        .context("read evidence")??;
    // Whatever it claims to be, it is saved and never shown on our origin.
    download(&evidence.file_name, "application/octet-stream", bytes)
}
