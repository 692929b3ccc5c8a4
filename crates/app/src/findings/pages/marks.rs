//! States, severities and caveats in words. A state is a word, a shape and a tone, in that order.

use crate::findings::Totals;
use crate::journal::csv_cell;
use crate::web::charts::exposure::glyph;
use crate::web::words::Lang;
use crate::web::{Visit, answer};

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
pub fn caveats(page: &Visit, totals: &Totals) -> Vec<String> {
    let mut caveats = feed_caveats(page);
    let without = totals.releases - totals.releases_with_sbom;
    if without > 0 {
        caveats.push(page.t1("finding-caveat-no-sbom", "n", without));
    }
    if !totals.blind.is_empty() {
        caveats.push(page.t1(
            "finding-caveat-blind",
            "ecosystems",
            totals.blind.join(", "),
        ));
    }
    if totals.unidentified > 0 {
        caveats.push(page.t2(
            "finding-caveat-unidentified",
            "n",
            totals.unidentified,
            "of",
            totals.components,
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

/// A table as CSV. A cell that a spreadsheet would take for a formula begins with an apostrophe.
pub fn csv(name: &str, columns: &[&str], rows: &[Vec<String>]) -> answer::Answer {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns).map_err(anyhow::Error::from)?;
    for row in rows {
        let cells = row.iter().map(|cell| csv_cell(cell));
        writer.write_record(cells).map_err(anyhow::Error::from)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|e| anyhow::anyhow!("write the table: {e}"))?;
    answer::download(name, "text/csv; charset=utf-8", bytes)
}
