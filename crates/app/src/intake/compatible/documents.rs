//! BOMs read back: the document as it came where that is what was asked for, else CycloneDX JSON
//! made from it, with our findings as vulnerabilities where they were asked for.

use super::gates::{self, Found};
use super::projects;
use super::upload::release_of;
use crate::accounts::{Caller, Permission};
use crate::sboms::{self, Parsers, SbomRow};
use crate::trouble::{Refusal, Trouble};
use crate::web::App;
use crate::web::answer::{Answer, download};
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse as _;
use bonafide_engine::export::{CyclonedxVersion, Target};
use bonafide_engine::purl::Purl;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// The media type of CycloneDX JSON.
const CYCLONEDX_JSON: &str = "application/vnd.cyclonedx+json";
const VERSIONS: [CyclonedxVersion; 2] = [CyclonedxVersion::V1_6, CyclonedxVersion::V1_7];

/// What a request asks for.
struct Wanted {
    variant: Variant,
    version: Option<String>,
    download: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Variant {
    Inventory,
    /// With findings.
    WithVulnerabilities,
    /// With findings and how each was judged.
    Vdr,
}

impl Wanted {
    fn read(query: &HashMap<String, String>) -> Result<Self, Refusal> {
        let text = |name: &str| {
            let text = query.get(name).map(|text| text.trim());
            text.filter(|text| !text.is_empty())
        };
        if let Some(format) = text("format").filter(|f| !f.eq_ignore_ascii_case("json")) {
            return Err(Refusal::invalid("bom-format-unknown").with("format", format));
        }
        let variant = match text("variant").map(str::to_ascii_lowercase).as_deref() {
            None | Some("inventory") => Variant::Inventory,
            Some("withvulnerabilities") => Variant::WithVulnerabilities,
            Some("vdr") => Variant::Vdr,
            Some(other) => {
                return Err(Refusal::invalid("bom-variant-unknown").with("variant", other));
            }
        };
        Ok(Self {
            variant,
            version: text("version").map(str::to_owned),
            download: text("download")
                .and_then(crate::intake::rules::flag)
                .unwrap_or(false),
        })
    }

    /// Whether the bytes as they came are the answer.
    fn is_original(&self, sbom: &SbomRow) -> bool {
        let fits = |version: &String| version == sbom.spec_number();
        self.variant == Variant::Inventory
            && sbom.format == "cyclonedx-json"
            && self.version.as_ref().is_none_or(fits)
    }

    /// The version that is written.
    fn target(&self) -> Result<Target, Refusal> {
        let Some(asked) = &self.version else {
            return Ok(Target::Cyclonedx(CyclonedxVersion::V1_6));
        };
        let version = VERSIONS.into_iter().find(|known| known.as_str() == asked);
        version
            .map(Target::Cyclonedx)
            .ok_or_else(|| Refusal::invalid("bom-version-not-written").with("version", asked))
    }
}

/// `GET /api/v1/bom/cyclonedx/project/{uuid}?format=&variant=&version=&download=`
pub async fn get_bom(
    State(app): State<App>,
    Extension(parsers): Extension<Parsers>,
    caller: Caller,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let id = release_of(&id).ok_or_else(Refusal::not_found)?;
    let wanted = Wanted::read(&query)?;
    let variant = wanted.variant;
    let (project, sbom, found) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let project = projects::get(tx, &caller, id)?;
            let sbom = sboms::find_current(tx, &caller, id)?;
            let sbom = sbom.ok_or_else(|| Refusal::new(404, "bom-none"))?;
            if variant == Variant::Inventory {
                return Ok((project, sbom, None));
            }
            caller.require(Permission::FindingsRead)?;
            let found = gates::found(tx, &caller, id, None)?;
            Ok((project, sbom, Some(found)))
        })
        .await?;
    let blobs = app.blobs.clone();
    let bytes = if wanted.is_original(&sbom) {
        tokio::task::spawn_blocking(move || sboms::read_original(&blobs, &sbom))
            .await
            .map_err(anyhow::Error::from)??
    } else {
        let target = wanted.target()?;
        let make = move || -> Result<Vec<u8>, Trouble> {
            let text = sboms::convert(&blobs, &sbom, target)?.text;
            match found {
                None => Ok(text.into_bytes()),
                Some(found) => with_findings(&text, &found, variant),
            }
        };
        parsers.run(make).await?
    };
    if wanted.download {
        let name = format!("{}-{}.cdx.json", project.product, project.version);
        return download(&name, CYCLONEDX_JSON, bytes);
    }
    Ok(([(header::CONTENT_TYPE, CYCLONEDX_JSON)], bytes).into_response())
}

/// A CycloneDX document with our findings after the vulnerabilities it states itself.
fn with_findings(text: &str, found: &Found, variant: Variant) -> Result<Vec<u8>, Trouble> {
    let mut document: Value = serde_json::from_str(text).map_err(anyhow::Error::from)?;
    let refs = refs_by_purl(&document);
    let mut list = match document.get_mut("vulnerabilities").map(Value::take) {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    for row in &found.rows {
        let aliases = found.aliases.get(&row.vulnerability_id);
        list.push(vulnerability(row, aliases, &refs, variant));
    }
    document["vulnerabilities"] = list.into();
    let mut text = serde_json::to_string_pretty(&document).map_err(anyhow::Error::from)?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// Where each package stands in a document: `bom-ref`s by canonical package URL.
fn refs_by_purl(document: &Value) -> BTreeMap<String, Vec<String>> {
    let mut refs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut waiting: Vec<&Value> = document.get("components").into_iter().collect();
    while let Some(list) = waiting.pop() {
        for component in list.as_array().into_iter().flatten() {
            let text = |name: &str| component.get(name).and_then(Value::as_str);
            if let (Some(purl), Some(bom_ref)) = (text("purl"), text("bom-ref")) {
                let places = refs.entry(canonical(purl)).or_default();
                places.push(bom_ref.to_owned());
            }
            waiting.extend(component.get("components"));
        }
    }
    for places in refs.values_mut() {
        places.sort();
    }
    refs
}

/// A package URL in the one way it is written, so that two spellings meet.
fn canonical(text: &str) -> String {
    Purl::parse(text).map_or_else(|_| text.to_owned(), |purl| purl.canonical())
}

/// A finding as CycloneDX writes it (ECMA-424, vulnerability). The judgement's reason and words
/// are not here: they are given out with the VEX documents.
fn vulnerability(
    row: &crate::findings::FindingRow,
    aliases: Option<&Vec<String>>,
    refs: &BTreeMap<String, Vec<String>>,
    variant: Variant,
) -> Value {
    let purl = canonical(&row.purl);
    let places = refs.get(&purl).map(Vec::as_slice).unwrap_or_default();
    let affects: Vec<Value> = places.iter().map(|place| json!({ "ref": place })).collect();
    let names = aliases.into_iter().flatten();
    let references: Vec<Value> = names
        .filter(|name| **name != row.vulnerability)
        .map(|name| json!({ "id": name, "source": { "name": gates::source(name) } }))
        .collect();
    let mut rating = json!({ "severity": severity(&row.severity) });
    if let Some(score) = row.score {
        rating["score"] = score.into();
    }
    let seed = format!("{purl}\0{}", row.vulnerability);
    let mut value = json!({
        "bom-ref": super::answers::derived_uuid("vulnerability of component", &seed),
        "id": row.vulnerability,
        "source": { "name": gates::source(&row.vulnerability) },
        "ratings": [rating],
        "description": row.title,
        "references": references,
        "affects": affects,
        "properties": [{ "name": "bonafide:component", "value": row.purl }],
    });
    if variant == Variant::Vdr && row.status != "not_assessed" {
        value["analysis"] = json!({ "state": state(&row.status) });
    }
    value
}

/// CycloneDX has a word of its own for "nobody rated it".
fn severity(ours: &str) -> &str {
    match ours {
        "critical" | "high" | "medium" | "low" | "none" => ours,
        _ => "unknown",
    }
}

fn state(ours: &str) -> &'static str {
    match ours {
        "affected" => "exploitable",
        "not_affected" => "not_affected",
        "fixed" => "resolved",
        _ => "in_triage",
    }
}
