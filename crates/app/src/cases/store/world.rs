//! What the rooms above know of a flaw and of the releases that contain it, read in joins.

use crate::cases::rules::versions::natural;
use crate::cases::types::{Affected, AffectedProduct, Placed, World};
use crate::ids::{FindingId, OrganisationId, ProductId, ReleaseId};
use crate::statements;
use crate::store::{Row, ToVal, Tx, Val};
use crate::trouble::Trouble;
use std::collections::{BTreeMap, BTreeSet};

/// A person cannot look through more; the page says when there are more.
pub const AFFECTED_MAX: i64 = 5_000;

statements! {
    VULNERABILITY: "select name, title, severity, score, vector from vulnerabilities where id = $1";
    ALIASES: "select alias from vulnerability_aliases where vulnerability_id = $1 \
              order by alias limit 200";
    BY_ALIAS: "select v.id, v.name, v.title from vulnerabilities o \
               join vulnerabilities v on v.id = coalesce(o.merged_into, o.id) where o.name = $1 \
               union select v.id, v.name, v.title from vulnerability_aliases a \
               join vulnerabilities o on o.id = a.vulnerability_id \
               join vulnerabilities v on v.id = coalesce(o.merged_into, o.id) \
               where a.alias = $1 limit 1";
    MERGED: "select id from vulnerabilities where merged_into = $1 order by id limit 100";
    EXPLOITATIONS: "select source, added_on from exploitations where vulnerability_id = $1 \
                    and withdrawn_at is null order by source limit 50";
    EPSS: "select e.score, e.percentile, e.scored_on from epss_scores e \
           where e.cve in (select name from vulnerabilities where id = $1 union \
           select alias from vulnerability_aliases where vulnerability_id = $1) \
           order by e.score desc limit 1";
    /// Open findings of the flaw in releases that are or were on the market.
    CONTAINING: "select distinct f.release_id from findings f join releases r \
                 on r.organisation_id = f.organisation_id and r.id = f.release_id \
                 where f.organisation_id = $1 and f.vulnerability_id = $2 and f.state = 'open' \
                 and r.market <> 'not-yet' order by f.release_id limit $3";
    FINDINGS: "select f.release_id, p.purl, f.state, coalesce(a.status, 'not_assessed'), \
               a.justification from findings f \
               join package_versions p on p.id = f.package_version_id \
               left join assessments a on a.organisation_id = f.organisation_id and a.id = \
               (select n.id from assessments n where n.organisation_id = f.organisation_id \
               and n.finding_id = f.id order by n.assessed_at desc, n.id desc limit 1) \
               where f.organisation_id = $1 and f.vulnerability_id = $2 \
               order by f.release_id, p.purl limit $3";
    RELEASES_HEAD: "select r.id, r.product_id, p.name, r.version, r.channel, r.market, \
                    r.market_assumed from releases r join products p \
                    on p.organisation_id = r.organisation_id and p.id = r.product_id \
                    where r.organisation_id = $1 and r.id in \
                    (select release_id from watch_releases where organisation_id = $1 \
                    and watch_item_id = $2 union select release_id from case_releases \
                    where organisation_id = $1 and case_id = $3 and removed_at is null) \
                    order by p.name, r.created_at, r.id limit $4";
    PLACED: "select product_id, member_state, placed_on from placings where organisation_id = $1 \
             and product_id in (select r.product_id from releases r where r.organisation_id = $1 \
             and r.id in (select release_id from watch_releases where organisation_id = $1 \
             and watch_item_id = $2 union select release_id from case_releases \
             where organisation_id = $1 and case_id = $3 and removed_at is null)) \
             order by member_state, product_id limit 2000";
    VERSIONS: "select p.id, p.name, p.category, p.annex_entry, p.support_ends_on, r.version, \
               cast(case when c.release_id is null then 0 else 1 end as bigint) \
               from products p join releases r on r.organisation_id = p.organisation_id \
               and r.product_id = p.id left join case_releases c \
               on c.organisation_id = r.organisation_id and c.case_id = $2 \
               and c.release_id = r.id and c.removed_at is null \
               where p.organisation_id = $1 and r.market <> 'not-yet' and p.id in \
               (select q.product_id from releases q join case_releases d \
               on d.organisation_id = q.organisation_id and d.release_id = q.id \
               where q.organisation_id = $1 and d.case_id = $2 and d.removed_at is null) \
               order by p.name, p.id, r.created_at, r.id limit 5000";
    CHOICES: "select r.id, p.name, r.version, r.market from releases r join products p \
              on p.organisation_id = r.organisation_id and p.id = r.product_id \
              where r.organisation_id = $1 and p.archived_at is null and r.market <> 'not-yet' \
              order by p.name, r.created_at desc, r.id limit $2";
    OURS: "select id from releases where organisation_id = $1 and id in ($2)";
    SURVIVING: "select coalesce(merged_into, id) from vulnerabilities where id = $1";
    /// Open findings of the flaw in a case's releases that nobody has judged for good.
    UNJUDGED: "select f.id from findings f join case_releases c \
               on c.organisation_id = f.organisation_id and c.release_id = f.release_id \
               where f.organisation_id = $1 and f.vulnerability_id = $2 and c.case_id = $3 \
               and c.removed_at is null and f.state = 'open' \
               and f.status in ('not_assessed', 'under_investigation') order by f.id limit $4";
}

/// What the world says about a flaw.
pub fn world(tx: &mut Tx, vulnerability: i64) -> Result<Option<World>, Trouble> {
    let Some(row) = tx.query_opt(VULNERABILITY, &[&vulnerability])? else {
        return Ok(None);
    };
    let aliases = tx.query(ALIASES, &[&vulnerability])?;
    let epss = tx.query_opt(EPSS, &[&vulnerability])?;
    Ok(Some(World {
        name: row.text(0),
        title: row.text(1),
        severity: row.text(2),
        score: row.opt_real(3),
        vector: row.opt_text(4),
        aliases: aliases.iter().map(|row| row.text(0)).collect(),
        epss: epss.map(|row| (row.real(0), row.real(1), row.text(2))),
        exploited_by: exploitations(tx, vulnerability)?,
    }))
}

/// Each source that says it is exploited, with the day it gives.
pub fn exploitations(tx: &mut Tx, vulnerability: i64) -> Result<Vec<(String, String)>, Trouble> {
    let rows = tx.query(EXPLOITATIONS, &[&vulnerability])?;
    Ok(rows.iter().map(|row| (row.text(0), row.text(1))).collect())
}

/// A flaw by any of its names: its number, the name people use, its title.
pub fn by_name(tx: &mut Tx, name: &str) -> Result<Option<(i64, String, String)>, Trouble> {
    let row = tx.query_opt(BY_ALIAS, &[&name])?;
    Ok(row.map(|row| (row.int(0), row.text(1), row.text(2))))
}

/// Numbers of flaws that turned out to be this one.
pub fn merged_into(tx: &mut Tx, vulnerability: i64) -> Result<Vec<i64>, Trouble> {
    let rows = tx.query(MERGED, &[&vulnerability])?;
    Ok(rows.iter().map(|row| row.int(0)).collect())
}

/// The names a flaw goes by.
pub fn names_of(tx: &mut Tx, vulnerability: i64) -> Result<Vec<String>, Trouble> {
    let rows = tx.query(ALIASES, &[&vulnerability])?;
    Ok(rows.iter().map(|row| row.text(0)).collect())
}

/// The flaw's own name and title.
pub fn title_of(tx: &mut Tx, vulnerability: i64) -> Result<Option<(String, String)>, Trouble> {
    let row = tx.query_opt(VULNERABILITY, &[&vulnerability])?;
    Ok(row.map(|row| (row.text(0), row.text(1))))
}

/// The number under which a flaw is known today, when it turned out to be another one.
pub fn surviving(tx: &mut Tx, vulnerability: i64) -> Result<i64, Trouble> {
    let row = tx.query_opt(SURVIVING, &[&vulnerability])?;
    Ok(row.map_or(vulnerability, |row| row.int(0)))
}

/// At most `most` findings of a case that still wait for a judgement.
pub fn unjudged(
    tx: &mut Tx,
    org: OrganisationId,
    vulnerability: i64,
    case: crate::ids::CaseId,
    most: i64,
) -> Result<Vec<FindingId>, Trouble> {
    let rows = tx.query(UNJUDGED, &[&org, &vulnerability, &case, &most])?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// Releases, on the market now or once, that contain the flaw by their current SBOM.
pub fn containing(
    tx: &mut Tx,
    org: OrganisationId,
    vulnerability: i64,
) -> Result<Vec<ReleaseId>, Trouble> {
    let rows = tx.query(CONTAINING, &[&org, &vulnerability, &AFFECTED_MAX])?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// The releases of a watch item and of its case, with components and judgements.
pub fn affected(
    tx: &mut Tx,
    org: OrganisationId,
    watch_item: &str,
    case: &str,
    vulnerability: Option<i64>,
) -> Result<Vec<Affected>, Trouble> {
    let rows = tx.query(RELEASES_HEAD, &[&org, &watch_item, &case, &AFFECTED_MAX])?;
    let mut found: BTreeMap<ReleaseId, Vec<Row>> = BTreeMap::new();
    if let Some(vulnerability) = vulnerability {
        for row in tx.query(FINDINGS, &[&org, &vulnerability, &AFFECTED_MAX])? {
            found.entry(row.id(0)).or_default().push(row);
        }
    }
    let mut affected: Vec<Affected> = rows
        .iter()
        .map(|row| {
            let release: ReleaseId = row.id(0);
            let findings = found.remove(&release).unwrap_or_default();
            let first = findings
                .iter()
                .find(|f| f.text(2) == "open")
                .or(findings.first());
            Affected {
                release,
                product: row.id(1),
                product_name: row.text(2),
                version: row.text(3),
                channel: row.text(4),
                market: row.text(5),
                market_assumed: row.bool(6),
                components: findings.iter().map(|f| f.text(1)).collect(),
                status: first.map_or_else(|| "not_assessed".to_owned(), |f| f.text(3)),
                justification: first.and_then(|f| f.opt_text(4)),
                gone: !findings.is_empty() && findings.iter().all(|f| f.text(2) != "open"),
            }
        })
        .collect();
    affected.sort_by(|a, b| {
        let names = a.product_name.cmp(&b.product_name);
        names.then_with(|| natural(&a.version, &b.version))
    });
    Ok(affected)
}

/// Where the affected products were placed on the market.
pub fn placed(
    tx: &mut Tx,
    org: OrganisationId,
    watch_item: &str,
    case: &str,
) -> Result<Vec<Placed>, Trouble> {
    let rows = tx.query(PLACED, &[&org, &watch_item, &case])?;
    Ok(rows
        .iter()
        .map(|row| Placed {
            product: row.id(0),
            member_state: row.text(1),
            placed_on: row.opt_day(2),
        })
        .collect())
}

/// The products of a case with all their releases, so that a range can be written.
pub fn products(
    tx: &mut Tx,
    org: OrganisationId,
    case: crate::ids::CaseId,
) -> Result<Vec<AffectedProduct>, Trouble> {
    let mut products: Vec<AffectedProduct> = Vec::new();
    for row in tx.query(VERSIONS, &[&org, &case])? {
        let id: ProductId = row.id(0);
        if products.last().is_none_or(|product| product.id != id) {
            products.push(AffectedProduct {
                id,
                name: row.text(1),
                category: row.text(2),
                annex_entry: row.opt_text(3),
                support_ends_on: row.opt_day(4),
                versions: Vec::new(),
            });
        }
        if let Some(product) = products.last_mut() {
            product.versions.push((row.text(5), row.bool(6)));
        }
    }
    Ok(products)
}

/// Releases a person may choose for a case: id, product, version, market.
pub fn choices(
    tx: &mut Tx,
    org: OrganisationId,
    most: i64,
) -> Result<Vec<(ReleaseId, String, String, String)>, Trouble> {
    let rows = tx.query(CHOICES, &[&org, &most])?;
    Ok(rows
        .iter()
        .map(|row| (row.id(0), row.text(1), row.text(2), row.text(3)))
        .collect())
}

/// Whether all of these releases belong to the organisation.
pub fn all_ours(tx: &mut Tx, org: OrganisationId, releases: &[ReleaseId]) -> Result<bool, Trouble> {
    let keys: BTreeSet<ReleaseId> = releases.iter().copied().collect();
    let values: Vec<Val> = keys.iter().map(ToVal::to_val).collect();
    let ours = tx.query_keys(OURS, &[org.to_val()], &values)?;
    Ok(ours.len() == keys.len())
}
