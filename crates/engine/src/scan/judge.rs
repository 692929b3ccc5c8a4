//! The judgement: every distinct component against every record that names its package.

use std::collections::{BTreeMap, HashMap};

use super::components::{Item, Variant};
use super::coverage::uncovered;
use super::report::{Disagreement, Finding, MatchedBy, Possible, Report, UnknownComponent, World};
use super::{Catalogue, Record};
use crate::advisory::sorted_fixes;
use crate::alias::preference;
use crate::matching::{Confidence, MatchReason, Outcome, Rule, Unknown, evaluate_all};
use crate::package::PackageKey;
use crate::severity::{self, Severity};

/// Judges every distinct component of an SBOM, see [`super::distinct`].
#[must_use]
pub fn scan(items: &[Item<'_>], catalogue: &Catalogue, world: &World) -> Report {
    let judge = Judge::new(catalogue, world);
    let mut report = Report {
        components: items.len(),
        feeds: catalogue.feeds.clone(),
        ..Report::default()
    };
    for item in items {
        judge.item(item, &mut report);
    }
    report.checked = report.components - report.unknown.len();
    report.unknown.sort();
    sort(&mut report.findings, |finding| finding);
    sort(&mut report.possible, |possible| &possible.finding);
    report
}

fn sort<T>(list: &mut [T], finding: impl Fn(&T) -> &Finding) {
    list.sort_by(|a, b| {
        let (a, b) = (finding(a), finding(b));
        (&a.purl, &a.id, &a.version).cmp(&(&b.purl, &b.id, &b.version))
    });
}

struct Judge<'a> {
    catalogue: &'a Catalogue,
    world: &'a World,
    by_package: HashMap<&'a PackageKey, Vec<&'a Record>>,
}

/// What one record says of a component.
struct Said<'a> {
    record: &'a Record,
    variant: &'a Variant<'a>,
    /// The package it was found under.
    package: &'a PackageKey,
    outcome: Outcome,
    /// The version that was compared, in plain words.
    version: Option<String>,
}

impl<'a> Judge<'a> {
    fn new(catalogue: &'a Catalogue, world: &'a World) -> Self {
        let mut by_package: HashMap<&PackageKey, Vec<&Record>> = HashMap::new();
        for record in &catalogue.records {
            for entry in &record.affected {
                let named = by_package.entry(&entry.package).or_default();
                if named.last().is_none_or(|last| last.id != record.id) {
                    named.push(record);
                }
            }
        }
        for records in by_package.values_mut() {
            records.sort_by(|a, b| preference(&a.id).cmp(&preference(&b.id)));
        }
        Self {
            catalogue,
            world,
            by_package,
        }
    }

    fn item(&self, item: &Item<'_>, report: &mut Report) {
        let possible_before = report.possible.len();
        for said in self.by_flaw(item).values() {
            self.flaw(item, said, report);
        }
        let undecided = report.possible.get(possible_before);
        let undecided = undecided.map(|possible| possible.reason.as_str());
        let uncovered = uncovered(item, self.catalogue, |key| {
            self.by_package.contains_key(key)
        });
        let reason = uncovered.or(undecided);
        if let Some(reason) = reason {
            let entry = unknown(item, reason);
            report.unknown.push(entry);
        }
    }

    /// What the records say, by flaw.
    fn by_flaw<'i>(&'i self, item: &'i Item<'_>) -> BTreeMap<usize, Vec<Said<'i>>> {
        let mut said: BTreeMap<usize, Vec<Said<'_>>> = BTreeMap::new();
        for variant in &item.variants {
            for record in self.records(variant) {
                let (outcome, at) = evaluate_all(&variant.lookups, &record.affected);
                let Some(lookup) = variant.lookups.get(at.unwrap_or(0)) else {
                    continue;
                };
                said.entry(record.flaw).or_default().push(Said {
                    record,
                    variant,
                    package: &lookup.key,
                    outcome,
                    version: variant.compared(lookup),
                });
            }
        }
        said
    }

    /// The records that name a package under one of its keys, each once, in the order of
    /// preference.
    fn records(&self, variant: &Variant<'_>) -> Vec<&'a Record> {
        let keys = variant.lookups.iter();
        let mut named = keys.filter_map(|lookup| self.by_package.get(&lookup.key));
        let Some(first) = named.next() else {
            return Vec::new();
        };
        let mut records = first.clone();
        let before = records.len();
        for more in named {
            records.extend(more);
        }
        if records.len() > before {
            records.sort_by(|a, b| preference(&a.id).cmp(&preference(&b.id)));
            records.dedup_by(|a, b| a.id == b.id);
        }
        records
    }

    fn flaw(&self, item: &Item<'_>, said: &[Said<'_>], report: &mut Report) {
        let standing = || said.iter().filter(|said| said.record.withdrawn.is_none());
        let affected: Vec<&Said<'_>> = standing().filter(|said| said.is_certain()).collect();
        if !affected.is_empty() {
            report.findings.push(self.finding(item, &affected, said));
            return;
        }
        let is_decided = standing().any(|said| said.is_not_affected());
        let open: Vec<&Said<'_>> = standing()
            .filter(|said| match &said.outcome {
                Outcome::Affected(_) => true,
                Outcome::NotAffected(_) => false,
                // A record that states no versions does not contradict one that does.
                Outcome::Unknown(why) => !(is_decided && is_silent(why)),
            })
            .collect();
        let Some(first) = open.first() else { return };
        let (reason, confidence) = match &first.outcome {
            Outcome::Unknown(why) => (why.code.clone(), why.confidence),
            _ => ("version-missing".to_owned(), Confidence::High),
        };
        report.possible.push(Possible {
            finding: self.finding(item, &open, said),
            reason,
            confidence,
        });
    }

    /// `matched` has at least one record.
    fn finding(&self, item: &Item<'_>, matched: &[&Said<'_>], all: &[Said<'_>]) -> Finding {
        let first = matched[0];
        let flaw = self.catalogue.flaws.get(first.record.flaw);
        let members = flaw.map_or(&[][..], |flaw| flaw.members.as_slice());
        let upstream = matched.iter().flat_map(|said| &said.record.upstream);
        let ids = || {
            let members = members.iter().chain(upstream.clone());
            members.map(String::as_str)
        };
        let (exploited, exploitation) = self.world.exploited(ids());
        let mut records: Vec<String> = matched.iter().map(|s| s.record.id.clone()).collect();
        records.sort();
        records.dedup();
        let rated = gravest(matched);
        Finding {
            id: flaw.map_or_else(|| first.record.id.clone(), |flaw| flaw.canonical.clone()),
            aliases: members.iter().skip(1).cloned().collect(),
            purl: item.purl().map(str::to_owned),
            version: first.version.clone(),
            fixed: fixes(matched),
            severity: rated
                .as_ref()
                .and_then(|rated| rated.rating)
                .map_or("unknown", severity::Rating::as_str)
                .to_owned(),
            exploited,
            matched_by: self.matched_by(first),
            score: rated
                .as_ref()
                .and_then(|rated| rated.score_tenths)
                .map(|tenths| f64::from(tenths) / 10.0),
            vector: rated.and_then(|rated| rated.vector),
            exploitation,
            epss: self.world.epss(ids()),
            informational: informational(matched),
            published: matched
                .iter()
                .filter_map(|said| said.record.published.clone())
                .min(),
            disagreeing: self.disagreeing(&records, all),
            records,
        }
    }

    fn matched_by(&self, said: &Said<'_>) -> MatchedBy {
        let (identifier, range, rule) = match &said.outcome {
            Outcome::Affected(why) | Outcome::NotAffected(why) => (
                why.identifier.clone(),
                why.range.clone(),
                why.rule.as_str().to_owned(),
            ),
            Outcome::Unknown(why) => {
                let version = said.variant.version;
                let version = version.map_or(String::new(), |version| format!("@{version}"));
                let identifier = format!("{}{version}", said.package);
                (identifier, String::new(), why.code.clone())
            }
        };
        let feed = self.catalogue.feeds.get(said.record.feed);
        MatchedBy {
            identifier,
            range,
            rule,
            record: said.record.id.clone(),
            source: feed.map_or_else(String::new, |feed| feed.source.clone()),
            as_of: feed.and_then(|feed| feed.as_of.clone()),
        }
    }

    fn disagreeing(&self, matched: &[String], all: &[Said<'_>]) -> Vec<Disagreement> {
        let others = all
            .iter()
            .filter(|said| matched.binary_search(&said.record.id).is_err());
        let mut found: Vec<Disagreement> = others
            .filter_map(|said| {
                let (says, because, fixed) = match (&said.record.withdrawn, &said.outcome) {
                    (Some(at), _) => ("withdrawn", at.clone(), Vec::new()),
                    (None, Outcome::NotAffected(why)) if why.rule == Rule::PackageNotNamed => {
                        return None;
                    }
                    (None, Outcome::NotAffected(why)) => {
                        ("not-affected", why.range.clone(), why.fixed.clone())
                    }
                    (None, Outcome::Unknown(why)) => ("unknown", why.reason.clone(), Vec::new()),
                    (None, Outcome::Affected(_)) => return None,
                };
                let feed = self.catalogue.feeds.get(said.record.feed);
                Some(Disagreement {
                    record: said.record.id.clone(),
                    says: says.to_owned(),
                    because,
                    fixed,
                    source: feed.map_or_else(String::new, |feed| feed.source.clone()),
                })
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

impl Said<'_> {
    /// Whether it is a finding: without a version, even "all versions" is only possible.
    fn is_certain(&self) -> bool {
        let is_affected = matches!(self.outcome, Outcome::Affected(_));
        is_affected && self.version.is_some()
    }

    fn is_not_affected(&self) -> bool {
        matches!(&self.outcome, Outcome::NotAffected(why) if why.rule != Rule::PackageNotNamed)
    }

    fn reason(&self) -> Option<&MatchReason> {
        match &self.outcome {
            Outcome::Affected(why) => Some(why),
            _ => None,
        }
    }
}

fn unknown(item: &Item<'_>, reason: &str) -> UnknownComponent {
    let component = item.component;
    UnknownComponent {
        name: component.name.clone(),
        version: component
            .version
            .clone()
            .or_else(|| item.variants.first()?.version.map(str::to_owned)),
        reason: reason.to_owned(),
        purl: item.purl().map(str::to_owned),
    }
}

/// Whether a record says nothing about versions, rather than something we cannot read.
fn is_silent(why: &Unknown) -> bool {
    matches!(why.code.as_str(), "only-git-ranges" | "no-versions-stated")
}

/// The gravest rating over all records, each with what it says of the package first: a graver one
/// can only be argued down by a person.
fn gravest(matched: &[&Said<'_>]) -> Option<Severity> {
    let rated = matched.iter().filter_map(|said| {
        let entries = said.record.affected.iter();
        let of_package = entries
            .filter(|entry| entry.package == *said.package)
            .flat_map(|entry| &entry.severities);
        let of_package = severity::choose(of_package).filter(|found| found.rating.is_some());
        of_package.or_else(|| severity::choose(&said.record.severities))
    });
    let key = |found: &Severity| (found.rating, found.score_tenths, found.vector.is_some());
    rated.fold(None, |best: Option<Severity>, next| match best {
        Some(best) if key(&best) >= key(&next) => Some(best),
        _ => Some(next),
    })
}

fn fixes(matched: &[&Said<'_>]) -> Vec<String> {
    let Some(first) = matched.first() else {
        return Vec::new();
    };
    let entries = matched.iter().flat_map(|said| {
        let entries = said.record.affected.iter();
        entries.filter(|entry| entry.package == *said.package)
    });
    sorted_fixes(
        &first.package.ecosystem,
        entries.flat_map(crate::advisory::Affected::fixes),
    )
}

/// The kind of notice, when every record that matched is one.
fn informational(matched: &[&Said<'_>]) -> Option<String> {
    let mut kinds = matched
        .iter()
        .map(|said| said.reason().and_then(|why| why.informational.clone()));
    let first = kinds.next()??;
    kinds.all(|kind| kind.is_some()).then_some(first)
}
