//! A small picture of a project's findings (SVG 1.1). It is never green where something could not
//! be checked, and it carries no text from outside.

use super::projects;
use super::upload::release_of;
use crate::accounts::Caller;
use crate::findings::{self, Counts};
use crate::ids::ReleaseId;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::App;
use crate::web::answer::Answer;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse as _;

/// `GET /api/v1/badge/vulns/project/{uuid}`
pub async fn get_of_project(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let id = release_of(&id).ok_or_else(Refusal::not_found)?;
    let picture = app.db.read(move |tx| of(tx, &caller, id)).await?;
    answer(picture)
}

/// `GET /api/v1/badge/vulns/project/{name}/{version}`
pub async fn get_of_name(
    State(app): State<App>,
    caller: Caller,
    Path((name, version)): Path<(String, String)>,
) -> Answer {
    let picture = app
        .db
        .read(move |tx| {
            let id = projects::find_by_name(tx, &caller, &name, &version)?;
            of(tx, &caller, id.ok_or_else(Refusal::not_found)?)
        })
        .await?;
    answer(picture)
}

fn of(tx: &mut Tx, caller: &Caller, id: ReleaseId) -> Result<String, Trouble> {
    projects::get(tx, caller, id)?;
    let counts = findings::counts(tx, caller, id)?;
    let is_blind = super::gates::is_blind(tx, caller, id)?;
    let (words, colour) = words(&counts, is_blind);
    Ok(picture(&words, colour))
}

fn answer(picture: String) -> Answer {
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response())
}

const GREY: &str = "#5a5f66";
const RED: &str = "#a31515";
const AMBER: &str = "#8a5a00";
const GREEN: &str = "#1e6b34";

/// What the picture says, and the colour behind it.
fn words(counts: &Counts, is_blind: bool) -> (String, &'static str) {
    if !counts.has_sbom {
        return ("no SBOM".into(), GREY);
    }
    let by_severity = [
        (counts.critical, "critical"),
        (counts.high, "high"),
        (counts.medium, "medium"),
        (counts.low, "low"),
        (counts.none, "info"),
        (counts.unknown_severity, "unrated"),
    ];
    let mut parts: Vec<String> = by_severity
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let is_unsure = is_blind || counts.unchecked > 0;
    if parts.is_empty() {
        parts.push(if is_blind { "unknown" } else { "none found" }.into());
    }
    if counts.unchecked > 0 {
        parts.push(format!("{} unchecked", counts.unchecked));
    }
    let colour = if counts.critical + counts.high > 0 {
        RED
    } else if counts.open > 0 {
        AMBER
    } else if is_unsure {
        GREY
    } else {
        GREEN
    };
    (parts.join(", "), colour)
}

/// Two boxes side by side. `words` are ours: digits, letters, commas.
fn picture(words: &str, colour: &str) -> String {
    const LABEL: &str = "vulnerabilities";
    const CHAR: usize = 7;
    const EDGE: usize = 12;
    let left = LABEL.len() * CHAR + EDGE;
    let right = words.len() * CHAR + EDGE;
    let (all, left_middle, right_middle) = (left + right, left / 2, left + right / 2);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all}\" height=\"20\" role=\"img\" \
         aria-label=\"{LABEL}: {words}\"><title>{LABEL}: {words}</title>\
         <rect width=\"{left}\" height=\"20\" fill=\"#333\"/>\
         <rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"{colour}\"/>\
         <g fill=\"#fff\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"11\">\
         <text x=\"{left_middle}\" y=\"14\">{LABEL}</text>\
         <text x=\"{right_middle}\" y=\"14\">{words}</text></g></svg>\n"
    )
}
