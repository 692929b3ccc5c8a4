//! What a release's VEX documents say and leave out, and the documents themselves.

use crate::accounts::Caller;
use crate::findings::vex::{self, FORMATS, Outgoing};
use crate::ids::ReleaseId;
use crate::releases::Release;
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::{Answer, App, Visit, answer, html, route};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode};
use bonafide_engine::vex::{Format, Loss};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How much of a document's statements is not in fields of their own.
const LOSSES_HEADER: &str = "bonafide-vex-losses";
/// Open findings of which a document says nothing.
const UNSAID_HEADER: &str = "bonafide-vex-unsaid";

#[derive(Template)]
#[template(path = "findings/vex.html")]
struct VexPage {
    page: Visit,
    release: Release,
    lede: String,
    unsaid: i64,
    documents: Vec<Offered>,
}

/// A document and what it does not carry, alike losses once.
struct Offered {
    name: &'static str,
    title: &'static str,
    losses: Vec<(String, i64)>,
}

async fn load(app: &App, caller: Caller, id: &str) -> Result<Outgoing, Trouble> {
    let id: ReleaseId = route::id(id)?;
    let base_url = app.config.base_url.clone();
    app.db
        .read(move |tx| vex::outgoing(tx, &caller, id, &base_url))
        .await
}

/// The page; with `format` the document.
pub async fn get_vex(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let out = load(&app, caller, &id).await?;
    if let Some(name) = Fields::from_pairs(pairs).opt("format") {
        return document(&out, name);
    }
    let mut documents = Vec::new();
    if !out.statements.is_empty() {
        for format in FORMATS {
            documents.push(Offered {
                name: format.as_str(),
                title: title(format),
                losses: alike(&out.document(format)?.losses),
            });
        }
    }
    let lede = match out.statements.len() {
        0 => page.t("vex-lede-nothing"),
        n => page.t2("vex-lede", "n", n, "version", out.version()),
    };
    html(&VexPage {
        page,
        lede,
        unsaid: out.unsaid,
        release: out.release,
        documents,
    })
}

/// The same for programs: without `format` what each document leaves out.
pub async fn get_vex_json(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let out = load(&app, caller, &id).await?;
    match Fields::from_pairs(pairs).opt("format") {
        Some(name) => document(&out, name),
        None => answer::json(StatusCode::OK, &twin(&out)?),
    }
}

fn document(out: &Outgoing, name: &str) -> Answer {
    let format = vex::format(name).ok_or_else(|| Refusal::field("format", "vex-format-unknown"))?;
    let said = out.document(format)?;
    let (kind, ending) = match format {
        Format::OpenVex => ("application/json", "openvex.json"),
        Format::CycloneDx => ("application/vnd.cyclonedx+json", "cdx.json"),
        Format::Csaf => ("application/json", "csaf.json"),
    };
    let release = &out.release;
    let file = format!("{}-{}.{ending}", release.product_slug, release.version);
    let mut answer = answer::download(&file, kind, said.bytes)?;
    let headers = answer.headers_mut();
    headers.insert(LOSSES_HEADER, HeaderValue::from(said.losses.len()));
    headers.insert(UNSAID_HEADER, HeaderValue::from(out.unsaid));
    Ok(answer)
}

fn twin(out: &Outgoing) -> Result<Value, Trouble> {
    let mut documents = serde_json::Map::new();
    if !out.statements.is_empty() {
        for format in FORMATS {
            let said = out.document(format)?;
            let losses: Vec<Value> = said.losses.iter().map(|loss| lost(out, loss)).collect();
            let one = json!({ "id": said.id, "losses": losses });
            documents.insert(format.as_str().to_owned(), one);
        }
    }
    Ok(json!({
        "release": out.release.id,
        "version": out.version(),
        "last_change": out.revisions.last(),
        "statements": out.statements.len(),
        "open_findings_unsaid": out.unsaid,
        "documents": documents,
    }))
}

fn lost(out: &Outgoing, loss: &Loss) -> Value {
    let about = loss.statement.and_then(|at| out.statements.get(at));
    json!({
        "statement": loss.statement,
        "vulnerability": about.map(|statement| &statement.vulnerability),
        "field": loss.field,
        "text": loss.text,
    })
}

/// Losses by their words, with how many statements each concerns.
fn alike(losses: &[Loss]) -> Vec<(String, i64)> {
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    for loss in losses {
        let words = format!("{}: {}", loss.field, loss.text);
        *counted.entry(words).or_default() += 1;
    }
    counted.into_iter().collect()
}

fn title(format: Format) -> &'static str {
    match format {
        Format::OpenVex => "OpenVEX 0.2.0",
        Format::CycloneDx => "CycloneDX 1.6",
        Format::Csaf => "CSAF 2.0",
    }
}
