//! States, severities and caveats in words. A state is a word, a shape and a tone, in that order.

use crate::findings::Unknowns;
use crate::journal::csv_cell;
use crate::web::Visit;
use crate::web::charts::exposure::glyph;
use crate::web::words::Lang;
use serde_json::Value;

/// A state as a page shows it.
#[derive(Debug, Clone)]
pub struct Mark {
    /// `state-…` in the stylesheet.
    pub class: String,
    pub glyph: &'static str,
    pub words: String,
}

/// The mark of a status or an exposure.
pub fn mark(lang: Lang, state: &str) -> Mark {
    let class = state.replace('_', "-");
    Mark {
        glyph: glyph(state),
        words: lang.t(&format!("finding-state-{class}")),
        class,
    }
}

/// A severity with its score: `critical (9.8)`.
pub fn severity(lang: Lang, severity: &str, score: Option<f64>) -> String {
    let words = lang.t(&format!("finding-severity-{severity}"));
    match score {
        Some(score) => format!("{words}\u{a0}({score:.1})"),
        None => words,
    }
}

/// A probability as people read it: `32.7 %`, `0.04 %`, never broken over two lines.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent >= 1.0 {
        format!("{percent:.1}\u{a0}%")
    } else {
        format!("{percent:.2}\u{a0}%")
    }
}

/// Who says that it is exploited, and since when.
pub fn exploited(lang: Lang, by: &[(String, String)]) -> Vec<String> {
    by.iter()
        .map(|(source, day)| {
            let name = lang.t(&format!("finding-source-{source}"));
            match day.parse() {
                Ok(day) => {
                    let day = lang.day(day);
                    let args = [("source", name), ("day", day)];
                    lang.ta("finding-exploited-since", &args)
                }
                Err(_) => lang.t1("finding-exploited-by", "source", name),
            }
        })
        .collect()
}

/// What keeps an empty answer from meaning "clean": old or missing feeds, components that cannot
/// be looked up, releases without an SBOM.
pub fn caveats(page: &Visit, unknowns: &Unknowns) -> Vec<String> {
    let mut caveats = feed_caveats(page);
    let without = unknowns.releases - unknowns.releases_with_sbom;
    if without > 0 {
        caveats.push(page.t1("finding-caveat-no-sbom", "n", without));
    }
    if !unknowns.blind.is_empty() {
        caveats.push(page.t1(
            "finding-caveat-blind",
            "ecosystems",
            unknowns.blind.join(", "),
        ));
    }
    if unknowns.unidentified > 0 {
        caveats.push(page.t2(
            "finding-caveat-unidentified",
            "n",
            unknowns.unidentified,
            "of",
            unknowns.components,
        ));
    }
    caveats
}

/// What the age of the feeds takes away from an answer.
pub fn feed_caveats(page: &Visit) -> Vec<String> {
    let named = |tones: &[&str]| {
        let names: Vec<&str> = page
            .freshness
            .iter()
            .filter(|feed| tones.contains(&feed.tone))
            .map(|feed| feed.name.as_str())
            .collect();
        names.join(", ")
    };
    let mut caveats = Vec::new();
    let missing = named(&["missing"]);
    if !missing.is_empty() || page.freshness.is_empty() {
        caveats.push(page.t1("finding-caveat-missing", "feeds", missing));
    }
    let stale = named(&["stale"]);
    if !stale.is_empty() {
        caveats.push(page.t1("finding-caveat-stale", "feeds", stale));
    }
    caveats
}

/// Lines of a table as CSV. A cell that a spreadsheet would take for a formula begins with an
/// apostrophe.
pub fn csv_lines<const N: usize>(
    rows: impl IntoIterator<Item = [String; N]>,
) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| csv_cell(cell)))?;
    }
    Ok(writer.into_inner().map_err(|e| e.into_error())?)
}

/// A JSON object that ends in an open list, to be followed by [`json_lines`] and `]}`.
pub fn json_opened(head: &Value, list: &str) -> anyhow::Result<Vec<u8>> {
    let mut text = serde_json::to_string(head)?;
    text.pop();
    Ok(format!("{text},\"{list}\":[").into_bytes())
}

/// Members of an open list; `is_first` when none stand in it yet.
pub fn json_lines<T: serde::Serialize>(
    rows: impl IntoIterator<Item = T>,
    is_first: bool,
) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        if at > 0 || !is_first {
            out.extend_from_slice(b",\n");
        }
        serde_json::to_writer(&mut out, &row)?;
    }
    Ok(out)
}
