//! `PUT` and `POST /api/v1/bom`, and the tokens clients ask about afterwards.
//!
//! An upload is answered when it is recorded with its findings, so that nothing is ever
//! "processing" afterwards.

use super::answers::{self, Fault};
use super::values::Members;
use crate::accounts::Caller;
use crate::ids::{Id, ReleaseId};
use crate::intake::arrival::Ticket;
use crate::intake::body::{self, Document, Kind};
use crate::intake::{Destination, Door, Named, rules, take_in};
use crate::trouble::Trouble;
use crate::web::App;
use crate::web::answer::Answer;
use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::json;

/// The longest base64 text a JSON body may carry; the form takes more.
const BASE64_CHARS_MAX: usize = 20_000_000;

/// `PUT` or `POST`, JSON or a form: clients mix them, and one repeats its `PUT` as a `POST`.
pub async fn submit(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    caller: Caller,
    request: Request,
) -> Answer {
    let ticket = door.enter(&caller).await?;
    let submission = match body::kind(&request) {
        Kind::Multipart => from_form(request, &app, &ticket).await?,
        Kind::Json | Kind::Other => from_json(body::read_raw(request, &ticket).await?),
    };
    let (to, document) = match submission {
        Ok(submission) => submission,
        Err(answer) => return Ok(*answer),
    };
    let receipt = take_in(&app, &door, caller, to, "dependency-track", document).await?;
    Ok(answers::ok(&json!({
        "token": answers::uuid_text(receipt.intake.sbom.uuid()),
        "projectUuid": answers::uuid_text(receipt.release.id.uuid()),
    })))
}

/// A destination with a document, or the answer that says what is missing.
type Submission = Result<(Destination, Document), Box<Response>>;

async fn from_form(request: Request, app: &App, ticket: &Ticket) -> Result<Submission, Trouble> {
    let mut form = body::read_form(request, app, ticket).await?;
    let document = form.document.take();
    let text = |name: &str| form.text(name).map(str::to_owned);
    let fields = Fields {
        project: text("project"),
        name: text("projectName"),
        version: text("projectVersion"),
        create: form
            .text("autoCreate")
            .and_then(rules::flag)
            .unwrap_or(false),
        is_latest: form
            .text("isLatest")
            .or(form.text("isLatestProjectVersion"))
            .and_then(rules::flag),
        labels: form
            .text("projectTags")
            .map(rules::labels)
            .unwrap_or_default(),
    };
    Ok(fields.with(document))
}

fn from_json(raw: Document) -> Submission {
    let ticket = raw.ticket.clone();
    let Some(mut members) = Members::read(&raw.bytes) else {
        return Err(not_mapped(
            "The body is not a JSON object. Send one with project or projectName and \
             projectVersion, and the document as base64 in bom.",
        ));
    };
    drop(raw);
    let document = match members.take_text("bom") {
        None => None,
        Some(text) if text.len() > BASE64_CHARS_MAX => {
            return Err(not_mapped(
                "The BOM is too large to be transmitted as base64 in JSON (more than 20000000 \
                 characters). Use POST /api/v1/bom with multipart/form-data instead.",
            ));
        }
        Some(text) => match decode(&text) {
            Some(bytes) => Some(Document {
                bytes: bytes.into(),
                says_packed: false,
                ticket,
            }),
            None => {
                return Err(not_mapped("The member bom is not valid base64."));
            }
        },
    };
    let fields = Fields {
        project: members.text("project"),
        name: members.text("projectName"),
        version: members.text("projectVersion"),
        create: members.flag("autoCreate").unwrap_or(false),
        is_latest: members
            .flag("isLatest")
            .or(members.flag("isLatestProjectVersion")),
        labels: members.tags("projectTags"),
    };
    fields.with(document)
}

fn not_mapped(detail: &str) -> Box<Response> {
    Box::new(answers::not_mapped(detail))
}

/// The members that say where a document belongs. Parents and activity are accepted and not
/// kept: a product here has no parent, and a release becomes inactive by being withdrawn.
struct Fields {
    project: Option<String>,
    name: Option<String>,
    version: Option<String>,
    create: bool,
    is_latest: Option<bool>,
    labels: Vec<String>,
}

impl Fields {
    fn with(self, document: Option<Document>) -> Submission {
        let mut faults = Vec::new();
        let to = match (&self.project, self.name, self.version) {
            (Some(project), _, _) => match uuid::Uuid::try_parse(project) {
                Ok(id) if project.len() == 36 => Some(Destination::Release(Id::from_uuid(id))),
                _ => {
                    faults.push(Fault::uuid("project", project));
                    None
                }
            },
            (None, Some(product), Some(version)) => {
                let (version, branch) = rules::channel_of(&version);
                Some(Destination::Named(Named {
                    product,
                    version,
                    branch,
                    create: self.create,
                    is_latest: self.is_latest,
                    labels: self.labels,
                }))
            }
            (None, name, version) => {
                if name.is_none() {
                    faults.push(Fault::blank("projectName"));
                }
                if version.is_none() {
                    faults.push(Fault::blank("projectVersion"));
                }
                None
            }
        };
        match (to, document) {
            (Some(to), Some(document)) => Ok((to, document)),
            (_, document) => {
                if document.is_none() {
                    faults.push(Fault::blank("bom"));
                }
                Err(Box::new(answers::invalid(&faults)))
            }
        }
    }
}

/// Standard base64; white space is left out and missing padding forgiven, because some shells'
/// tools break lines and trim the end.
fn decode(text: &str) -> Option<Vec<u8>> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&STANDARD, config);
    if text.bytes().any(|b| b.is_ascii_whitespace()) {
        let text: String = text.split_ascii_whitespace().collect();
        return engine.decode(text).ok();
    }
    engine.decode(text).ok()
}

/// Whether an upload is still being processed: never, and an unknown token is no error.
pub async fn get_token(Path(_): Path<String>) -> Answer {
    Ok(answers::ok(&json!({ "processing": false })))
}

/// The release behind a project's UUID.
pub fn release_of(text: &str) -> Option<ReleaseId> {
    uuid::Uuid::try_parse(text).ok().map(Id::from_uuid)
}
