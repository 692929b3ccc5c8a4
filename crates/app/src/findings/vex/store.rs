//! Statements about what is said of a release, and when that changed.

use crate::ids::{OrganisationId, ReleaseId};
use crate::statements;
use crate::store::{Error, Tx, Val};
use jiff::Timestamp;
use std::collections::BTreeMap;

statements! {
    IN_FORCE: "select v.id, v.name, pv.purl, a.status, a.justification, a.detail, \
               a.assessed_by, a.assessed_at from findings f \
               join vulnerabilities v on v.id = f.vulnerability_id \
               join package_versions pv on pv.id = f.package_version_id \
               join assessments a on a.organisation_id = f.organisation_id \
               and a.finding_id = f.id \
               where f.organisation_id = $1 and f.release_id = $2 and f.state = 'open' \
               and (a.expires_at is null or a.expires_at > $3) \
               and not exists (select 1 from assessments n \
               where n.organisation_id = a.organisation_id and n.finding_id = a.finding_id \
               and (n.assessed_at > a.assessed_at \
               or (n.assessed_at = a.assessed_at and n.id > a.id))) \
               order by v.name, pv.purl, f.id limit $4";
    OPEN: "select count(*) from findings f where f.organisation_id = $1 and f.release_id = $2 \
           and f.state = 'open'";
    CHANGES: "select x.moment from (\
              select a.assessed_at as moment from findings f join assessments a \
              on a.organisation_id = f.organisation_id and a.finding_id = f.id \
              where f.organisation_id = $1 and f.release_id = $2 \
              union select a.expires_at from findings f join assessments a \
              on a.organisation_id = f.organisation_id and a.finding_id = f.id \
              where f.organisation_id = $1 and f.release_id = $2 and a.expires_at <= $3 \
              union select c.changed_at from findings f join finding_changes c \
              on c.organisation_id = f.organisation_id and c.finding_id = f.id \
              where f.organisation_id = $1 and f.release_id = $2 \
              and (c.reason is null or c.reason <> 'judgement-expired') \
              and exists (select 1 from assessments a \
              where a.organisation_id = f.organisation_id and a.finding_id = f.id \
              and a.assessed_at < c.changed_at) \
              union select s.created_at from sboms s \
              where s.organisation_id = $1 and s.release_id = $2 \
              and exists (select 1 from findings f join assessments a \
              on a.organisation_id = f.organisation_id and a.finding_id = f.id \
              where f.organisation_id = s.organisation_id and f.release_id = s.release_id \
              and a.assessed_at < s.created_at)) x order by x.moment";
    ALIASES: "select vulnerability_id, alias from vulnerability_aliases \
              where vulnerability_id in ($1) order by vulnerability_id, alias";
}

/// A judgement in force on an open finding.
#[derive(Debug, Clone)]
pub struct InForce {
    pub vulnerability_id: i64,
    pub vulnerability: String,
    pub purl: String,
    pub status: String,
    pub justification: Option<String>,
    pub detail: String,
    pub by: String,
    pub at: Timestamp,
}

/// What is said of a release's open findings, by flaw and component, at most `most`.
pub fn in_force(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
    most: i64,
) -> Result<Vec<InForce>, Error> {
    let now = tx.now();
    let rows = tx.query(IN_FORCE, &[&organisation, &release, &now, &most])?;
    let read = rows.iter().map(|row| InForce {
        vulnerability_id: row.int(0),
        vulnerability: row.text(1),
        purl: row.text(2),
        status: row.text(3),
        justification: row.opt_text(4),
        detail: row.text(5),
        by: row.text(6),
        at: row.instant(7),
    });
    Ok(read.collect())
}

/// How many findings of a release are open, judged or not.
pub fn open(tx: &mut Tx, organisation: OrganisationId, release: ReleaseId) -> Result<i64, Error> {
    Ok(tx.query_one(OPEN, &[&organisation, &release])?.int(0))
}

/// The instants at which what is said of a release changed, or may have: judgements, their ends,
/// judged findings that came and went, and new SBOMs since the first judgement. None ever goes
/// away, so that their number can count versions.
pub fn changes(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<Vec<Timestamp>, Error> {
    let now = tx.now();
    let rows = tx.query(CHANGES, &[&organisation, &release, &now])?;
    Ok(rows.iter().map(|row| row.instant(0)).collect())
}

/// All ids of these flaws.
pub fn aliases(tx: &mut Tx, flaws: &[i64]) -> Result<BTreeMap<i64, Vec<String>>, Error> {
    let keys: Vec<Val> = flaws.iter().copied().map(Val::Int).collect();
    let mut found: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in tx.query_keys(ALIASES, &[], &keys)? {
        found.entry(row.int(0)).or_default().push(row.text(1));
    }
    Ok(found)
}
