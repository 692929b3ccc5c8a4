//! Decisions about feeds and flaws, pure: how old a feed is, when its shrinking is a fault, which
//! of several severities counts.

use crate::time::from_millis;
use jiff::{SignedDuration, Timestamp};

/// The ecosystems whose versions this release can order, as OSV names them.
pub const ECOSYSTEMS: [&str; 5] = ["crates.io", "npm", "PyPI", "Go", "Maven"];

/// A feed older than this is ageing, and one older than [`STALE`] can no longer carry "clean".
pub const AGEING: SignedDuration = SignedDuration::from_hours(24);
pub const STALE: SignedDuration = SignedDuration::from_hours(72);
/// A feed that answers but whose newest record is older than this stands still somewhere on its
/// way to us: every feed we read changes at least weekly.
pub const STANDSTILL: SignedDuration = SignedDuration::from_hours(24 * 30);
/// A catalogue with less than this share of what it had, in percent, is taken for broken.
const SHRUNK_PERCENT: i64 = 90;
/// Below this many records a share means nothing.
const SHRINK_MATTERS_FROM: i64 = 20;

/// What is known about one feed's age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    pub checked_at: Option<Timestamp>,
    /// The instant the data itself says it is of.
    pub data_as_of: Option<Timestamp>,
    /// EPSS is published daily, so its own date counts like a check.
    pub is_daily: bool,
}

/// `fresh`, `ageing`, `stale` or `missing`.
pub fn tone(age: Age, now: Timestamp) -> &'static str {
    let Some(seen) = basis(age) else {
        return "missing";
    };
    let stands_still = age
        .data_as_of
        .is_some_and(|of| now.duration_since(of) > STANDSTILL);
    match now.duration_since(seen) {
        old if old > STALE || stands_still => "stale",
        old if old > AGEING => "ageing",
        _ => "fresh",
    }
}

/// The instant a feed's age is counted from; nothing when it was never imported.
pub fn basis(age: Age) -> Option<Timestamp> {
    let checked = age.checked_at?;
    // Scores of a day are published on that day, so they are not late before it has ended.
    let daily = age.data_as_of.filter(|_| age.is_daily);
    let ended = daily.and_then(|of| of.checked_add(AGEING).ok());
    Some(ended.map_or(checked, |ended| ended.min(checked)))
}

/// Whether a catalogue that had `before` entries and now has `now` lost so many that it must not
/// be used to withdraw anything.
pub fn shrank_sharply(before: i64, now: i64) -> bool {
    before >= SHRINK_MATTERS_FROM && now * 100 < before * SHRUNK_PERCENT
}

/// An instant as feeds write it: RFC 3339, the same without a colon in the offset, or a day.
/// Years before 1970 are how some records say "unknown".
pub fn instant_of(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let parsed = text.parse().ok().or_else(|| {
        let bare = text.strip_suffix("+0000").map(|head| format!("{head}Z"));
        bare.and_then(|text| text.parse().ok())
    });
    let day = || {
        let day: jiff::civil::Date = text.get(..10)?.parse().ok()?;
        let zoned = day
            .to_datetime(jiff::civil::Time::midnight())
            .to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .ok()?;
        Some(zoned.timestamp())
    };
    parsed
        .or_else(day)
        .filter(|at: &Timestamp| *at > from_millis(0))
}

/// The ecosystem of OSV without the suffix that names a registry (`Maven:https://…`).
pub fn base_of(ecosystem: &str) -> &str {
    ecosystem
        .split_once(':')
        .map_or(ecosystem, |(base, _)| base)
}

/// The ecosystem of ours that a folder or file is named after: `…/npm/all.zip`, `npm.zip`.
pub fn ecosystem_named(path: &str) -> Option<&'static str> {
    let mut parts = path.rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    let stem = file.strip_suffix(".zip").unwrap_or(file);
    let name = if stem == "all" { parts.next()? } else { stem };
    ECOSYSTEMS.into_iter().find(|known| *known == name)
}

/// The feed of an ecosystem.
pub fn osv_feed(ecosystem: &str) -> String {
    format!("osv:{ecosystem}")
}

/// What one record says of severity.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rated {
    /// critical, high, medium, low, none, unknown
    pub severity: String,
    pub score: Option<f64>,
    pub vector: Option<String>,
}

/// The severity of a flaw by several records: the gravest that is rated, for a graver one can
/// only be argued down by a person; else the first vector.
pub fn gravest<'a>(rated: impl Iterator<Item = &'a Rated>) -> Rated {
    let unknown = Rated {
        severity: "unknown".into(),
        ..Rated::default()
    };
    rated.fold(unknown, |best, next| {
        let key = |r: &Rated| {
            (
                rank(&r.severity),
                r.score.map_or(0, tenths),
                r.vector.is_some(),
            )
        };
        if key(next) > key(&best) {
            next.clone()
        } else {
            best
        }
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "scores run from 0 to 10, so tenths fit"
)]
fn tenths(score: f64) -> i64 {
    (score * 10.0).round() as i64
}

/// 5 for critical down to 1 for none; 0 when nobody rated it.
pub fn rank(severity: &str) -> i64 {
    match severity {
        "critical" => 5,
        "high" => 4,
        "medium" => 3,
        "low" => 2,
        "none" => 1,
        _ => 0,
    }
}
