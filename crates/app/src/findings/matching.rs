//! Matching: a package version against an advisory, decided once. It runs when a package version
//! is new and when an advisory is, and compares only the two sides that changed.

use super::rules::{self, Decision};
use super::store::matching::{self as store, Match, Matches, Version};
use crate::advisories::Changes;
use crate::store::Tx;
use crate::trouble::Trouble;
use bonafide_engine::advisory::Affected;
use bonafide_engine::lookup::{Basis, Lookup};
use bonafide_engine::package::PackageKey;
use bonafide_engine::purl::Purl;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Package versions whose advisories are held in memory at once.
const CHUNK: usize = 500;

type Guesses = BTreeMap<i64, Vec<(i64, PackageKey)>>;

/// Matches package versions against every advisory we have; the vulnerabilities whose matches
/// changed. Running it again changes nothing.
pub fn match_versions(tx: &mut Tx, versions: &[i64]) -> Result<BTreeSet<i64>, Trouble> {
    let mut touched = BTreeSet::new();
    for chunk in versions.chunks(CHUNK) {
        let versions = store::versions(tx, chunk)?;
        let lookups = lookups_of(&versions);
        let guesses = guess(tx, &versions, &lookups)?;
        let packages: BTreeSet<i64> = versions
            .iter()
            .map(|version| version.package)
            .chain(guesses.values().flatten().map(|(id, _)| *id))
            .collect();
        let mut naming: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut affected: BTreeMap<i64, Vec<Affected>> = BTreeMap::new();
        for (package, advisory, packed) in store::advisories_of(tx, &packages)? {
            naming.entry(package).or_default().push(advisory);
            if let std::collections::btree_map::Entry::Vacant(slot) = affected.entry(advisory) {
                slot.insert(unpacked(&packed)?);
            }
        }
        let mut after = Matches::new();
        for version in &versions {
            let own = guesses.get(&version.package).map_or(&[][..], Vec::as_slice);
            let called = called(&lookups, version);
            let names = std::iter::once(version.package).chain(own.iter().map(|(id, _)| *id));
            let advisories: BTreeSet<i64> = names
                .filter_map(|package| naming.get(&package))
                .flatten()
                .copied()
                .collect();
            for advisory in advisories {
                let affected = affected.get(&advisory).map_or(&[][..], Vec::as_slice);
                note(&mut after, (version, called), own, advisory, affected);
            }
        }
        let before = store::matches_of_versions(tx, chunk)?;
        let changed = write_difference(tx, &before, &after)?;
        touched.extend(store::vulnerabilities_of(tx, &changed)?);
    }
    Ok(touched)
}

/// Evaluates changed advisories for the package versions we hold of the packages they name or
/// named; the vulnerabilities whose findings may differ now.
pub fn match_advisories(tx: &mut Tx, changes: &Changes) -> Result<BTreeSet<i64>, Trouble> {
    let packages: BTreeSet<i64> = changes
        .advisories
        .iter()
        .flat_map(|advisory| advisory.packages.iter().copied())
        .collect();
    let versions = store::versions_of(tx, &packages)?;
    let own: BTreeSet<i64> = versions.iter().map(|version| version.package).collect();
    let guesses = if own.is_empty() {
        Guesses::new()
    } else {
        store::guesses_of(tx, &own)?
    };
    let mut by_package: BTreeMap<i64, Vec<&Version>> = BTreeMap::new();
    for version in &versions {
        by_package.entry(version.package).or_default().push(version);
        for (guess, _) in guesses.get(&version.package).into_iter().flatten() {
            by_package.entry(*guess).or_default().push(version);
        }
    }
    let lookups = lookups_of(&versions);
    let mut after = Matches::new();
    for advisory in changes.advisories.iter().filter(|a| !a.is_withdrawn) {
        let concerned = advisory.packages.iter().filter_map(|p| by_package.get(p));
        for version in concerned.flatten().copied() {
            let own = guesses.get(&version.package).map_or(&[][..], Vec::as_slice);
            let own_and_others = (version, called(&lookups, version));
            note(
                &mut after,
                own_and_others,
                own,
                advisory.id,
                &advisory.affected,
            );
        }
    }
    let ids: Vec<i64> = changes
        .advisories
        .iter()
        .map(|advisory| advisory.id)
        .collect();
    let before = store::matches_of(tx, &ids)?;
    write_difference(tx, &before, &after)?;
    let matched: BTreeSet<i64> = before
        .keys()
        .chain(after.keys())
        .map(|(_, advisory)| *advisory)
        .collect();
    let touched = changes
        .advisories
        .iter()
        .filter(|advisory| matched.contains(&advisory.id))
        .map(|advisory| advisory.vulnerability);
    Ok(touched
        .chain(changes.regrouped.iter().copied())
        .chain(changes.merged.iter().map(|(_, into)| *into))
        .collect())
}

/// What each package version may be called, worked out once.
type Lookups = HashMap<i64, Vec<Lookup>>;

fn lookups_of(versions: &[Version]) -> Lookups {
    let lookups = versions
        .iter()
        .map(|version| (version.id, lookups_of_one(version)));
    lookups.collect()
}

/// A purl that an older program read may lead to another key now; the one it stands under comes
/// first, for under that one advisories find it.
fn lookups_of_one(version: &Version) -> Vec<Lookup> {
    let purl = Purl::parse(&version.purl);
    let lookups = purl.map(|purl| purl.lookups()).unwrap_or_default();
    if lookups
        .first()
        .is_some_and(|first| first.key == version.key)
    {
        return lookups;
    }
    vec![Lookup {
        key: version.key.clone(),
        version: Some(version.version.clone()),
        basis: Basis::Named,
    }]
}

fn called<'a>(lookups: &'a Lookups, version: &Version) -> &'a [Lookup] {
    lookups.get(&version.id).map_or(&[][..], Vec::as_slice)
}

fn note(
    after: &mut Matches,
    (version, lookups): (&Version, &[Lookup]),
    guesses: &[(i64, PackageKey)],
    advisory: i64,
    affected: &[Affected],
) {
    if let Some((decision, at)) = rules::decide(lookups, affected) {
        // Only of a path inside another package may that package be an own component of the SBOM.
        let inside = lookups
            .get(at)
            .filter(|lookup| lookup.basis == Basis::ParentPath);
        let guess = inside.and_then(|lookup| {
            let known = guesses.iter().find(|(_, key)| *key == lookup.key);
            known.map(|(id, _)| *id)
        });
        after.insert((version.id, advisory), found(&decision, guess));
    }
}

fn found(decision: &Decision, guess: Option<i64>) -> Match {
    Match {
        outcome: decision.outcome().to_owned(),
        reason: decision.reason(),
        guess,
    }
}

/// Writes what differs; the advisories it was about.
fn write_difference(tx: &mut Tx, before: &Matches, after: &Matches) -> Result<Vec<i64>, Trouble> {
    let new: Vec<((i64, i64), &Match)> = after
        .iter()
        .filter(|(key, found)| before.get(*key) != Some(*found))
        .map(|(key, found)| (*key, found))
        .collect();
    let gone: Vec<(i64, i64)> = before
        .keys()
        .filter(|key| !after.contains_key(*key))
        .copied()
        .collect();
    store::write(tx, &new, &gone)?;
    let changed: BTreeSet<i64> = new
        .iter()
        .map(|((_, advisory), _)| *advisory)
        .chain(gone.iter().map(|(_, advisory)| *advisory))
        .collect();
    Ok(changed.into_iter().collect())
}

/// The packages each package's versions may also be, remembered for the day an advisory comes.
fn guess(tx: &mut Tx, versions: &[Version], lookups: &Lookups) -> Result<Guesses, Trouble> {
    let mut keys: BTreeMap<i64, Vec<PackageKey>> = BTreeMap::new();
    for version in versions {
        let others = called(lookups, version).iter().map(|lookup| &lookup.key);
        for other in others.filter(|other| **other != version.key) {
            let known = keys.entry(version.package).or_default();
            if !known.contains(other) {
                known.push(other.clone());
            }
        }
    }
    if keys.is_empty() {
        return Ok(Guesses::new());
    }
    let all: BTreeSet<PackageKey> = keys.values().flatten().cloned().collect();
    let ids = crate::advisories::intern_packages(tx, &all)?;
    let mut rows = Vec::new();
    let mut guesses = Guesses::new();
    for (package, candidates) in keys {
        let mut known = Vec::new();
        for (index, key) in candidates.into_iter().enumerate() {
            if let Some(id) = ids.get(&key) {
                rows.push((*id, package, i64::try_from(index + 1).unwrap_or(i64::MAX)));
                known.push((*id, key));
            }
        }
        guesses.insert(package, known);
    }
    store::add_guesses(tx, &rows)?;
    Ok(guesses)
}

/// What is affected, as it was kept.
pub(super) fn unpacked(packed: &[u8]) -> Result<Vec<Affected>, Trouble> {
    let bytes = crate::advisories::unpack(packed)?;
    let affected = serde_json::from_slice(&bytes).map_err(anyhow::Error::from)?;
    Ok(affected)
}
