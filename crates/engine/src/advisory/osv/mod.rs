//! One OSV record (OSV schema 1.7.5; older ones are subsets). Tolerant: real records break the
//! schema, and one wrong field must not lose an advisory.

mod glance;
mod raw;

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::{Advisory, AdvisoryError, Affected, Event, Problem, Range, RangeKind, Reference};
use crate::json::lenient::{List, Object, Text};
use crate::package::PackageKey;
use crate::severity::SeverityText;
pub(super) use glance::glance;
use raw::{Informational, RawAdvisory, RawAffected, RawEvent, RawRange, RawReference, RawSeverity};

/// Largest `ecosystem_specific` or `database_specific` kept, in bytes.
const SPECIFIC_BYTES_MAX: usize = 4 * 1024;
pub(super) fn read(bytes: &[u8]) -> Result<Advisory, AdvisoryError> {
    let text = super::detect::text_of(bytes)?;
    let raw: RawAdvisory<'_> =
        serde_json::from_str(text).map_err(|error| AdvisoryError::Json(error.to_string()))?;
    Reader::default().advisory(raw)
}

#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn advisory(mut self, raw: RawAdvisory<'_>) -> Result<Advisory, AdvisoryError> {
        let id = raw.id.get().ok_or(AdvisoryError::NoId)?.trim().to_owned();
        let mut severities = self.severities(raw.severity, "/severity");
        let mut cwes = Vec::new();
        if let Some(database) = raw.database_specific.get() {
            if let Some(word) = database.severity.get() {
                severities.push(SeverityText {
                    kind: "word".to_owned(),
                    score: word.to_owned(),
                });
            }
            cwes = self.texts(database.cwe_ids, "/database_specific/cwe_ids");
        }
        let mut affected = Vec::with_capacity(raw.affected.items.len());
        self.check_list(raw.affected.wrong, raw.affected.left_out, "/affected");
        for (index, entry) in raw.affected.items.into_iter().enumerate() {
            affected.extend(self.affected(entry, &format!("/affected/{index}")));
        }
        Ok(Advisory {
            id,
            modified: raw.modified.into_owned().unwrap_or_default(),
            published: raw.published.into_owned(),
            withdrawn: raw.withdrawn.into_owned(),
            aliases: self.texts(raw.aliases, "/aliases"),
            upstream: self.texts(raw.upstream, "/upstream"),
            related: self.texts(raw.related, "/related"),
            summary: raw.summary.into_owned().unwrap_or_default(),
            details: raw.details.into_owned().unwrap_or_default(),
            severities,
            affected,
            references: self.references(raw.references),
            cwes,
            problems: self.problems,
            ..Advisory::default()
        })
    }

    fn affected(&mut self, raw: Object<RawAffected<'_>>, place: &str) -> Vec<Affected> {
        let Some(mut raw) = raw.get() else {
            self.problem(
                "affected-unreadable",
                place,
                "This entry is no object; it is left out.",
            );
            return Vec::new();
        };
        let package = std::mem::replace(&mut raw.package, Object::Absent);
        let named = package.get().and_then(|package| {
            Some((package.ecosystem.into_owned()?, package.name.into_owned()?))
        });
        let Some((ecosystem, name)) = named else {
            return self.of_repositories(raw, place);
        };
        self.check_list(
            raw.ranges.wrong,
            raw.ranges.left_out,
            &format!("{place}/ranges"),
        );
        let mut ranges = Vec::with_capacity(raw.ranges.items.len());
        for (index, range) in raw.ranges.items.into_iter().enumerate() {
            ranges.push(self.range(range, &format!("{place}/ranges/{index}")));
        }
        let versions = self.texts(raw.versions, &format!("{place}/versions"));
        let severities = self.severities(raw.severity, &format!("{place}/severity"));
        let informational = informational(raw.database_specific);
        let package = PackageKey::from_osv(&ecosystem, &name);
        let mut entries = Vec::new();
        // An ecosystem without registry (OSS-Fuzz) is met by its repositories only.
        if !package.is_supported() {
            entries = by_repository(&ranges, &versions);
        }
        entries.insert(
            0,
            Affected {
                ecosystem_text: different(ecosystem, &package.ecosystem),
                name_text: different(name, &package.name),
                package,
                ranges,
                versions,
                severities,
                informational,
                ecosystem_specific: small(raw.ecosystem_specific),
                database_specific: small(raw.database_specific),
                ..Affected::default()
            },
        );
        entries
    }

    /// An entry without a package speaks of the commits and tags of repositories.
    fn of_repositories(&mut self, raw: RawAffected<'_>, place: &str) -> Vec<Affected> {
        let ranges = raw.ranges.items.into_iter().enumerate();
        let ranges: Vec<Range> = ranges
            .map(|(index, range)| self.range(range, &format!("{place}/ranges/{index}")))
            .collect();
        let versions = self.texts(raw.versions, &format!("{place}/versions"));
        let entries = by_repository(&ranges, &versions);
        if entries.is_empty() {
            let text = "This entry names neither a package nor a repository; it is left out.";
            self.problem("affected-without-package", place, text);
        }
        entries
    }

    /// A range that cannot be read becomes one of unknown type, so that it can never lead to
    /// "not affected".
    fn range(&mut self, raw: Object<RawRange<'_>>, place: &str) -> Range {
        let Some(raw) = raw.get() else {
            self.problem("range-unreadable", place, "This range is no object.");
            return Range {
                kind: RangeKind::Other(String::new()),
                repo: None,
                events: Vec::new(),
            };
        };
        let mut kind = match raw.kind.get().unwrap_or_default() {
            "SEMVER" => RangeKind::Semver,
            "ECOSYSTEM" => RangeKind::Ecosystem,
            "GIT" => RangeKind::Git,
            other => RangeKind::Other(other.to_owned()),
        };
        let mut events = Vec::with_capacity(raw.events.items.len());
        let mut broken = raw.events.wrong || raw.events.left_out > 0;
        for event in raw.events.items {
            match event.get().map(events_of) {
                Some(read) if !read.is_empty() => events.extend(read),
                _ => broken = true,
            }
        }
        if broken && kind != RangeKind::Git {
            self.problem(
                "range-unreadable",
                place,
                "An event of this range cannot be read.",
            );
            kind = RangeKind::Other("with unreadable events".to_owned());
        }
        Range {
            kind,
            repo: raw.repo.into_owned(),
            events,
        }
    }

    fn severities<const MAX: usize>(
        &mut self,
        raw: List<Object<RawSeverity<'_>>, MAX>,
        place: &str,
    ) -> Vec<SeverityText> {
        self.check_list(raw.wrong, raw.left_out, place);
        let mut out = Vec::with_capacity(raw.items.len());
        for severity in raw.items {
            let severity = severity.get().unwrap_or_default();
            match (severity.kind.into_owned(), severity.score.into_owned()) {
                (Some(kind), Some(score)) => out.push(SeverityText { kind, score }),
                _ => self.problem(
                    "severity-unreadable",
                    place,
                    "A severity has no type or score.",
                ),
            }
        }
        out
    }

    fn references<const MAX: usize>(
        &mut self,
        raw: List<Object<RawReference<'_>>, MAX>,
    ) -> Vec<Reference> {
        self.check_list(raw.wrong, raw.left_out, "/references");
        let readable = raw.items.into_iter().filter_map(Object::get);
        readable
            .filter_map(|reference| {
                let kind = reference
                    .kind
                    .into_owned()
                    .unwrap_or_else(|| "WEB".to_owned());
                Some(Reference {
                    kind,
                    url: reference.url.into_owned()?,
                })
            })
            .collect()
    }

    fn texts<const MAX: usize>(&mut self, raw: List<Text<'_>, MAX>, place: &str) -> Vec<String> {
        self.check_list(raw.wrong, raw.left_out, place);
        let before = raw.items.len();
        let texts: Vec<String> = raw.items.into_iter().filter_map(Text::into_owned).collect();
        if texts.len() < before {
            self.problem("text-unreadable", place, "An item of this list is no text.");
        }
        texts
    }

    fn check_list(&mut self, wrong: bool, left_out: usize, place: &str) {
        if wrong {
            self.problem("list-unreadable", place, "This is no list; it is left out.");
        }
        if left_out > 0 {
            self.problem("list-too-long", place, "This list is longer than we read.");
        }
    }

    fn problem(&mut self, code: &'static str, place: &str, text: &str) {
        const PROBLEMS_MAX: usize = 100;
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem {
                code,
                place: place.to_owned(),
                text: text.to_owned(),
            });
        }
    }
}

/// One entry for each repository of the GIT ranges, with the tags of the entry.
fn by_repository(ranges: &[Range], versions: &[String]) -> Vec<Affected> {
    let mut entries: Vec<Affected> = Vec::new();
    for range in ranges.iter().filter(|range| range.kind == RangeKind::Git) {
        let Some(package) = range.repo.as_deref().and_then(PackageKey::of_repository) else {
            continue;
        };
        match entries.iter_mut().find(|entry| entry.package == package) {
            Some(entry) => entry.ranges.push(range.clone()),
            None => entries.push(Affected {
                package,
                ranges: vec![range.clone()],
                versions: versions.to_vec(),
                ..Affected::default()
            }),
        }
    }
    entries
}

/// The schema wants one key per event; records with several mean several events.
fn events_of(raw: RawEvent<'_>) -> Vec<Event> {
    let introduced = raw.introduced.into_owned().map(Event::Introduced);
    let fixed = raw.fixed.into_owned().map(Event::Fixed);
    let last = raw.last_affected.into_owned().map(Event::LastAffected);
    let limit = raw.limit.into_owned().map(Event::Limit);
    [introduced, fixed, last, limit]
        .into_iter()
        .flatten()
        .collect()
}

/// RustSec marks notices that are no flaws inside `database_specific`.
fn informational(raw: Option<&RawValue>) -> Option<String> {
    let text = raw?.get();
    if !text.contains("\"informational\"") {
        return None;
    }
    let read: Informational<'_> = serde_json::from_str(text).ok()?;
    read.informational.map(Cow::into_owned)
}

fn small(raw: Option<&RawValue>) -> Option<String> {
    let text = raw?.get();
    let is_worth = text.len() <= SPECIFIC_BYTES_MAX && !matches!(text, "{}" | "null" | "[]");
    is_worth.then(|| text.to_owned())
}

/// The record's own text, kept only where it says more than the key.
fn different(text: String, key: &str) -> String {
    if text == key { String::new() } else { text }
}
