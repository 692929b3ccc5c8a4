//! Statements about the findings of one release.

use crate::findings::{Counts, FindingRow};
use crate::ids::{FindingId, OrganisationId, ReleaseId};
use crate::statements;
use crate::store::{Error, Row, ToVal, Tx, Val};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A finding as lists show it; `$1` is the organisation.
macro_rules! finding_rows {
    ($where:literal) => {
        concat!(
            "select f.id, f.release_id, p.name, r.version, pv.purl, f.vulnerability_id, v.name, \
             v.title, v.severity, v.score, f.status, f.state, f.gone_reason, f.first_seen_at, \
             (select max(e.score) from vulnerability_aliases a join epss_scores e \
             on e.cve = a.alias where a.vulnerability_id = v.id), \
             case when exists (select 1 from exploitations x where x.vulnerability_id = v.id \
             and x.withdrawn_at is null) then cast(1 as bigint) else cast(0 as bigint) end \
             from findings f join releases r on r.organisation_id = f.organisation_id \
             and r.id = f.release_id join products p on p.organisation_id = r.organisation_id \
             and p.id = r.product_id join package_versions pv on pv.id = f.package_version_id \
             join vulnerabilities v on v.id = f.vulnerability_id \
             where f.organisation_id = $1 and ",
            $where
        )
    };
}

statements! {
    ORDER: "select f.id from findings f \
            join package_versions pv on pv.id = f.package_version_id \
            join vulnerabilities v on v.id = f.vulnerability_id \
            where f.organisation_id = $1 and f.release_id = $2 and f.state = 'open' \
            order by case when exists (select 1 from exploitations x \
            where x.vulnerability_id = v.id and x.withdrawn_at is null) then 0 else 1 end, \
            case when f.status in ('not_affected', 'fixed') then 1 else 0 end, \
            case v.severity when 'critical' then 0 when 'high' then 1 when 'unknown' then 2 \
            when 'medium' then 3 when 'low' then 4 else 5 end, \
            coalesce((select max(e.score) from vulnerability_aliases a join epss_scores e \
            on e.cve = a.alias where a.vulnerability_id = v.id), 0) desc, v.name, pv.purl, f.id";
    SOME: finding_rows!("(cast($2 as text) is null or r.product_id = $2) and f.id in ($3)");
    OF_VULNERABILITY: finding_rows!("f.vulnerability_id = $2 \
          and (cast($3 as text) is null or r.product_id = $3) \
          order by case f.state when 'open' then 0 else 1 end, \
          p.name, r.created_at desc, r.id, pv.purl, f.id limit $4");
    COUNT_OF_VULNERABILITY: "select count(*) from findings f join releases r \
          on r.organisation_id = f.organisation_id and r.id = f.release_id \
          where f.organisation_id = $1 and f.vulnerability_id = $2 \
          and (cast($3 as text) is null or r.product_id = $3)";
    ONE: finding_rows!("f.id = $2");
    COUNTS: "select v.severity, case when f.status in ('not_affected', 'fixed') \
             then cast(1 as bigint) else cast(0 as bigint) end, \
             case when exists (select 1 from exploitations x where x.vulnerability_id = v.id \
             and x.withdrawn_at is null) then cast(1 as bigint) else cast(0 as bigint) end, \
             count(*) from findings f join vulnerabilities v on v.id = f.vulnerability_id \
             where f.organisation_id = $1 and f.release_id = $2 and f.state = 'open' \
             group by 1, 2, 3 order by 1, 2, 3";
    SBOM: "select s.components, s.unidentified, s.unidentified_reasons, s.created_at \
           from sboms s where s.organisation_id = $1 and s.release_id = $2 \
           and s.is_current = true";
    UNDECIDED: "select distinct c.package_version_id, m.reason, p.ecosystem from sboms s \
                cross join organisations g cross join components c cross join matches m \
                cross join advisories a cross join package_versions v cross join packages p \
                where g.id = s.organisation_id \
                and c.organisation_num = g.num and c.sbom_num = s.num \
                and m.package_version_id = c.package_version_id and m.outcome = 'unknown' \
                and v.id = c.package_version_id and p.id = v.package_id \
                and a.id = m.advisory_id and a.withdrawn is null and s.organisation_id = $1 and s.release_id = $2 \
                and (m.guess_id is null or not exists (select 1 from components o \
                join package_versions w on w.id = o.package_version_id \
                where o.organisation_num = c.organisation_num and o.sbom_num = c.sbom_num \
                and w.package_id = m.guess_id)) \
                and s.is_current = true order by c.package_version_id, m.reason";
    OF_ECOSYSTEMS: "select e.ecosystem, e.components from sboms s cross join organisations g \
                    cross join sbom_ecosystems e where g.id = s.organisation_id \
                    and e.organisation_num = g.num and e.sbom_num = s.num \
                    and s.organisation_id = $1 and s.release_id = $2 \
                    and s.is_current = true order by e.ecosystem";
    SOURCES: "select vulnerability_id, source, added_on from exploitations \
              where withdrawn_at is null and vulnerability_id in ($1) \
              order by vulnerability_id, source";
}

/// Reads a finding; who says it is exploited is filled in by [`with_sources`].
pub fn finding(row: &Row) -> FindingRow {
    FindingRow {
        id: row.id(0),
        release: row.id(1),
        product_name: row.text(2),
        version: row.text(3),
        purl: row.text(4),
        vulnerability_id: row.int(5),
        vulnerability: row.text(6),
        title: row.text(7),
        severity: row.text(8),
        score: row.opt_real(9),
        exploited_by: Vec::new(),
        epss: row.opt_real(14),
        status: row.text(10),
        state: row.text(11),
        gone_reason: row.opt_text(12),
        first_seen_at: row.instant(13),
    }
}

/// Who says that these vulnerabilities are exploited, and since when.
pub fn sources(
    tx: &mut Tx,
    vulnerabilities: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, Vec<(String, String)>>, Error> {
    let mut keys: Vec<i64> = vulnerabilities.into_iter().collect();
    keys.sort_unstable();
    keys.dedup();
    let keys: Vec<Val> = keys.into_iter().map(Val::Int).collect();
    let mut found: BTreeMap<i64, Vec<(String, String)>> = BTreeMap::new();
    for row in tx.query_keys(SOURCES, &[], &keys)? {
        found
            .entry(row.int(0))
            .or_default()
            .push((row.text(1), row.text(2)));
    }
    Ok(found)
}

fn with_sources(tx: &mut Tx, mut rows: Vec<FindingRow>) -> Result<Vec<FindingRow>, Error> {
    let said = sources(tx, rows.iter().map(|row| row.vulnerability_id))?;
    for row in &mut rows {
        if let Some(said) = said.get(&row.vulnerability_id) {
            row.exploited_by = said.iter().map(|(source, _)| source.clone()).collect();
        }
    }
    Ok(rows)
}

/// The ids of a release's open findings, the most urgent first: small enough to hold them all.
pub fn order(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<Vec<FindingId>, Error> {
    let rows = tx.query(ORDER, &[&organisation, &release])?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// These findings, in this order; what is gone meanwhile is left out.
pub fn some(
    tx: &mut Tx,
    organisation: OrganisationId,
    only_product: Option<crate::ids::ProductId>,
    ids: &[FindingId],
) -> Result<Vec<FindingRow>, Error> {
    let keys: Vec<Val> = ids.iter().map(ToVal::to_val).collect();
    let rows = tx.query_keys(SOME, &[organisation.to_val(), only_product.to_val()], &keys)?;
    let mut found: HashMap<FindingId, FindingRow> =
        rows.iter().map(finding).map(|row| (row.id, row)).collect();
    let rows = ids.iter().filter_map(|id| found.remove(id)).collect();
    with_sources(tx, rows)
}

/// How many findings of a vulnerability there are in all releases.
pub fn count_of_vulnerability(
    tx: &mut Tx,
    organisation: OrganisationId,
    vulnerability: i64,
    only_product: Option<crate::ids::ProductId>,
) -> Result<i64, Error> {
    let given: [&dyn ToVal; 3] = [&organisation, &vulnerability, &only_product];
    Ok(tx.query_one(COUNT_OF_VULNERABILITY, &given)?.int(0))
}

/// Findings of a vulnerability in all releases, those that are gone included.
pub fn of_vulnerability(
    tx: &mut Tx,
    organisation: OrganisationId,
    vulnerability: i64,
    only_product: Option<crate::ids::ProductId>,
    most: i64,
) -> Result<Vec<FindingRow>, Error> {
    let rows = tx.query(
        OF_VULNERABILITY,
        &[&organisation, &vulnerability, &only_product, &most],
    )?;
    let rows = rows.iter().map(finding).collect();
    with_sources(tx, rows)
}

pub fn one(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: FindingId,
) -> Result<Option<FindingRow>, Error> {
    let rows = tx.query(ONE, &[&organisation, &id])?;
    let rows = rows.iter().map(finding).collect();
    Ok(with_sources(tx, rows)?.into_iter().next())
}

pub fn counts(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    for row in tx.query(COUNTS, &[&organisation, &release])? {
        let number = row.int(3);
        if row.bool(1) {
            counts.settled += number;
            continue;
        }
        counts.open += number;
        if row.bool(2) {
            counts.exploited += number;
        }
        match row.text(0).as_str() {
            "critical" => counts.critical += number,
            "high" => counts.high += number,
            "medium" => counts.medium += number,
            "low" => counts.low += number,
            "none" => counts.none += number,
            _ => counts.unknown_severity += number,
        }
    }
    Ok(counts)
}

/// What the current SBOM of a release holds.
#[derive(Debug, Clone)]
pub struct Sbom {
    pub components: i64,
    pub unidentified: i64,
    /// JSON object code → count.
    pub reasons: String,
    pub created_at: jiff::Timestamp,
}

pub fn sbom(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<Option<Sbom>, Error> {
    let row = tx.query_opt(SBOM, &[&organisation, &release])?;
    Ok(row.map(|row| Sbom {
        components: row.int(0),
        unidentified: row.int(1),
        reasons: row.text(2),
        created_at: row.instant(3),
    }))
}

/// Components of the current SBOM, by those of these ecosystems they belong to.
pub fn of_ecosystems(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
    wanted: &BTreeSet<&'static str>,
) -> Result<BTreeMap<String, i64>, Error> {
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = tx.query(OF_ECOSYSTEMS, &[&organisation, &release])?;
    let mut found = BTreeMap::new();
    for row in &rows {
        // The releases of a distribution have one feed.
        let ecosystem = row.text(0);
        let base = crate::advisories::base_of(&ecosystem);
        if wanted.contains(base) {
            *found.entry(base.to_owned()).or_default() += row.int(1);
        }
    }
    Ok(found)
}

/// Package versions of which some advisory could not be decided, each with why (JSON) and its
/// ecosystem.
pub fn undecided(
    tx: &mut Tx,
    organisation: OrganisationId,
    release: ReleaseId,
) -> Result<Vec<(i64, String, String)>, Error> {
    let rows = tx.query(UNDECIDED, &[&organisation, &release.to_val()])?;
    let read = |row: &Row| (row.int(0), row.text(1), row.text(2));
    Ok(rows.iter().map(read).collect())
}
