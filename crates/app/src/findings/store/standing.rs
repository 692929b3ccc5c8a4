//! Statements that bring findings in line with matches and current SBOMs. They select by matches
//! and touch only what differs, so their cost is the matches and not the fleet.

use crate::ids::{FindingId, OrganisationId, ReleaseId};
use crate::statements;
use crate::store::{Error, Row, ToVal, Tx, Val};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Open findings that no match and current SBOM speak for any more, and why. The order of the
/// joins is said (`cross join`), because SQLite would rather visit every SBOM that holds the
/// component: that is the fleet again for each finding.
macro_rules! unwanted {
    ($where:literal) => {
        concat!(
            "select f.organisation_id, f.release_id, f.package_version_id, f.vulnerability_id, \
             f.id, case \
             when not exists (select 1 from sboms s cross join organisations g \
             cross join components c where g.id = s.organisation_id \
             and c.organisation_num = g.num and c.sbom_num = s.num \
             and c.package_version_id = f.package_version_id \
             and s.organisation_id = f.organisation_id and s.release_id = f.release_id \
             and s.is_current = true) then 'component-removed' \
             when not exists (select 1 from advisories a \
             where a.vulnerability_id = f.vulnerability_id and a.withdrawn is null) \
             then 'advisory-withdrawn' else 'range-narrowed' end \
             from findings f where f.state = 'open' and not exists (select 1 from sboms s \
             cross join organisations g cross join components c cross join matches m \
             cross join advisories a where g.id = s.organisation_id \
             and c.organisation_num = g.num and c.sbom_num = s.num \
             and c.package_version_id = f.package_version_id \
             and m.package_version_id = f.package_version_id and m.outcome = 'affected' \
             and a.id = m.advisory_id and a.vulnerability_id = f.vulnerability_id \
             and a.withdrawn is null and s.organisation_id = f.organisation_id \
             and s.release_id = f.release_id and s.is_current = true \
             and (m.guess_id is null or not exists (select 1 from components o \
             join package_versions v on v.id = o.package_version_id \
             where o.organisation_num = g.num and o.sbom_num = s.num \
             and v.package_id = m.guess_id))) and ",
            $where
        )
    };
}

statements! {
    AFFECTED: "select distinct m.package_version_id, a.vulnerability_id, m.guess_id \
             from advisories a join matches m on m.advisory_id = a.id and m.outcome = 'affected' \
             where a.withdrawn is null and a.vulnerability_id in ($1)";
    VERSIONS_OF_PACKAGES: "select package_id, id from package_versions where package_id in ($1)";
    CURRENT_OF: "select num, organisation_id, release_id from sboms \
             where is_current = true and num in ($1)";
    STANDING: "select organisation_id, release_id, package_version_id, vulnerability_id, id, \
             case when state = 'open' then cast(1 as bigint) else cast(0 as bigint) end \
             from findings where vulnerability_id in ($1)";
    WANTED_OF_RELEASE: "select distinct s.organisation_id, s.release_id, m.package_version_id, \
             a.vulnerability_id, f.id from sboms s cross join organisations g \
             cross join components c cross join matches m cross join advisories a \
             left join findings f on f.organisation_id = s.organisation_id \
             and f.release_id = s.release_id and f.package_version_id = m.package_version_id \
             and f.vulnerability_id = a.vulnerability_id \
             where g.id = s.organisation_id and c.organisation_num = g.num \
             and c.sbom_num = s.num and m.package_version_id = c.package_version_id \
             and m.outcome = 'affected' and a.id = m.advisory_id \
             and s.organisation_id = $1 and s.release_id = $2 and s.is_current = true \
             and a.withdrawn is null and (f.id is null or f.state <> 'open') \
             and (m.guess_id is null or not exists (select 1 from components o \
             join package_versions v on v.id = o.package_version_id \
             where o.organisation_num = g.num and o.sbom_num = s.num \
             and v.package_id = m.guess_id)) \
             order by m.package_version_id, a.vulnerability_id";
    UNWANTED: unwanted!("f.vulnerability_id in ($1)");
    UNWANTED_OF_RELEASE: unwanted!("f.organisation_id = $1 and f.release_id = $2 \
             order by f.package_version_id, f.vulnerability_id");
    OPEN: "insert into findings (organisation_id, id, release_id, package_version_id, \
           vulnerability_id, state, status, first_seen_at, changed_at) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REOPEN: "update findings set state = 'open', gone_reason = null, merged_into = null, \
             changed_at = $1 where organisation_id = $2 and id in ($3)";
    CLOSE: "update findings set state = 'gone', gone_reason = $1, changed_at = $2 \
            where organisation_id = $3 and id in ($4)";
    CHANGED: "insert into finding_changes (organisation_id, finding_id, changed_at, state, reason) \
              values ($1, $2, $3, $4, $5) on conflict do nothing";
    NAMES: "select id, name from vulnerabilities where id in ($1) order by id";
    HOLDERS: "select distinct organisation_id from findings where vulnerability_id = $1 \
              order by organisation_id";
    MOVE: "update findings as f set vulnerability_id = $2, changed_at = $3 \
           where f.vulnerability_id = $1 and not exists (select 1 from findings o \
           where o.organisation_id = f.organisation_id and o.release_id = f.release_id \
           and o.package_version_id = f.package_version_id and o.vulnerability_id = $2)";
    DOUBLES: "select f.organisation_id, f.id, o.id from findings f \
              join findings o on o.organisation_id = f.organisation_id \
              and o.release_id = f.release_id and o.package_version_id = f.package_version_id \
              and o.vulnerability_id = $2 where f.vulnerability_id = $1 \
              order by f.organisation_id, f.id";
    JOIN_ASSESSMENTS: "update assessments set finding_id = $3 \
                       where organisation_id = $1 and finding_id = $2";
    JOINED: "update findings set state = 'gone', gone_reason = 'merged', merged_into = $3, \
             changed_at = $4 where organisation_id = $1 and id = $2";
    SETTLE: "update findings set status = coalesce((select case when a.expires_at <= $3 \
             then 'not_assessed' else a.status end from assessments a \
             where a.organisation_id = $1 and a.finding_id = $2 \
             order by a.assessed_at desc, a.id desc limit 1), 'not_assessed') \
             where organisation_id = $1 and id = $2";
    EXPLOITED: "select distinct f.organisation_id, f.vulnerability_id from findings f \
                join exploitations e on e.vulnerability_id = f.vulnerability_id \
                and e.withdrawn_at is null join releases r \
                on r.organisation_id = f.organisation_id and r.id = f.release_id \
                where f.state = 'open' and r.market <> 'not-yet' \
                and (r.channel = 'release' or r.market_assumed = false) \
                and f.vulnerability_id in ($1)";
    EXPLOITED_OF_RELEASE: "select distinct f.organisation_id, f.vulnerability_id from findings f \
                join exploitations e on e.vulnerability_id = f.vulnerability_id \
                and e.withdrawn_at is null join releases r \
                on r.organisation_id = f.organisation_id and r.id = f.release_id \
                where f.state = 'open' and r.market <> 'not-yet' \
                and (r.channel = 'release' or r.market_assumed = false) \
                and f.organisation_id = $1 and f.release_id = $2 order by f.vulnerability_id";
}

/// A place where a finding is missing, or one that no longer holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub organisation: OrganisationId,
    pub release: ReleaseId,
    pub package_version: i64,
    pub vulnerability: i64,
    /// The finding, if there is one already.
    pub finding: Option<FindingId>,
    /// Why it no longer holds; empty for missing ones.
    pub reason: String,
}

fn place(row: &Row) -> Place {
    Place {
        organisation: row.id(0),
        release: row.id(1),
        package_version: row.int(2),
        vulnerability: row.int(3),
        finding: row.opt_id(4),
        reason: String::new(),
    }
}

fn places(rows: &[Row]) -> Vec<Place> {
    let mut places: Vec<Place> = rows.iter().map(place).collect();
    places.sort();
    places
}

/// Those that no longer hold, each with its reason.
fn unwanted_places(rows: &[Row]) -> Vec<Place> {
    let with_reason = |row: &Row| Place {
        reason: row.text(5),
        ..place(row)
    };
    let mut places: Vec<Place> = rows.iter().map(with_reason).collect();
    places.sort();
    places
}

/// Where findings of these vulnerabilities are missing: affected package versions of current
/// SBOMs. A guessed name counts only where the SBOM does not name that package itself.
pub fn wanted(tx: &mut Tx, vulnerabilities: &[i64]) -> Result<Vec<Place>, Error> {
    let keys = super::matching::keys(vulnerabilities.iter().copied());
    let mut affected: BTreeMap<i64, BTreeSet<(i64, Option<i64>)>> = BTreeMap::new();
    for row in tx.query_keys(AFFECTED, &[], &keys)? {
        let entry = affected.entry(row.int(0)).or_default();
        entry.insert((row.int(1), row.opt_int(2)));
    }
    let holders = crate::sboms::holders(tx, affected.keys().copied())?;
    if holders.is_empty() {
        return Ok(Vec::new());
    }
    let guessed = affected.values().flatten().filter_map(|(_, guess)| *guess);
    let named = namers(tx, &guessed.collect())?;
    let documents: BTreeSet<i64> = holders.iter().map(|(_, document)| *document).collect();
    let rows = tx.query_keys(CURRENT_OF, &[], &super::matching::keys(documents))?;
    let current: HashMap<i64, (OrganisationId, ReleaseId)> = rows
        .iter()
        .map(|row| (row.int(0), (row.id(1), row.id(2))))
        .collect();
    let mut standing = HashMap::new();
    for row in tx.query_keys(STANDING, &[], &keys)? {
        let place = place(&row);
        let key = (
            place.organisation,
            place.release,
            place.package_version,
            place.vulnerability,
        );
        standing.insert(key, (place.finding, row.bool(5)));
    }
    let mut missing = BTreeSet::new();
    for (package_version, document) in holders {
        let Some((organisation, release)) = current.get(&document).copied() else {
            continue;
        };
        for (vulnerability, guess) in affected.get(&package_version).into_iter().flatten() {
            let key = (organisation, release, package_version, *vulnerability);
            let (finding, is_open) = standing.get(&key).copied().unwrap_or_default();
            let is_named = guess.is_some_and(|guess| named.contains(&(guess, document)));
            if !is_open && !is_named {
                missing.insert(Place {
                    organisation,
                    release,
                    package_version,
                    vulnerability: *vulnerability,
                    finding,
                    reason: String::new(),
                });
            }
        }
    }
    Ok(missing.into_iter().collect())
}

/// Which documents name one of these packages themselves: (package, document).
pub(super) fn namers(tx: &mut Tx, packages: &BTreeSet<i64>) -> Result<HashSet<(i64, i64)>, Error> {
    let keys = super::matching::keys(packages.iter().copied());
    let rows = tx.query_keys(VERSIONS_OF_PACKAGES, &[], &keys)?;
    let versions: HashMap<i64, i64> = rows.iter().map(|row| (row.int(1), row.int(0))).collect();
    let holders = crate::sboms::holders(tx, versions.keys().copied())?;
    let named = holders.into_iter().filter_map(|(version, document)| {
        let package = versions.get(&version)?;
        Some((*package, document))
    });
    Ok(named.collect())
}

pub fn wanted_of_release(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<Vec<Place>, Error> {
    Ok(places(
        &tx.query(WANTED_OF_RELEASE, &[&organisation, &release])?,
    ))
}

/// Findings of these vulnerabilities that no longer hold.
pub fn unwanted(tx: &mut Tx, vulnerabilities: &[i64]) -> Result<Vec<Place>, Error> {
    let keys = super::matching::keys(vulnerabilities.iter().copied());
    Ok(unwanted_places(&tx.query_keys(UNWANTED, &[], &keys)?))
}

pub fn unwanted_of_release(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<Vec<Place>, Error> {
    Ok(unwanted_places(
        &tx.query(UNWANTED_OF_RELEASE, &[&organisation, &release])?,
    ))
}

/// Opens what is missing: new findings, and those that were gone.
pub fn open(tx: &mut Tx, places: &[Place]) -> Result<(), Error> {
    let now = tx.now();
    let mut rows = Vec::new();
    let mut again: BTreeMap<OrganisationId, Vec<Val>> = BTreeMap::new();
    let mut changes = Vec::new();
    for place in places {
        if let Some(finding) = place.finding {
            again
                .entry(place.organisation)
                .or_default()
                .push(finding.to_val());
            changes.push(vec![
                place.organisation.to_val(),
                finding.to_val(),
                now.to_val(),
                "open".to_val(),
                Val::Null,
            ]);
            continue;
        }
        rows.push(vec![
            place.organisation.to_val(),
            tx.new_id::<FindingId>().to_val(),
            place.release.to_val(),
            place.package_version.to_val(),
            place.vulnerability.to_val(),
            "open".to_val(),
            "not_assessed".to_val(),
            now.to_val(),
            now.to_val(),
        ]);
    }
    tx.insert_rows(OPEN, &rows)?;
    for (organisation, ids) in again {
        tx.execute_keys(REOPEN, &[now.to_val(), organisation.to_val()], &ids)?;
    }
    tx.insert_rows(CHANGED, &changes).map(|_| ())
}

/// Closes what no longer holds.
pub fn close(tx: &mut Tx, places: &[Place]) -> Result<(), Error> {
    let now = tx.now();
    let mut by_reason: BTreeMap<(&str, OrganisationId), Vec<Val>> = BTreeMap::new();
    let mut changes = Vec::new();
    for place in places {
        let key = (place.reason.as_str(), place.organisation);
        let Some(finding) = place.finding else {
            continue;
        };
        by_reason.entry(key).or_default().push(finding.to_val());
        changes.push(vec![
            place.organisation.to_val(),
            finding.to_val(),
            now.to_val(),
            "gone".to_val(),
            place.reason.to_val(),
        ]);
    }
    for ((reason, organisation), ids) in by_reason {
        let fixed = [reason.to_val(), now.to_val(), organisation.to_val()];
        tx.execute_keys(CLOSE, &fixed, &ids)?;
    }
    tx.insert_rows(CHANGED, &changes).map(|_| ())
}

pub fn names(tx: &mut Tx, vulnerabilities: &BTreeSet<i64>) -> Result<BTreeMap<i64, String>, Error> {
    let keys = super::matching::keys(vulnerabilities.iter().copied());
    let rows = tx.query_keys(NAMES, &[], &keys)?;
    Ok(rows.iter().map(|row| (row.int(0), row.text(1))).collect())
}

/// The organisations that have (had) findings of a vulnerability.
pub fn holders(tx: &mut Tx, vulnerability: i64) -> Result<Vec<OrganisationId>, Error> {
    let rows = tx.query(HOLDERS, &[&vulnerability])?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// Findings of one vulnerability become findings of another; where both stood, the judgements go
/// to the one that stays. How many (moved, joined).
pub fn merge(tx: &mut Tx, from: i64, into: i64) -> Result<(u64, u64), Error> {
    let now = tx.now();
    let moved = tx.execute(MOVE, &[&from, &into, &now])?;
    let doubles = tx.query(DOUBLES, &[&from, &into])?;
    let mut changes = Vec::new();
    for row in &doubles {
        let (organisation, old, kept) = (row.text(0), row.text(1), row.text(2));
        tx.execute(JOIN_ASSESSMENTS, &[&organisation, &old, &kept])?;
        tx.execute(JOINED, &[&organisation, &old, &kept, &now])?;
        tx.execute(SETTLE, &[&organisation, &kept, &now])?;
        changes.push(vec![
            organisation.to_val(),
            old.to_val(),
            now.to_val(),
            "gone".to_val(),
            "merged".to_val(),
        ]);
    }
    tx.insert_rows(CHANGED, &changes)?;
    Ok((moved, doubles.len() as u64))
}

/// Organisations with an open finding of an exploited flaw in a release that is or was on the
/// market, with that flaw.
pub fn exploited(
    tx: &mut Tx,
    vulnerabilities: &[i64],
) -> Result<BTreeSet<(OrganisationId, i64)>, Error> {
    let keys = super::matching::keys(vulnerabilities.iter().copied());
    let rows = tx.query_keys(EXPLOITED, &[], &keys)?;
    Ok(rows.iter().map(|row| (row.id(0), row.int(1))).collect())
}

pub fn exploited_of_release(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<BTreeSet<(OrganisationId, i64)>, Error> {
    let rows = tx.query(EXPLOITED_OF_RELEASE, &[&organisation, &release])?;
    Ok(rows.iter().map(|row| (row.id(0), row.int(1))).collect())
}
