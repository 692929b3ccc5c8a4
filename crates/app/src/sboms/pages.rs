//! Pages of SBOM documents: the revisions of a release, one revision with its components, and
//! the original as it came.

use super::parsers::Parsers;
use super::quality_page::get_quality;
use super::rules::{self, Filter};
use super::{SbomRow, get_sbom, list_sboms, parse, read_original, reason_in_words};
use crate::accounts::{Caller, Permission};
use crate::ids::{ReleaseId, SbomId};
use crate::releases::{self, Release};
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{Answer, download, html};
use crate::web::route::{self, Access, Route, encode};
use crate::web::{App, Visit};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use bonafide_engine::export::Target;
use bonafide_engine::sbom::{Component, Identified};
use std::collections::HashMap;

/// Revisions on one page.
const REVISIONS_SHOWN: i64 = 50;
/// Components on one page.
const COMPONENTS_SHOWN: usize = 100;
const PAGE_MAX: usize = 100_000;
const FILTER_CHARS_MAX: usize = 200;

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    let may = Access::Can(Permission::ProductsRead);
    let mut show = route::get("/sboms/{id}", may, get_one);
    let mut convert = route::get("/sboms/{id}/as/{format}", may, get_converted);
    let mut quality = route::get("/sboms/{id}/quality", may, get_quality);
    // One set of places for all: what they do costs about the same.
    let parsers = Parsers::default();
    show.handler = show.handler.layer(Extension(parsers.clone()));
    convert.handler = convert.handler.layer(Extension(parsers.clone()));
    quality.handler = quality.handler.layer(Extension(parsers));
    vec![
        route::get("/releases/{id}/sboms", may, get_revisions),
        show,
        route::get("/sboms/{id}/original", may, get_original),
        convert,
        quality,
    ]
}

#[derive(Template)]
#[template(path = "sboms/revisions.html")]
struct RevisionsPage {
    page: Visit,
    release: Release,
    revisions: Vec<SbomRow>,
    total: i64,
    older: Option<usize>,
    newer: Option<usize>,
}

async fn get_revisions(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let number = page_number(&query);
    let offset = REVISIONS_SHOWN * i64::try_from(number - 1).unwrap_or(0);
    let (release, (revisions, total)) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let release = releases::get_release(tx, &caller, id)?;
            let list = list_sboms(tx, &caller, id, REVISIONS_SHOWN, offset)?;
            Ok((release, list))
        })
        .await?;
    html(&RevisionsPage {
        page,
        release,
        older: (offset + REVISIONS_SHOWN < total).then_some(number + 1),
        newer: (number > 1).then(|| number - 1),
        revisions,
        total,
    })
}

#[derive(Template)]
#[template(path = "sboms/show.html")]
struct SbomPage {
    page: Visit,
    release: Release,
    sbom: SbomRow,
    /// Words and number, by reason.
    reasons: Vec<(String, i64)>,
    tools: Vec<String>,
    made_at: Option<String>,
    components: Vec<ComponentLine>,
    /// Components the filter takes.
    found: usize,
    first: usize,
    filter: Filter,
    older: Option<String>,
    newer: Option<String>,
}

/// A component as the table shows it.
struct ComponentLine {
    name: String,
    version: String,
    kind: String,
    purl: String,
    licenses: String,
    /// Why it cannot be looked up; none when it can.
    unidentified: Option<String>,
}

impl ComponentLine {
    fn of(component: &Component, page: &Visit) -> Self {
        let name = match &component.group {
            Some(group) => format!("{group}/{}", component.name),
            None => component.name.clone(),
        };
        Self {
            name,
            version: component.version.clone().unwrap_or_default(),
            kind: component.kind.clone(),
            purl: component.purl_text.clone().unwrap_or_default(),
            licenses: component.licenses.join(", "),
            unidentified: match &component.identified {
                Identified::Package(_) => None,
                Identified::Unidentified(code) => Some(reason_in_words(page.lang, code)),
            },
        }
    }
}

async fn get_one(
    State(app): State<App>,
    Extension(parsers): Extension<Parsers>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let id: SbomId = route::id(&id)?;
    let (sbom, release) = app.db.read(move |tx| of_id(tx, &caller, id)).await?;
    let blobs = app.blobs.clone();
    let row = sbom.clone();
    let parsed = parsers
        .run(move || parse(&read_original(&blobs, &row)?))
        .await?;
    let filter = filter_of(&query);
    let number = page_number(&query);
    let skipped = (number - 1) * COMPONENTS_SHOWN;
    let taken: Vec<&Component> = parsed
        .document
        .components
        .iter()
        .filter(|component| filter.takes(component))
        .collect();
    let components = taken
        .iter()
        .skip(skipped)
        .take(COMPONENTS_SHOWN)
        .map(|component| ComponentLine::of(component, &page));
    let to = |number: usize| page_address(&sbom, &filter, number);
    html(&SbomPage {
        components: components.collect(),
        found: taken.len(),
        first: skipped + 1,
        older: (skipped + COMPONENTS_SHOWN < taken.len()).then(|| to(number + 1)),
        newer: (number > 1).then(|| to(number - 1)),
        reasons: sbom
            .unidentified_reasons
            .iter()
            .map(|(code, count)| (reason_in_words(page.lang, code), *count))
            .collect(),
        tools: parsed.document.tools.clone(),
        made_at: parsed.document.created_at_text.clone(),
        filter,
        page,
        release,
        sbom,
    })
}

async fn get_original(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id: SbomId = route::id(&id)?;
    let (sbom, release) = app.db.read(move |tx| of_id(tx, &caller, id)).await?;
    let row = sbom.clone();
    let blobs = app.blobs.clone();
    let bytes = tokio::task::spawn_blocking(move || read_original(&blobs, &row))
        .await
        .map_err(anyhow::Error::from)??;
    let kind = rules::media_type(&sbom.format, &sbom.spec_version);
    let name = rules::file_name(
        &release.product_slug,
        &release.version,
        sbom.revision,
        &sbom.format,
    );
    download(&name, &kind, bytes)
}

/// The document in another format, made from the original. The same revision gives the same bytes
/// whenever one asks: time and serial number come from the revision.
async fn get_converted(
    State(app): State<App>,
    Extension(parsers): Extension<Parsers>,
    caller: Caller,
    Path((id, format)): Path<(String, String)>,
) -> Answer {
    let id: SbomId = route::id(&id)?;
    let target = Target::find(&format).ok_or_else(Refusal::not_found)?;
    let (sbom, release) = app.db.read(move |tx| of_id(tx, &caller, id)).await?;
    let (row, blobs) = (sbom.clone(), app.blobs.clone());
    let text = parsers
        .run(move || Ok(super::convert(&blobs, &row, target)?.text))
        .await?;
    let name = rules::converted_name(
        &release.product_slug,
        &release.version,
        sbom.revision,
        target,
    );
    download(&name, target.media_type(), text.into_bytes())
}

/// The document and its release, as the caller may see them.
pub(super) fn of_id(
    tx: &mut crate::store::Tx,
    caller: &Caller,
    id: SbomId,
) -> Result<(SbomRow, Release), Trouble> {
    let sbom = get_sbom(tx, caller, id)?;
    let release = releases::get_release(tx, caller, sbom.release)?;
    Ok((sbom, release))
}

fn filter_of(query: &HashMap<String, String>) -> Filter {
    let text = query.get("q").map_or("", |text| text.trim());
    Filter {
        text: text
            .chars()
            .take(FILTER_CHARS_MAX)
            .collect::<String>()
            .to_lowercase(),
        unidentified: query.get("only").is_some_and(|only| only == "unidentified"),
    }
}

fn page_number(query: &HashMap<String, String>) -> usize {
    let number = query.get("page").and_then(|text| text.parse().ok());
    number.unwrap_or(1).clamp(1, PAGE_MAX)
}

fn page_address(sbom: &SbomRow, filter: &Filter, number: usize) -> String {
    let only = if filter.unidentified {
        "&only=unidentified"
    } else {
        ""
    };
    format!(
        "/sboms/{}?q={}{only}&page={number}#components",
        sbom.id,
        encode(&filter.text)
    )
}
