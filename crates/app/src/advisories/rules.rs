//! Decisions about feeds and flaws, pure: how old a feed is, whether an import of it was complete,
//! when its shrinking is a fault, which of several severities counts.
//! A feed that is old, thin, shrunken or unreadable in parts must never come out as fresh.

use crate::time::from_millis;
use jiff::{SignedDuration, Timestamp};

/// The ecosystems whose packages this release can match, as OSV names them: all to which the engine
/// finds a way from a package URL. One that is missing here would count as checked without a feed.
pub const ECOSYSTEMS: [&str; 41] = [
    "crates.io",
    "npm",
    "PyPI",
    "Go",
    "Maven",
    "Bioconductor",
    "Bitnami",
    "ConanCenter",
    "CRAN",
    "GitHub Actions",
    "Hackage",
    "Hex",
    "Julia",
    "NuGet",
    "opam",
    "Packagist",
    "Pub",
    "RubyGems",
    "SwiftURL",
    "VSCode",
    // Distributions; their names have the release as a suffix (`Debian:12`).
    "AlmaLinux",
    "Alpaquita",
    "Alpine",
    "Azure Linux",
    "BellSoft Hardened Containers",
    "Chainguard",
    "CleanStart",
    "Debian",
    "Docker Hardened Images",
    "Echo",
    "Mageia",
    "MinimOS",
    "openEuler",
    "openSUSE",
    "Photon OS",
    "Red Hat",
    "Rocky Linux",
    "Root",
    "SUSE",
    "Ubuntu",
    "Wolfi",
];

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

/// Unreadable records that an import may have and still be complete, in a thousand: the world's
/// data has some dirt every day, and waiting for none would make every feed stale.
const UNREADABLE_PER_MILLE_MAX: u64 = 10;
/// The same for the catalogues of known exploitation, where each entry may start a clock.
const CATALOGUE_UNREADABLE_PER_MILLE_MAX: u64 = 1;

/// What an import of one source came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Completeness {
    #[default]
    Complete,
    /// Something of it was used, and it renews nothing.
    Partial,
    /// Nothing of it could be used.
    Failed,
}

impl Completeness {
    /// The word in the database, in answers and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Failed => "failed",
        }
    }
}

/// What kind of records a source holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// OSV records and EPSS scores: many, and one more or less rarely matters.
    Bulk,
    /// A catalogue of known exploitation.
    Catalogue,
}

/// Judges an import by what of it could be read, and whether it came to its end.
pub fn completeness(kind: Kind, read: u64, unreadable: u64, broke_off: bool) -> Completeness {
    let most = match kind {
        Kind::Bulk => UNREADABLE_PER_MILLE_MAX,
        Kind::Catalogue => CATALOGUE_UNREADABLE_PER_MILLE_MAX,
    };
    let all = read.saturating_add(unreadable);
    if read == 0 {
        Completeness::Failed
    } else if broke_off || unreadable.saturating_mul(1000) > all.saturating_mul(most) {
        Completeness::Partial
    } else {
        Completeness::Complete
    }
}

/// The fewest records with which a source can be the whole of a feed when nothing stands to compare
/// it with. Each figure lies far below what the feed has held for years.
pub fn least_of(feed: &str) -> i64 {
    match feed {
        "osv:npm" => 2_000,
        "osv:PyPI" | "osv:Go" | "osv:Maven" | "cisa-kev" | "euvd-kev" => 1_000,
        "osv:Bitnami" | "osv:Packagist" => 2_000,
        "osv:AlmaLinux" | "osv:Alpine" | "osv:Chainguard" | "osv:Debian" | "osv:Mageia"
        | "osv:MinimOS" | "osv:openEuler" | "osv:openSUSE" | "osv:Red Hat" | "osv:Rocky Linux"
        | "osv:SUSE" | "osv:Ubuntu" | "osv:Wolfi" => 1_000,
        "osv:crates.io" | "osv:NuGet" | "osv:RubyGems" => 500,
        // Registries with few records: any number may be all of them.
        "osv:Bioconductor" | "osv:ConanCenter" | "osv:CRAN" | "osv:GitHub Actions"
        | "osv:Hackage" | "osv:Hex" | "osv:Julia" | "osv:opam" | "osv:Pub" | "osv:SwiftURL"
        | "osv:VSCode" => 1,
        "epss" => 100_000,
        "cve" => 200_000,
        // A publisher of CSAF may have one document.
        feed if kind_of_feed(feed) == "csaf" => 1,
        _ => SHRINK_MATTERS_FROM,
    }
}

/// The state of our readers of records and catalogues, kept with what they read. Whoever makes one
/// read more, or otherwise, counts it up: what stands unchanged at its source is then read again.
pub const READER: i64 = 2;

/// What the number of records says about whether a source is the whole of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Whole,
    /// It never claimed to be the whole: it adds its records and says nothing about the feed.
    Addition,
    /// It claims to be the whole and has fewer than any whole feed would.
    Thin,
    /// It claims to be the whole and lost too many since the last time.
    Shrunk,
}

/// Whether a source with `count` records of a feed is the whole of it. `claims`: it is named as
/// such (`npm/all.zip`, a catalogue, `--ecosystem`); `before`: what the last complete import had.
/// What claims nothing is believed only when it is as large as a whole feed must be.
pub fn size_of(feed: &str, claims: bool, before: Option<i64>, count: i64, believe: bool) -> Size {
    let is_shrunk = before.is_some_and(|before| shrank_sharply(before, count));
    let is_thin = count < least_of(feed);
    match (claims, before) {
        (true, _) if believe && count > 0 => Size::Whole,
        (true, _) if count == 0 => Size::Thin,
        (true, Some(_)) if is_shrunk => Size::Shrunk,
        // A small feed that somebody vouched for stays one.
        (true, Some(_)) => Size::Whole,
        (true, None) if is_thin => Size::Thin,
        (false, _) if is_thin || is_shrunk => Size::Addition,
        _ => Size::Whole,
    }
}

/// How far the clock of whoever wrote a record may be ahead of ours.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_hours(24);

/// Whether an instant that data gives can be true. One that lies ahead would hide that a feed
/// stands still, and would keep every later state of its record out.
pub fn is_credible(at: Timestamp, now: Timestamp) -> bool {
    at.duration_since(now) <= CLOCKS_DIFFER
}

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

/// The ecosystem of OSV without the suffix that names a registry (`Maven:https://…`) or a release
/// (`Debian:12`).
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
    ecosystem(name)
}

/// The ecosystem of ours that has this very name.
pub fn ecosystem(name: &str) -> Option<&'static str> {
    ECOSYSTEMS.into_iter().find(|known| *known == name)
}

/// The feed of an ecosystem.
pub fn osv_feed(ecosystem: &str) -> String {
    format!("osv:{ecosystem}")
}

/// What a feed of records is made of: `osv`, `cve`, `csaf`.
pub fn kind_of_feed(feed: &str) -> &'static str {
    match base_of(feed) {
        "cve" => "cve",
        "csaf" => "csaf",
        _ => "osv",
    }
}

/// The feeds that are expected whatever else there is: those of the ecosystems, known exploitation,
/// and how likely it is.
pub fn expected(ecosystems: &[String]) -> Vec<String> {
    let mut names: Vec<String> = ECOSYSTEMS
        .iter()
        .filter(|known| ecosystems.iter().any(|name| name == *known))
        .map(|ecosystem| osv_feed(ecosystem))
        .chain(["euvd-kev", "epss"].map(str::to_owned))
        .collect();
    names.sort();
    names
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
