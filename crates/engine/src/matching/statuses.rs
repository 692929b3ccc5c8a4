//! The versions of a CVE record or a CSAF document and their statuses. A CVE record is evaluated
//! as its schema says: the entry that holds a version decides, changes inside it in version order,
//! else the default.
//!
//! The schema leaves the order open for the type `custom` and for every type it does not know. Such
//! a range decides nothing: by the order natural to the package it makes "affected" more or less
//! likely.

use super::git::{is_commit, same_commit};
use super::{Answer, Asked, Confidence, Rule, Unknown, doubt, keep_likelier};
use crate::advisory::{Status, StatusFormat, Statuses, Until, VersionStatus};
use crate::package::PackageKey;
use crate::vers;
use crate::version::{Order, Version, order_of};
use std::cmp::Ordering;

/// Whether an entry holds the version.
enum Held {
    Yes(Status),
    No,
    /// It may. How likely, and why nothing can be said.
    Perhaps(Status, Confidence, &'static str, String),
}

pub(super) fn evaluate(asked: &Asked<'_>, statuses: &Statuses) -> Answer {
    let rule = match statuses.format {
        StatusFormat::Cve => Rule::CveVersions,
        StatusFormat::Csaf => Rule::CsafProductStatus,
    };
    let mut safe: Option<String> = None;
    let mut open: Option<(Unknown, String)> = None;
    let mut nearest: Option<String> = None;
    for entry in &statuses.entries {
        let text = shown(entry);
        match held(asked, entry) {
            Held::Yes(Status::Affected) => return Answer::Affected(rule, text),
            Held::Yes(Status::Unaffected | Status::Fixed) => {
                safe.get_or_insert(text);
            }
            Held::Yes(status) => {
                let why = undecided(status);
                note(&mut open, why, text);
            }
            Held::No => {
                nearest.get_or_insert(text);
            }
            Held::Perhaps(status, confidence, code, reason) => {
                // Where it is not held, the default decides.
                let likely = match (status, statuses.default) {
                    (Status::Affected, _) => confidence,
                    (_, Status::Affected) => Confidence::Medium,
                    _ => Confidence::Low,
                };
                note(&mut open, doubt(code, reason, likely), text);
            }
        }
    }
    if let Some(text) = safe {
        return Answer::Not(rule, text);
    }
    if let Some((why, text)) = open {
        return why.near(rule, text);
    }
    by_default(asked, statuses, rule, nearest.unwrap_or_default())
}

fn note(open: &mut Option<(Unknown, String)>, why: Unknown, text: String) {
    let mut best = open.as_ref().map(|(why, _)| why.clone());
    keep_likelier(&mut best, why.clone());
    if best.as_ref() == Some(&why) && open.as_ref().is_none_or(|(held, _)| *held != why) {
        *open = Some((why, text));
    }
}

fn undecided(status: Status) -> Unknown {
    match status {
        Status::UnderInvestigation => {
            let reason = "The publisher is still looking at this version.".to_owned();
            doubt("under-investigation", reason, Confidence::Medium)
        }
        _ => {
            let reason = "The record says that the status of this version is not known.".to_owned();
            doubt("version-status-unknown", reason, Confidence::Low)
        }
    }
}

/// No entry holds the version.
fn by_default(asked: &Asked<'_>, statuses: &Statuses, rule: Rule, nearest: String) -> Answer {
    match statuses.default {
        Status::Affected => Answer::Affected(rule, "every other version".to_owned()),
        Status::Unaffected | Status::Fixed => Answer::Not(rule, nearest),
        Status::UnderInvestigation => undecided(Status::UnderInvestigation).near(rule, nearest),
        Status::Unknown if statuses.format == StatusFormat::Csaf => {
            beside_products(asked, statuses, rule, nearest)
        }
        Status::Unknown if statuses.entries.is_empty() => {
            let reason = "The record names this product but no affected versions.".to_owned();
            doubt("no-versions-stated", reason, Confidence::Medium).near(rule, nearest)
        }
        Status::Unknown => {
            let reason = "The record speaks of other versions only and leaves the rest open.";
            doubt("version-status-unknown", reason.to_owned(), Confidence::Low).near(rule, nearest)
        }
    }
}

/// A CSAF document lists products, and what it does not list it does not speak of. Ranges that end
/// before the version, or a fixed version at or before it, are an answer; bare versions are none.
fn beside_products(asked: &Asked<'_>, statuses: &Statuses, rule: Rule, nearest: String) -> Answer {
    let fixed = statuses.entries.iter().filter(|entry| {
        entry.status == Status::Fixed && entry.until.is_none() && entry.vers.is_none()
    });
    let order = natural_order(asked.package);
    let own = order.and_then(|order| order.parse(&asked.version).ok());
    let mut is_after = false;
    for entry in fixed {
        let at = order.and_then(|order| order.parse(&entry.version).ok());
        match own.as_ref().zip(at).and_then(|(own, at)| own.compare(&at)) {
            Some(Ordering::Less) => {
                let reason = format!(
                    "The document names {} as fixed, and this version is before it.",
                    entry.version
                );
                let text = format!("<{}", entry.version);
                return doubt("before-fixed-version", reason, Confidence::Medium).near(rule, text);
            }
            Some(_) => is_after = true,
            None => {}
        }
    }
    let mut affected = statuses
        .entries
        .iter()
        .filter(|entry| entry.status == Status::Affected);
    let is_beyond = affected.clone().next().is_some()
        && affected.all(|entry| entry.until.is_some() || entry.vers.is_some());
    // A document that only clears versions of a product says nothing against the others.
    let only_clears = statuses
        .entries
        .iter()
        .all(|entry| entry.status == Status::Unaffected);
    if is_after || is_beyond || only_clears {
        return Answer::Not(rule, nearest);
    }
    let reason = "The document names this product, but not this version.".to_owned();
    doubt("version-not-stated", reason, Confidence::Low).near(rule, nearest)
}

fn held(asked: &Asked<'_>, entry: &VersionStatus) -> Held {
    let version = asked.version.as_str();
    let is_every = entry.version.is_empty() && entry.until.is_none() && entry.vers.is_none();
    let is_everything = matches!(&entry.until,
        Some(Until::LessThan(end) | Until::LessThanOrEqual(end))
            if end == "*" && entry.version == "0" && entry.changes.is_empty());
    if is_every || is_everything {
        return Held::Yes(entry.status);
    }
    if version.is_empty() {
        let reason = "The component has no version, and the record names some.".to_owned();
        return Held::Perhaps(entry.status, Confidence::Medium, "version-missing", reason);
    }
    if let Some(range) = &entry.vers {
        return of_vers(entry.status, range, version);
    }
    if entry.kind == "git" {
        return of_commits(entry, version);
    }
    match &entry.until {
        None => single(asked, entry),
        Some(until) => ranged(asked, entry, until),
    }
}

fn of_vers(status: Status, range: &str, version: &str) -> Held {
    let held = vers::Range::read(range).and_then(|range| range.contains(version));
    match held {
        Ok(true) => Held::Yes(status),
        Ok(false) => Held::No,
        Err(error) => {
            let reason = format!("The range {range:?} cannot be evaluated: {error}.");
            Held::Perhaps(
                status,
                Confidence::Medium,
                "range-version-unparsable",
                reason,
            )
        }
    }
}

fn of_commits(entry: &VersionStatus, version: &str) -> Held {
    if same_commit(version, &entry.version) == Some(true) {
        return Held::Yes(entry.status);
    }
    if let Some(Until::LessThanOrEqual(end)) = &entry.until
        && same_commit(version, end) == Some(true)
    {
        return Held::Yes(entry.status);
    }
    let ended = matches!(&entry.until, Some(Until::LessThan(end)) if same_commit(version, end) == Some(true));
    let is_other = entry.until.is_none()
        && is_commit(version)
        && same_commit(version, &entry.version) == Some(false);
    if ended || is_other {
        return Held::No;
    }
    let reason = format!(
        "The record names commits; whether {version:?} is among them needs the graph of commits."
    );
    Held::Perhaps(
        entry.status,
        Confidence::Medium,
        "commit-graph-needed",
        reason,
    )
}

/// One version: the same text, or the same by order.
fn single(asked: &Asked<'_>, entry: &VersionStatus) -> Held {
    let alone = asked.version.split(':').next().unwrap_or_default();
    if [asked.version.as_str(), alone].contains(&entry.version.as_str()) {
        return Held::Yes(entry.status);
    }
    let order = stated_order(&entry.kind).or_else(|| natural_order(asked.package));
    let Some(order) = order else {
        return Held::No;
    };
    let wanted = order.parse(&entry.version);
    let (Ok(wanted), Ok(own)) = (wanted, order.parse(&asked.version)) else {
        let reason = format!(
            "{:?} of the record and {:?} cannot both be read as versions.",
            entry.version, asked.version
        );
        return Held::Perhaps(
            entry.status,
            Confidence::Low,
            "range-version-unparsable",
            reason,
        );
    };
    match own.compare_to_bound(&wanted) {
        Some(Ordering::Equal) => Held::Yes(entry.status),
        _ => Held::No,
    }
}

/// A range, by the order that the record states, or else as a guess by the package's own.
fn ranged(asked: &Asked<'_>, entry: &VersionStatus, until: &Until) -> Held {
    let stated = stated_order(&entry.kind);
    let Some(order) = stated.or_else(|| natural_order(asked.package)) else {
        return not_ordered(entry, Confidence::Medium);
    };
    let Some(status) = status_within(order, &asked.version, entry, until) else {
        let reason = format!(
            "{:?} or a bound of the record cannot be compared as a version.",
            asked.version
        );
        return Held::Perhaps(
            entry.status,
            Confidence::Medium,
            "version-unparsable",
            reason,
        );
    };
    match (stated, status) {
        (Some(_), Some(status)) => Held::Yes(status),
        (Some(_), None) => Held::No,
        (None, Some(status)) => match status {
            Status::Affected => not_ordered(entry, Confidence::High),
            _ => not_ordered(entry, Confidence::Low),
        },
        (None, None) => not_ordered(entry, Confidence::Low),
    }
}

fn not_ordered(entry: &VersionStatus, confidence: Confidence) -> Held {
    let kind = match entry.kind.as_str() {
        "" => "no type",
        kind => kind,
    };
    let reason = format!(
        "The record gives a range of {kind:?}, and so does not say how its versions are ordered."
    );
    Held::Perhaps(entry.status, confidence, "version-order-not-stated", reason)
}

/// The status inside the range, `Some(None)` outside of it, `None` when something cannot be read.
fn status_within(
    order: Order,
    version: &str,
    entry: &VersionStatus,
    until: &Until,
) -> Option<Option<Status>> {
    let own = order.parse(version).ok()?;
    let at = |text: &str| own.compare_to_bound(&order.parse(text).ok()?);
    if !matches!(entry.version.as_str(), "0" | "") && at(&entry.version)?.is_lt() {
        return Some(None);
    }
    let is_inside = match until {
        Until::LessThan(end) | Until::LessThanOrEqual(end) if end == "*" => true,
        Until::LessThan(end) => match end.strip_suffix(".*") {
            Some(head) => before_wildcard(order, &own, version, head, false)?,
            None => at(end)?.is_lt(),
        },
        Until::LessThanOrEqual(end) => match end.strip_suffix(".*") {
            Some(head) => before_wildcard(order, &own, version, head, true)?,
            None => at(end)?.is_le(),
        },
    };
    if !is_inside {
        return Some(None);
    }
    let mut changes = Vec::with_capacity(entry.changes.len());
    for (from, status) in &entry.changes {
        changes.push((order.parse(from).ok()?, *status));
    }
    changes.sort_by(|(a, _), (b, _)| a.compare(b).unwrap_or(Ordering::Equal));
    let reached = changes
        .iter()
        .take_while(|(from, _)| own.compare_to_bound(from).is_some_and(Ordering::is_ge));
    Some(Some(
        reached.last().map_or(entry.status, |(_, status)| *status),
    ))
}

/// `5.4.*`: all that begins with `5.4.` and, by order, all before it.
fn before_wildcard(
    order: Order,
    own: &Version,
    text: &str,
    head: &str,
    is_included: bool,
) -> Option<bool> {
    let bare = text.trim_start_matches(['v', 'V']);
    let begins = bare == head
        || bare
            .strip_prefix(head)
            .is_some_and(|rest| rest.starts_with(['.', '-', '+']));
    if begins {
        return Some(is_included);
    }
    Some(own.compare_to_bound(&order.parse(head).ok()?)?.is_lt())
}

/// The orders that `versionType` names (CVE record format, "versionType"); others are the CNA's own.
fn stated_order(kind: &str) -> Option<Order> {
    Some(match kind {
        "semver" | "npm" | "cargo" => Order::Semver,
        "maven" => Order::Maven,
        "python" | "pypi" | "pep440" => Order::Pep440,
        "rpm" => Order::Rpm,
        "deb" | "dpkg" | "debian" => Order::Dpkg,
        "apk" | "alpine" => Order::Apk,
        "gem" | "rubygems" => Order::RubyGems,
        "go" | "golang" => Order::Go,
        "nuget" => Order::NuGet,
        "composer" => Order::Composer,
        _ => return None,
    })
}

/// The order natural to a package, as far as there is one.
fn natural_order(package: &PackageKey) -> Option<Order> {
    match package.ecosystem.as_str() {
        PackageKey::GIT => Some(Order::Cpe),
        other => order_of(other).ok(),
    }
}

fn shown(entry: &VersionStatus) -> String {
    if let Some(range) = &entry.vers {
        return range.clone();
    }
    let from = match entry.version.as_str() {
        "0" | "" => String::new(),
        version => format!(">={version}"),
    };
    let until = match &entry.until {
        None if entry.version.is_empty() => return "every version".to_owned(),
        None => return format!("={}", entry.version),
        Some(Until::LessThan(end) | Until::LessThanOrEqual(end)) if end == "*" => String::new(),
        Some(Until::LessThan(end)) => format!("<{end}"),
        Some(Until::LessThanOrEqual(end)) => format!("<={end}"),
    };
    match (from.is_empty(), until.is_empty()) {
        (true, true) => "every version".to_owned(),
        (false, false) => format!("{from}, {until}"),
        _ => format!("{from}{until}"),
    }
}
