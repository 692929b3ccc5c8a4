//! Statements about judgements. They are only ever added; the newest one is in force until it
//! expires.

use crate::findings::judging::Earlier;
use crate::findings::rules::Judgement;
use crate::ids::{AssessmentId, FindingId, OrganisationId, ProductId, ReleaseId};
use crate::statements;
use crate::store::{Error, Row, ToVal, Tx, Val};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Findings that nobody ever judged, with each standing judgement about the same flaw in the same
/// version of the same component of the same product, unless it was taken back where it was made;
/// `$1` is now.
macro_rules! carried {
    ($where:literal) => {
        concat!(
            "select f.organisation_id, f.id, v.name, a.id, a.status, a.justification, a.detail, \
             a.assessed_by, a.expires_at from findings f \
             join vulnerabilities v on v.id = f.vulnerability_id \
             join releases r on r.organisation_id = f.organisation_id and r.id = f.release_id \
             join findings o on o.package_version_id = f.package_version_id \
             and o.vulnerability_id = f.vulnerability_id \
             and o.organisation_id = f.organisation_id and o.id <> f.id \
             join releases b on b.organisation_id = o.organisation_id and b.id = o.release_id \
             and b.product_id = r.product_id \
             join assessments a on a.organisation_id = o.organisation_id and a.finding_id = o.id \
             where f.state = 'open' and f.status = 'not_assessed' \
             and a.scope = 'until-changed' and a.carried_from is null \
             and (a.expires_at is null or a.expires_at > $1) \
             and not exists (select 1 from assessments n \
             where n.organisation_id = f.organisation_id and n.finding_id = f.id) \
             and not exists (select 1 from assessments n \
             where n.organisation_id = a.organisation_id and n.finding_id = a.finding_id \
             and (n.assessed_at > a.assessed_at \
             or (n.assessed_at = a.assessed_at and n.id > a.id))) and ",
            $where,
            " order by f.organisation_id, f.id, a.assessed_at, a.id"
        )
    };
}

statements! {
    OWN: "select f.id, f.status, v.name, r.product_id from findings f \
          join vulnerabilities v on v.id = f.vulnerability_id \
          join releases r on r.organisation_id = f.organisation_id and r.id = f.release_id \
          where f.organisation_id = $1 and f.merged_into is null and f.id in ($2) order by f.id";
    SIBLINGS: "select distinct o.id, o.status, v.name, b.product_id from findings f \
          join vulnerabilities v on v.id = f.vulnerability_id \
          join releases r on r.organisation_id = f.organisation_id and r.id = f.release_id \
          join findings o on o.package_version_id = f.package_version_id \
          and o.vulnerability_id = f.vulnerability_id \
          and o.organisation_id = f.organisation_id and o.state = 'open' \
          join releases b on b.organisation_id = o.organisation_id and b.id = o.release_id \
          and b.product_id = r.product_id \
          where f.organisation_id = $1 and f.id in ($2)";
    ADD: "insert into assessments (organisation_id, id, finding_id, status, justification, \
          detail, assessed_by, assessed_at, scope, expires_at, carried_from) \
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    SETTLE: "update findings set status = $1 where organisation_id = $2 and id in ($3)";
    HISTORY: "select status, justification, detail, assessed_by, assessed_at, scope, expires_at, \
              carried_from from assessments where organisation_id = $1 and finding_id = $2 \
              order by assessed_at desc, id desc limit 200";
    CARRIED: carried!("f.vulnerability_id in ($2)");
    CARRIED_OF_RELEASE: carried!("f.organisation_id = $2 and f.release_id = $3");
    EXPIRED: "select distinct f.id, f.status, v.name, r.product_id from assessments a \
              join findings f on f.organisation_id = a.organisation_id and f.id = a.finding_id \
              join vulnerabilities v on v.id = f.vulnerability_id \
              join releases r on r.organisation_id = f.organisation_id and r.id = f.release_id \
              where a.organisation_id = $1 and a.expires_at <= $2 \
              and f.status <> 'not_assessed' and not exists (select 1 from assessments n \
              where n.organisation_id = a.organisation_id and n.finding_id = a.finding_id \
              and (n.assessed_at > a.assessed_at \
              or (n.assessed_at = a.assessed_at and n.id > a.id))) order by f.id";
    EXPIRED_CHANGE: "insert into finding_changes (organisation_id, finding_id, changed_at, state, \
              reason) values ($1, $2, $3, $4, $5) on conflict do nothing";
    EARLIER: "select pv.purl, b.version, a.status, a.justification, a.detail, a.assessed_by, \
              a.assessed_at, a.scope, a.expires_at, a.carried_from from findings f \
              join releases r on r.organisation_id = f.organisation_id and r.id = f.release_id \
              join package_versions w on w.id = f.package_version_id \
              join findings o on o.organisation_id = f.organisation_id \
              and o.vulnerability_id = f.vulnerability_id \
              and o.package_version_id <> f.package_version_id \
              join package_versions pv on pv.id = o.package_version_id \
              and pv.package_id = w.package_id \
              join releases b on b.organisation_id = o.organisation_id and b.id = o.release_id \
              and b.product_id = r.product_id \
              join assessments a on a.organisation_id = o.organisation_id and a.finding_id = o.id \
              where f.organisation_id = $1 and f.id = $2 \
              order by a.assessed_at desc, a.id desc limit 1";
}

/// A finding that is to be judged.
#[derive(Debug, Clone)]
pub struct Own {
    pub id: FindingId,
    pub status: String,
    pub vulnerability: String,
    pub product: ProductId,
}

fn own_row(row: &Row) -> Own {
    Own {
        id: row.id(0),
        status: row.text(1),
        vulnerability: row.text(2),
        product: row.id(3),
    }
}

/// Those of these findings that are the organisation's.
pub fn own(
    tx: &mut Tx,
    organisation: OrganisationId,
    ids: &[FindingId],
) -> Result<Vec<Own>, Error> {
    let keys: Vec<Val> = ids.iter().map(ToVal::to_val).collect();
    let rows = tx.query_keys(OWN, &[organisation.to_val()], &keys)?;
    Ok(rows.iter().map(own_row).collect())
}

/// Open findings of the same flaw in the same version of the same component in other releases of
/// the same products; those given are left out.
pub fn siblings(
    tx: &mut Tx,
    organisation: OrganisationId,
    ids: &[FindingId],
) -> Result<Vec<Own>, Error> {
    let keys: Vec<Val> = ids.iter().map(ToVal::to_val).collect();
    let rows = tx.query_keys(SIBLINGS, &[organisation.to_val()], &keys)?;
    let mut found: BTreeMap<FindingId, Own> = BTreeMap::new();
    for own in rows.iter().map(own_row) {
        if !ids.contains(&own.id) {
            found.insert(own.id, own);
        }
    }
    Ok(found.into_values().collect())
}

/// Adds one judgement to each finding and puts it in force.
pub fn add(
    tx: &mut Tx,
    organisation: OrganisationId,
    ids: &[FindingId],
    judgement: &Judgement,
    by: &str,
) -> Result<(), Error> {
    let now = tx.now();
    let mut rows = Vec::new();
    for id in ids {
        rows.push(vec![
            organisation.to_val(),
            tx.new_id::<AssessmentId>().to_val(),
            id.to_val(),
            judgement.status.name().to_val(),
            judgement.justification.to_val(),
            judgement.detail.to_val(),
            by.to_val(),
            now.to_val(),
            judgement.scope.name().to_val(),
            judgement.expires_at.to_val(),
            Val::Null,
        ]);
    }
    tx.insert_rows(ADD, &rows)?;
    settle(tx, organisation, judgement.status.name(), ids)
}

fn settle(
    tx: &mut Tx,
    organisation: OrganisationId,
    status: &str,
    ids: &[FindingId],
) -> Result<(), Error> {
    let keys: Vec<Val> = ids.iter().map(ToVal::to_val).collect();
    tx.execute_keys(SETTLE, &[status.to_val(), organisation.to_val()], &keys)
        .map(|_| ())
}

/// A judgement as it was made.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Assessment {
    pub status: String,
    pub justification: Option<String>,
    pub detail: String,
    pub assessed_by: String,
    pub assessed_at: Timestamp,
    /// `release`, `same-version`, `until-changed`.
    pub scope: String,
    /// From then on it no longer holds.
    pub expires_at: Option<Timestamp>,
    /// The judgement on another release that the program repeated here.
    pub carried_from: Option<String>,
}

fn assessment(row: &Row, from: usize) -> Assessment {
    Assessment {
        status: row.text(from),
        justification: row.opt_text(from + 1),
        detail: row.text(from + 2),
        assessed_by: row.text(from + 3),
        assessed_at: row.instant(from + 4),
        scope: row.text(from + 5),
        expires_at: row.opt_instant(from + 6),
        carried_from: row.opt_text(from + 7),
    }
}

/// The judgements on a finding, the newest first.
pub fn history(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: FindingId,
) -> Result<Vec<Assessment>, Error> {
    let rows = tx.query(HISTORY, &[&organisation, &id])?;
    Ok(rows.iter().map(|row| assessment(row, 0)).collect())
}

/// The newest judgement on another version of the same component in the same product.
pub fn earlier(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: FindingId,
) -> Result<Option<Earlier>, Error> {
    let row = tx.query_opt(EARLIER, &[&organisation, &id])?;
    Ok(row.map(|row| Earlier {
        purl: row.text(0),
        release: row.text(1),
        assessment: assessment(&row, 2),
    }))
}

/// A standing judgement and the new finding it holds for as well.
#[derive(Debug, Clone)]
pub struct Carried {
    pub organisation: OrganisationId,
    pub finding: FindingId,
    pub vulnerability: String,
    pub assessment: AssessmentId,
    pub status: String,
    justification: Option<String>,
    detail: String,
    by: String,
    expires_at: Option<Timestamp>,
}

/// What holds for the new findings of these vulnerabilities.
pub fn carried(tx: &mut Tx, vulnerabilities: &[i64]) -> Result<Vec<Carried>, Error> {
    let keys: Vec<Val> = vulnerabilities.iter().copied().map(Val::Int).collect();
    let now = tx.now();
    let rows = tx.query_keys(CARRIED, &[now.to_val()], &keys)?;
    Ok(newest(&rows))
}

/// What holds for the new findings of a release.
pub fn carried_of_release(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<Vec<Carried>, Error> {
    let now = tx.now();
    let rows = tx.query(CARRIED_OF_RELEASE, &[&now, &organisation, &release])?;
    Ok(newest(&rows))
}

/// Rows come the oldest first; the last one of each finding counts.
fn newest(rows: &[Row]) -> Vec<Carried> {
    let mut by_finding: BTreeMap<(OrganisationId, FindingId), Carried> = BTreeMap::new();
    for row in rows {
        let carried = Carried {
            organisation: row.id(0),
            finding: row.id(1),
            vulnerability: row.text(2),
            assessment: row.id(3),
            status: row.text(4),
            justification: row.opt_text(5),
            detail: row.text(6),
            by: row.text(7),
            expires_at: row.opt_instant(8),
        };
        by_finding.insert((carried.organisation, carried.finding), carried);
    }
    by_finding.into_values().collect()
}

/// Writes carried judgements down and puts them in force.
pub fn repeat(tx: &mut Tx, carried: &[Carried]) -> Result<(), Error> {
    let now = tx.now();
    let mut rows = Vec::new();
    let mut settled: BTreeMap<(OrganisationId, &str), Vec<FindingId>> = BTreeMap::new();
    for one in carried {
        rows.push(vec![
            one.organisation.to_val(),
            tx.new_id::<AssessmentId>().to_val(),
            one.finding.to_val(),
            one.status.to_val(),
            one.justification.to_val(),
            one.detail.to_val(),
            one.by.to_val(),
            now.to_val(),
            "until-changed".to_val(),
            one.expires_at.to_val(),
            one.assessment.to_val(),
        ]);
        let key = (one.organisation, one.status.as_str());
        settled.entry(key).or_default().push(one.finding);
    }
    tx.insert_rows(ADD, &rows)?;
    for ((organisation, status), ids) in settled {
        settle(tx, organisation, status, &ids)?;
    }
    Ok(())
}

/// Findings whose judgement in force is over.
pub fn expired(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Own>, Error> {
    let now = tx.now();
    let rows = tx.query(EXPIRED, &[&organisation, &now])?;
    Ok(rows.iter().map(own_row).collect())
}

/// Puts findings back among those nobody has judged; their history says why.
pub fn unsettle(tx: &mut Tx, organisation: OrganisationId, over: &[Own]) -> Result<(), Error> {
    let now = tx.now();
    let ids: Vec<FindingId> = over.iter().map(|finding| finding.id).collect();
    let rows: Vec<Vec<Val>> = ids
        .iter()
        .map(|id| {
            vec![
                organisation.to_val(),
                id.to_val(),
                now.to_val(),
                "open".to_val(),
                "judgement-expired".to_val(),
            ]
        })
        .collect();
    tx.insert_rows(EXPIRED_CHANGE, &rows)?;
    settle(tx, organisation, "not_assessed", &ids)
}
