//! One flaw under all its ids. Aliases are symmetric and transitive (OSV schema), so groups are
//! the connected parts of what records say; a link taken back can part a group again.

use super::rules::{self, Rated};
use super::store::exploits::{self, Drawn};
use super::store::groups::{self, Described, Fact};
use crate::store::Tx;
use crate::trouble::Trouble;
use bonafide_engine::alias;
use std::collections::{BTreeMap, BTreeSet};

/// Marks what stands for a group we hold already among the ids of new records.
const HELD: char = '#';

/// What grouping some records led to.
#[derive(Debug, Default)]
pub struct Grouped {
    /// The vulnerability of each record.
    pub of: BTreeMap<String, i64>,
    /// (what was, what it is now part of).
    pub merged: Vec<(i64, i64)>,
    /// Vulnerabilities that lost ids to others, and those others.
    pub parted: BTreeSet<i64>,
}

/// Puts records (id, aliases) into their groups; makes, merges and parts groups as they say. Each
/// record stands once.
pub fn assign(tx: &mut Tx, records: &[(String, Vec<String>)]) -> Result<Grouped, Trouble> {
    let before = groups::links_of(tx, records.iter().map(|(id, _)| id))?;
    let mut shrunk = Vec::new();
    let mut changed = Vec::new();
    for (id, aliases) in records {
        let now: BTreeSet<String> = aliases.iter().cloned().collect();
        let was = before.get(id).cloned().unwrap_or_default();
        if was != now {
            changed.push((id, aliases));
        }
        if !was.is_subset(&now) {
            shrunk.push(id.clone());
        }
    }
    groups::replace_links(tx, &changed)?;
    let mut grouped = join(tx, records)?;
    if !shrunk.is_empty() {
        let suspects: BTreeSet<i64> = shrunk
            .iter()
            .filter_map(|id| grouped.of.get(id).copied())
            .collect();
        for suspect in suspects {
            part(tx, suspect, &mut grouped)?;
        }
    }
    Ok(grouped)
}

fn join(tx: &mut Tx, records: &[(String, Vec<String>)]) -> Result<Grouped, Trouble> {
    let ids: BTreeSet<&String> = records
        .iter()
        .flat_map(|(id, aliases)| std::iter::once(id).chain(aliases))
        .collect();
    let held = groups::vulnerabilities_of(tx, ids)?;
    let held_nodes: Vec<(String, &str)> = held
        .iter()
        .map(|(alias, id)| (format!("{HELD}{id}"), alias.as_str()))
        .collect();
    let said = records
        .iter()
        .map(|(id, aliases)| (id.as_str(), aliases.iter().map(String::as_str).collect()));
    let known = held_nodes
        .iter()
        .map(|(node, alias)| (node.as_str(), vec![*alias]));
    let all: Vec<(&str, Vec<&str>)> = said.chain(known).collect();

    let mut grouped = Grouped::default();
    let mut new_groups: Vec<(String, Vec<String>)> = Vec::new();
    let mut new_aliases: Vec<(String, i64)> = Vec::new();
    let mut of_member: BTreeMap<String, i64> = BTreeMap::new();
    for group in alias::groups(all) {
        let vulnerabilities: BTreeSet<i64> = group
            .members
            .iter()
            .filter_map(|m| m.strip_prefix(HELD)?.parse().ok())
            .collect();
        let members: Vec<String> = group
            .members
            .into_iter()
            .filter(|m| !m.starts_with(HELD))
            .collect();
        let Some(into) = vulnerabilities.first().copied() else {
            if let Some(name) = alias::canonical(members.iter().map(String::as_str)) {
                new_groups.push((name.to_owned(), members));
            }
            continue;
        };
        for from in vulnerabilities.into_iter().filter(|id| *id != into) {
            groups::merge(tx, from, into)?;
            grouped.merged.push((from, into));
        }
        for member in members {
            if !held.contains_key(&member) {
                new_aliases.push((member.clone(), into));
            }
            of_member.insert(member, into);
        }
    }
    let names: Vec<String> = new_groups.iter().map(|(name, _)| name.clone()).collect();
    let made = groups::create(tx, &names)?;
    for (name, members) in new_groups {
        let id = made.get(&name).copied().unwrap_or_default();
        for member in members {
            new_aliases.push((member.clone(), id));
            of_member.insert(member, id);
        }
    }
    groups::add_aliases(tx, &new_aliases)?;
    for (id, _) in records {
        if let Some(vulnerability) = of_member.get(id.trim()) {
            grouped.of.insert(id.clone(), *vulnerability);
        }
    }
    Ok(grouped)
}

/// Parts a group whose links no longer hold it together. The part with most records keeps the
/// row; ids that nobody uses any more are dropped.
fn part(tx: &mut Tx, vulnerability: i64, grouped: &mut Grouped) -> Result<(), Trouble> {
    let members = groups::members_of(tx, &[vulnerability])?
        .remove(&vulnerability)
        .unwrap_or_default();
    let links = groups::links_of(tx, &members)?;
    let nothing = BTreeSet::new();
    let said = members.iter().map(|member| {
        let aliases = links.get(member).unwrap_or(&nothing);
        (
            member.as_str(),
            aliases.iter().map(String::as_str).collect::<Vec<_>>(),
        )
    });
    let mut parts = alias::groups(said);
    if parts.len() < 2 {
        return Ok(());
    }
    let records: BTreeSet<String> = groups::advisory_ids(tx, &[vulnerability])?
        .remove(&vulnerability)
        .unwrap_or_default()
        .into_iter()
        .collect();
    let exploited = groups::exploitation_names(tx, &members)?;
    // Records of this very batch are not written yet, but have their place already.
    let is_record = |id: &String| records.contains(id) || grouped.of.contains_key(id);
    let weight = |part: &alias::Group| part.members.iter().filter(|id| is_record(id)).count();
    let keeper = (0..parts.len())
        .max_by_key(|index| (weight(&parts[*index]), std::cmp::Reverse(*index)))
        .unwrap_or(0);
    parts.remove(keeper);
    groups::release_names(tx, &[vulnerability])?;
    grouped.parted.insert(vulnerability);
    for part in parts {
        let used = part
            .members
            .iter()
            .any(|id| is_record(id) || exploited.contains(id));
        if !used {
            groups::drop_aliases(tx, &part.members)?;
            continue;
        }
        let made = groups::create(tx, std::slice::from_ref(&part.canonical))?;
        let id = made.get(&part.canonical).copied().unwrap_or_default();
        let moved: Vec<(String, i64)> = part.members.iter().map(|m| (m.clone(), id)).collect();
        groups::add_aliases(tx, &moved)?;
        groups::reassign(tx, &part.members, id)?;
        grouped.parted.insert(id);
    }
    // Whoever was in the batch and went with a new part is found there.
    let ids: Vec<String> = grouped.of.keys().cloned().collect();
    let now = groups::vulnerabilities_of(tx, &ids)?;
    for (id, at) in &mut grouped.of {
        if let Some(new) = now.get(id) {
            *at = *new;
        }
    }
    Ok(())
}

/// Names and rates vulnerabilities by what their records say now.
pub fn describe(tx: &mut Tx, vulnerabilities: &[i64]) -> Result<(), Trouble> {
    let members = groups::members_of(tx, vulnerabilities)?;
    let facts = groups::facts(tx, vulnerabilities)?;
    let details = groups::kev_details(tx, vulnerabilities)?;
    let before = groups::described(tx, vulnerabilities)?;
    let mut changed = Vec::new();
    let mut renamed = Vec::new();
    for (id, ids) in &members {
        let Some(was) = before.get(id) else { continue };
        let none = Vec::new();
        let facts = facts.get(id).unwrap_or(&none);
        let now = description(*id, ids, facts, details.get(id), was);
        if now.name != was.name {
            renamed.push(*id);
        }
        if now != *was {
            changed.push(now);
        }
    }
    groups::release_names(tx, &renamed)?;
    groups::describe(tx, &changed)?;
    Ok(())
}

fn description(
    id: i64,
    members: &[String],
    facts: &[Fact],
    details: Option<&Vec<String>>,
    was: &Described,
) -> Described {
    let name = alias::canonical(members.iter().map(String::as_str)).unwrap_or(&was.name);
    let standing = || facts.iter().filter(|fact| !fact.is_withdrawn);
    let mut kinds = standing().map(|fact| fact.informational.clone());
    let informational = kinds
        .next()
        .flatten()
        .filter(|_| kinds.all(|kind| kind.is_some()));
    let mut rated = rules::gravest(standing().map(|fact| &fact.rated));
    if informational.is_some() && rated.severity == "unknown" {
        rated = Rated {
            severity: "none".into(),
            ..Rated::default()
        };
    }
    Described {
        id,
        name: name.to_owned(),
        title: title(facts, details),
        rated,
        informational,
    }
}

/// GHSA's summaries are written for people of any ecosystem, so they come first.
fn title(facts: &[Fact], details: Option<&Vec<String>>) -> String {
    let rank = |fact: &Fact| (fact.is_withdrawn, !fact.external_id.starts_with("GHSA-"));
    let summary = facts
        .iter()
        .filter(|fact| !fact.summary.trim().is_empty())
        .min_by_key(|fact| rank(fact))
        .map(|fact| fact.summary.trim().to_owned());
    let of_catalogue = || {
        details?.iter().find_map(|detail| {
            let detail: serde_json::Value = serde_json::from_str(detail).ok()?;
            let name = detail.get("name")?.as_str()?.trim();
            (!name.is_empty()).then(|| name.to_owned())
        })
    };
    summary.or_else(of_catalogue).unwrap_or_default()
}

/// Draws what is known of exploitation anew; the vulnerabilities that are newly known to be
/// exploited.
pub fn draw_exploitations(tx: &mut Tx, vulnerabilities: &[i64]) -> Result<Vec<i64>, Trouble> {
    let mut said: BTreeMap<(i64, String), Drawn> = BTreeMap::new();
    for drawn in exploits::said_of(tx, vulnerabilities)? {
        // The earliest day stands first; a detail with words wins over one without.
        let key = (drawn.vulnerability, drawn.source.clone());
        match said.get_mut(&key) {
            None => {
                said.insert(key, drawn);
            }
            Some(first) if first.detail.len() < drawn.detail.len() => first.detail = drawn.detail,
            Some(_) => {}
        }
    }
    let mut before: BTreeMap<(i64, String), Drawn> = exploits::drawn(tx, vulnerabilities)?
        .into_iter()
        .map(|d| ((d.vulnerability, d.source.clone()), d))
        .collect();
    let mut changed = Vec::new();
    let mut news = BTreeSet::new();
    for (key, mut now) in said {
        let was = before.remove(&key);
        if was.as_ref().is_none_or(|was| was.withdrawn_at.is_some()) {
            news.insert(now.vulnerability);
        }
        now.first_seen_at = was
            .as_ref()
            .filter(|was| was.withdrawn_at.is_none())
            .and_then(|was| was.first_seen_at);
        if was.as_ref() != Some(&now) {
            changed.push(now);
        }
    }
    let at = tx.now();
    for (_, mut was) in before {
        if was.withdrawn_at.is_none() {
            was.withdrawn_at = Some(at);
            changed.push(was);
        }
    }
    exploits::draw(tx, &changed)?;
    Ok(news.into_iter().collect())
}
