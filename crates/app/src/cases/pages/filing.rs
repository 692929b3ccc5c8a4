//! "Record as filed": a person filed on ENISA's platform and says so here. The sheet is frozen
//! as it stands, hashed, and kept; nothing is sent.

use super::decision::Reader;
use super::keep_file;
use super::sheet::stage_of;
use super::wording::word;
use crate::accounts::Caller;
use crate::blobs::Digest;
use crate::cases::operations::{REASON_CHARS_MAX, reading, reading::SheetView, sheets};
use crate::cases::rules::filing::{REFERENCE_CHARS_MAX, looks_like_reference};
use crate::cases::rules::sheet::{STAGES, stage_before};
use crate::cases::types::{Case, NewFiling, Submission};
use crate::cases::words::FilingKind;
use crate::cases::{Kind, Stage};
use crate::ids::{CaseId, SubmissionId};
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "cases/filed.html")]
struct FiledPage {
    page: Visit,
    case: Case,
    stage: Stage,
    form: Shown,
    kinds: Vec<FilingKind>,
    /// Later stages whose content this filing may have carried already.
    later: Vec<Stage>,
    fields_filled: usize,
    law_blocking: usize,
    form_blocking: usize,
    stage_before_unfiled: Option<Stage>,
    seal: String,
    odd_reference: bool,
}

impl FiledPage {
    fn word(&self, prefix: &str, code: &str) -> String {
        word(&self.page, prefix, code)
    }

    fn is_incident(&self) -> bool {
        self.case.kind == Kind::SevereIncident
    }
}

pub async fn get_filed(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path((id, stage)): Path<(String, String)>,
) -> Answer {
    let (id, stage): (CaseId, Stage) = (route::id(&id)?, stage_of(&stage)?);
    let view = app
        .db
        .read(move |tx| sheets::sheet_to_freeze(tx, &caller, id, stage))
        .await?;
    let kind = kinds(&view)[0];
    let reference = view
        .case
        .submissions
        .first()
        .map(|s| s.platform_reference.clone());
    let fields = Fields::from_pairs([
        ("kind", kind.as_str().to_owned()),
        ("platform_reference", reference.unwrap_or_default()),
    ]);
    html(&filed_page(page, view, Shown::new(fields), false))
}

pub async fn post_filed(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path((id, stage)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let (id, stage): (CaseId, Stage) = (route::id(&id)?, stage_of(&stage)?);
    let odd = !looks_like_reference(fields.get("platform_reference"));
    let asking = caller.clone();
    match record(&app, caller, id, stage, &fields, odd).await {
        Ok(submission) => {
            app.wake.up();
            see_other(&format!("/cases/{id}/submissions/{submission}"))
        }
        Err(trouble) => {
            // As it stands now: somebody else may have filed or changed the sheet meanwhile.
            let view = app
                .db
                .read(move |tx| sheets::sheet_to_freeze(tx, &asking, id, stage))
                .await?;
            show_again(page, view, fields, trouble, odd)
        }
    }
}

async fn record(
    app: &App,
    caller: Caller,
    id: CaseId,
    stage: Stage,
    fields: &Fields,
    odd: bool,
) -> Result<SubmissionId, Trouble> {
    let mut reader = Reader::new(fields);
    let reference = reader.text("platform_reference", REFERENCE_CHARS_MAX)?;
    if odd && !reference.is_empty() && !fields.is_ticked("odd_reference") {
        let refusal = Refusal::field("platform_reference", "filed-odd-reference");
        reader.wrong.push(refusal);
    }
    // Left empty it is the moment of recording: an instant that was filled in when the page was
    // made would be wrong by the time the report is filed.
    let submitted_at = reader.instant("submitted_at")?;
    let submitted_at = submitted_at.unwrap_or_else(|| app.clock.now());
    let also_covers = fields
        .all("also_covers")
        .into_iter()
        .map(stage_of)
        .collect::<Result<Vec<Stage>, _>>()?;
    let kind = reader.choice("kind")?;
    let mut new = NewFiling {
        stage,
        kind: kind.unwrap_or(FilingKind::First),
        also_covers,
        platform_reference: reference,
        submitted_at,
        reason: Some(reader.text("reason", REASON_CHARS_MAX)?).filter(|text| !text.is_empty()),
        seal: fields.get("seal").to_owned(),
        receipt: None,
    };
    // What cannot even be read is said together with what the rules find.
    if !reader.wrong.is_empty() {
        let (asking, asked) = (caller.clone(), new.clone());
        let mut rules = app
            .db
            .read(move |tx| sheets::problems(tx, &asking, id, &asked))
            .await?;
        rules.retain(|refusal| refusal.field.is_some());
        reader.refuse(rules)?;
    }
    new.receipt = keep_file(app, fields, "receipt", id.to_string(), "receipt").await?;
    let blobs = app.blobs.clone();
    app.db
        .write(move |tx| sheets::record_filed(tx, &blobs, &caller, id, &new))
        .await
}

fn show_again(page: Visit, view: SheetView, fields: Fields, trouble: Trouble, odd: bool) -> Answer {
    let status = match &trouble {
        Trouble::Refusal(refusal) if refusal.status == 409 => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
    answer::html_status(status, &filed_page(page, view, form, odd))
}

/// What a further record of a stage may be.
fn kinds(view: &SheetView) -> Vec<FilingKind> {
    if view.case.submissions.iter().any(|s| s.stage == view.stage) {
        vec![
            FilingKind::Update,
            FilingKind::Resubmission,
            FilingKind::Correction,
        ]
    } else {
        vec![FilingKind::First]
    }
}

fn filed_page(page: Visit, view: SheetView, form: Shown, odd_reference: bool) -> FiledPage {
    FiledPage {
        kinds: kinds(&view),
        later: STAGES
            .into_iter()
            .filter(|stage| *stage > view.stage && view.case.filed(*stage).is_none())
            .collect(),
        fields_filled: view.values.len(),
        law_blocking: view.law_lacks.iter().filter(|lack| lack.blocking).count(),
        form_blocking: view.form_lacks.iter().filter(|lack| lack.blocking).count(),
        stage_before_unfiled: stage_before(view.stage)
            .filter(|stage| view.case.filed(*stage).is_none()),
        seal: view.seal(),
        stage: view.stage,
        case: view.case.case,
        form,
        odd_reference,
        page,
    }
}

#[derive(Template)]
#[template(path = "cases/submission.html")]
struct SubmissionPage {
    page: Visit,
    case: Case,
    submission: Submission,
    /// Number, label, value as frozen.
    fields: Vec<(String, String, String)>,
    covers: String,
    form_version: String,
}

impl SubmissionPage {
    fn word(&self, prefix: &str, code: &str) -> String {
        word(&self.page, prefix, code)
    }
}

/// What was frozen, as a page, and as the very bytes (`.json`) or plain text (`.txt`).
pub async fn get_submission(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path((id, submission)): Path<(String, String)>,
) -> Answer {
    let (name, twin) = match submission.rsplit_once('.') {
        Some((name, twin)) => (name, twin),
        None => (submission.as_str(), ""),
    };
    let (case, wanted): (CaseId, SubmissionId) = (route::id(&id)?, route::id(name)?);
    let view = app
        .db
        .read(move |tx| reading::case_view(tx, &caller, case))
        .await?;
    let found = view.submissions.iter().find(|known| known.id == wanted);
    let found = found.cloned().ok_or_else(Refusal::not_found)?;
    let bytes = frozen(&app, &found.digest).await?;
    let document: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(anyhow::Error::from)?;
    match twin {
        "json" => answer::download(&submission, "application/json", bytes),
        "txt" => {
            let text = super::twins::snapshot_text(&document, &found.digest);
            answer::download(&submission, "text/plain; charset=utf-8", text.into_bytes())
        }
        "" => html(&submission_page(page, view.case, found, &document)),
        _ => Err(Refusal::not_found().into()),
    }
}

async fn frozen(app: &App, digest: &str) -> anyhow::Result<Vec<u8>> {
    let digest = Digest::parse(digest).ok_or_else(|| anyhow::anyhow!("no digest: {digest}"))?;
    let blobs = app.blobs.clone();
    tokio::task::spawn_blocking(move || blobs.get(&digest)).await?
}

fn submission_page(
    page: Visit,
    case: Case,
    submission: Submission,
    document: &serde_json::Value,
) -> SubmissionPage {
    let text =
        |value: &serde_json::Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let fields = document["fields"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let covers: Vec<String> = submission
        .covers
        .iter()
        .map(|stage| word(&page, "case-stage", stage.as_str()))
        .collect();
    SubmissionPage {
        fields: fields
            .iter()
            .map(|field| {
                let value = text(field, "value");
                let value = match field["shown"].as_str() {
                    Some(shown) => format!("{shown} ({value})"),
                    None => value,
                };
                (text(field, "nr"), text(field, "label"), value)
            })
            .collect(),
        covers: covers.join(", "),
        form_version: text(&document["form"], "version"),
        page,
        case,
        submission,
    }
}
