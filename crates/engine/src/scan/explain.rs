//! Why a component has a flaw or not: every record of the flaw with what it says, also those that
//! name other packages only.

use super::answer::{Answer, Explained, RecordAnswer};
use super::components::{Item, Variant};
use super::coverage::{NO_ADVISORIES, uncovered};
use super::report::World;
use super::{Catalogue, Record, RecordFacts};
use crate::advisory::{Affected, Event, RangeKind};
use crate::alias::Group;
use crate::matching::{Outcome, Rule, evaluate_all};
use crate::package::PackageKey;
use crate::sbom::Identified;

/// Packages shown of a record that does not name the one asked about.
pub const PACKAGES_NAMED_MAX: usize = 20;
/// Listed versions shown of a record; the rest is counted.
const VERSIONS_SHOWN_MAX: usize = 20;

/// Explains one flaw in one component. `flaw` is the group of the id asked about, and `facts` every
/// record of it; the catalogue holds those of them that name the component's package.
#[must_use]
pub fn explain(
    item: &Item<'_>,
    vulnerability: &str,
    flaw: Option<&Group>,
    facts: &[RecordFacts],
    catalogue: &Catalogue,
    world: &World,
) -> Explained {
    let keys = keys_of(item);
    let mut records = Vec::new();
    for fact in facts {
        records.extend(record_answers(item, fact, catalogue));
    }
    records.sort_by(|a, b| (&a.record, &a.version).cmp(&(&b.record, &b.version)));
    let (answer, reason, because) = conclude(item, flaw, &records, catalogue);
    let members = flaw.map_or(&[][..], |flaw| flaw.members.as_slice());
    let (exploited, exploitation) = world.exploited(members.iter().map(String::as_str));
    Explained {
        component: item.purl().unwrap_or(&item.component.name).to_owned(),
        vulnerability: vulnerability.to_owned(),
        id: flaw.map(|flaw| flaw.canonical.clone()),
        aliases: members.iter().skip(1).cloned().collect(),
        answer,
        reason,
        because,
        identifiers: keys,
        versions: versions_of(item),
        records,
        exploited,
        exploitation,
        feeds: catalogue.feeds.clone(),
    }
}

fn keys_of(item: &Item<'_>) -> Vec<PackageKey> {
    let mut keys: Vec<PackageKey> = Vec::new();
    let variants = item.variants.iter();
    for lookup in variants.flat_map(|variant| &variant.lookups) {
        if !keys.contains(&lookup.key) {
            keys.push(lookup.key.clone());
        }
    }
    keys
}

fn versions_of(item: &Item<'_>) -> Vec<String> {
    let variants = item.variants.iter();
    let versions = variants.filter_map(|variant| variant.version);
    versions.map(str::to_owned).collect()
}

fn record_answers(item: &Item<'_>, fact: &RecordFacts, catalogue: &Catalogue) -> Vec<RecordAnswer> {
    let feed = catalogue.feeds.get(fact.feed);
    let blank = RecordAnswer {
        record: fact.id.clone(),
        source: feed.map_or_else(String::new, |feed| feed.source.clone()),
        as_of: feed.and_then(|feed| feed.as_of.clone()),
        modified: fact.modified.clone(),
        version: None,
        says: Rule::PackageNotNamed.as_str().to_owned(),
        rule: Rule::PackageNotNamed.as_str().to_owned(),
        range: String::new(),
        ranges: Vec::new(),
        fixed: Vec::new(),
        because: None,
        names: Vec::new(),
    };
    let Some(record) = catalogue.records.iter().find(|r| r.id == fact.id) else {
        let names = fact.packages.iter().take(PACKAGES_NAMED_MAX);
        return vec![RecordAnswer {
            names: names.map(ToString::to_string).collect(),
            ..blank
        }];
    };
    let variants = item.variants.iter();
    let answers = variants.map(|variant| one_version(variant, record, &blank));
    answers.collect()
}

fn one_version(variant: &Variant<'_>, record: &Record, blank: &RecordAnswer) -> RecordAnswer {
    let (outcome, at) = evaluate_all(&variant.lookups, &record.affected);
    let lookup = variant.lookups.get(at.unwrap_or(0));
    let mut answer = RecordAnswer {
        version: lookup.and_then(|lookup| lookup.version.clone()),
        ranges: lookup.map_or_else(Vec::new, |lookup| ranges_of(&lookup.key, &record.affected)),
        ..blank.clone()
    };
    match outcome {
        Outcome::Affected(why) => {
            "affected".clone_into(&mut answer.says);
            why.rule.as_str().clone_into(&mut answer.rule);
            (answer.range, answer.fixed) = (why.range, why.fixed);
            if lookup.and_then(|lookup| variant.compared(lookup)).is_none() {
                "unknown".clone_into(&mut answer.says);
                "version-missing".clone_into(&mut answer.rule);
                let text = "The record calls every version affected; the component has none.";
                answer.because = Some(text.to_owned());
            }
        }
        Outcome::NotAffected(why) => {
            "not-affected".clone_into(&mut answer.says);
            why.rule.as_str().clone_into(&mut answer.rule);
            (answer.range, answer.fixed) = (why.range, why.fixed);
        }
        Outcome::Unknown(why) => {
            "unknown".clone_into(&mut answer.says);
            (answer.rule, answer.because) = (why.code, Some(why.reason));
        }
    }
    if let Some(at) = &record.withdrawn {
        "withdrawn".clone_into(&mut answer.says);
        answer.because = Some(format!("The record was withdrawn at {at}."));
    }
    answer
}

/// The ranges as the record writes them, and what it lists one by one.
fn ranges_of(key: &PackageKey, affected: &[Affected]) -> Vec<String> {
    let mut out = Vec::new();
    for entry in affected.iter().filter(|entry| entry.package == *key) {
        for range in &entry.ranges {
            let kind = match &range.kind {
                RangeKind::Semver => "SEMVER",
                RangeKind::Ecosystem => "ECOSYSTEM",
                RangeKind::Git => "GIT",
                RangeKind::Other(kind) => kind,
            };
            let events: Vec<String> = range
                .events
                .iter()
                .map(|event| match event {
                    Event::Introduced(at) => format!("introduced {at}"),
                    Event::Fixed(at) => format!("fixed {at}"),
                    Event::LastAffected(at) => format!("last_affected {at}"),
                    Event::Limit(at) => format!("limit {at}"),
                })
                .collect();
            out.push(format!("{kind}: {}", events.join(", ")));
        }
        if !entry.versions.is_empty() {
            let shown: Vec<&str> = entry
                .versions
                .iter()
                .take(VERSIONS_SHOWN_MAX)
                .map(String::as_str)
                .collect();
            let rest = entry.versions.len().saturating_sub(VERSIONS_SHOWN_MAX);
            let rest = match rest {
                0 => String::new(),
                _ => format!(" and {rest} more"),
            };
            out.push(format!("versions: {}{rest}", shown.join(", ")));
        }
    }
    out
}

fn conclude(
    item: &Item<'_>,
    flaw: Option<&Group>,
    records: &[RecordAnswer],
    catalogue: &Catalogue,
) -> (Answer, String, String) {
    let said =
        |answer, reason: &str, because: &str| (answer, reason.to_owned(), because.to_owned());
    let mut variants = item.variants.iter();
    if let Identified::Unidentified(code) = item.identified()
        && variants.all(|variant| variant.lookups.is_empty())
    {
        let text = "The component has no identity that advisories could name.";
        return said(Answer::Unknown, code, text);
    }
    if flaw.is_none() || records.is_empty() {
        let text = "No record of the advisories given has this id, so nothing is known of it here.";
        return said(Answer::Unknown, "no-record-of-this-flaw", text);
    }
    let standing = || records.iter().filter(|record| record.says != "withdrawn");
    if standing().next().is_none() {
        let text = "Every record of this flaw was withdrawn.";
        return said(Answer::NotAffected, "every-record-withdrawn", text);
    }
    let says = |word: &str| standing().find(|record| record.says == word);
    if let Some(record) = says("affected") {
        let version = record.version.as_deref().unwrap_or_default();
        let text = format!("{} holds {version} by {}.", record.range, record.record);
        return (Answer::Affected, "range-matches".to_owned(), text);
    }
    let decided = says("not-affected");
    let open = standing().find(|record| {
        let is_silent = matches!(
            record.rule.as_str(),
            "only-git-ranges" | "no-versions-stated"
        );
        record.says == "unknown" && !(is_silent && decided.is_some())
    });
    if let Some(record) = open {
        let because = record.because.clone().unwrap_or_default();
        return (Answer::Possible, record.rule.clone(), because);
    }
    let is_named = |key: &PackageKey| {
        let mut entries = catalogue.records.iter().flat_map(|record| &record.affected);
        entries.any(|entry| entry.package == *key)
    };
    if let Some(code) = uncovered(item, catalogue, is_named) {
        let text = if code == NO_ADVISORIES {
            "None of the advisories given covers the ecosystem of this component."
        } else {
            "What identifies this component is not enough to say that a flaw is absent."
        };
        return said(Answer::Unknown, code, text);
    }
    let Some(record) = decided else {
        let text = "No record of this flaw names the package of this component.";
        return said(Answer::NotAffected, Rule::PackageNotNamed.as_str(), text);
    };
    let version = record.version.as_deref().unwrap_or_default();
    let text = format!(
        "{version} lies outside every range; the nearest is {} by {}.",
        record.range, record.record
    );
    (Answer::NotAffected, "outside-every-range".to_owned(), text)
}
