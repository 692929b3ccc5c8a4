//! Statements behind the triage queue, the page of a vulnerability and that of a finding.

use crate::advisories;
use crate::ids::{FindingId, OrganisationId, ProductId, ReleaseId};
use crate::statements;
use crate::store::{Error, Row, ToVal, Tx, Val};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The lines of the queue: `$1` to `$3` are the organisation, a product and a status.
macro_rules! queue {
    ($columns:literal, $more:literal, $rest:expr) => {
        concat!(
            "select ",
            $columns,
            " from (select f.vulnerability_id as v, count(*) as findings, \
             count(distinct f.release_id) as releases, count(distinct r.product_id) as products, \
             cast(sum(case when f.status = 'not_assessed' then 1 else 0 end) as bigint) \
             as unassessed, \
             cast(max(case when r.market <> 'not-yet' and (r.channel = 'release' \
             or r.market_assumed = false) then 1 else 0 end) as bigint) as market, \
             min(f.first_seen_at) as first_seen \
             from findings f join releases r on r.organisation_id = f.organisation_id \
             and r.id = f.release_id \
             where f.organisation_id = $1 and f.state = 'open' \
             and (cast($2 as text) is null or r.product_id = $2) \
             and ((cast($3 as text) is null and f.status not in ('not_affected', 'fixed')) \
             or $3 = 'all' or f.status = $3) ",
            $more,
            " group by f.vulnerability_id) m join vulnerabilities v on v.id = m.v ",
            $rest
        )
    };
}

/// `$4`: only the exploited ones; `$5`: from which likelihood on a flaw goes before others.
macro_rules! by_urgency {
    () => {
        "where ($4 = false or exists (select 1 from exploitations x \
         where x.vulnerability_id = m.v and x.withdrawn_at is null)) \
         order by case when exists (select 1 from exploitations x \
         where x.vulnerability_id = m.v and x.withdrawn_at is null) \
         then 1 - m.market else case when coalesce((select max(e.score) \
         from vulnerability_aliases a join epss_scores e on e.cve = a.alias \
         where a.vulnerability_id = m.v), 0) >= $5 then 2 else 3 end end, \
         case v.severity when 'critical' then 0 when 'high' then 1 when 'unknown' then 2 \
         when 'medium' then 3 when 'low' then 4 else 5 end, \
         coalesce((select max(e.score) from vulnerability_aliases a join epss_scores e \
         on e.cve = a.alias where a.vulnerability_id = m.v), 0) desc, v.name"
    };
}

macro_rules! lines {
    ($more:literal, $rest:expr) => {
        queue!(
            "m.v, v.name, v.title, v.severity, v.score, m.findings, m.releases, m.products, \
             m.unassessed, m.market, \
             (select max(e.score) from vulnerability_aliases a join epss_scores e \
             on e.cve = a.alias where a.vulnerability_id = m.v) as epss, \
             case when exists (select 1 from exploitations x where x.vulnerability_id = m.v \
             and x.withdrawn_at is null) then cast(1 as bigint) else cast(0 as bigint) end as hot, \
             m.first_seen, count(*) over ()",
            $more,
            $rest
        )
    };
}

statements! {
    QUEUE: lines!("", concat!(by_urgency!(), " limit $6 offset $7"));
    QUEUE_ORDER: queue!("m.v", "", by_urgency!());
    QUEUE_SOME: lines!("and f.vulnerability_id in ($4)", "");
    TOTALS: "select count(distinct f.vulnerability_id), count(*), \
             cast(coalesce(sum(case when f.status = 'not_assessed' then 1 else 0 end), 0) \
             as bigint), count(distinct f.release_id) from findings f join releases r \
             on r.organisation_id = f.organisation_id and r.id = f.release_id \
             where f.organisation_id = $1 and f.state = 'open' \
             and (cast($2 as text) is null or r.product_id = $2)";
    UNKNOWNS: "select cast(coalesce(sum(s.components), 0) as bigint), \
               cast(coalesce(sum(s.unidentified), 0) as bigint), count(*), \
               (select count(*) from releases a where a.organisation_id = $1 \
               and (cast($2 as text) is null or a.product_id = $2)) \
               from sboms s where s.organisation_id = $1 and s.is_current = true \
               and (cast($2 as text) is null or exists (select 1 from releases r \
               where r.organisation_id = $1 and r.id = s.release_id and r.product_id = $2))";
    /// Goes from one ecosystem to the next, whatever number of documents has it.
    ECOSYSTEMS: "with recursive g(num) as (select num from organisations where id = $1), \
               e(name) as (select min(f.ecosystem) from g cross join sbom_ecosystems f \
               where f.organisation_num = g.num union all \
               select (select min(n.ecosystem) from g cross join sbom_ecosystems n \
               where n.organisation_num = g.num and n.ecosystem > e.name) \
               from e where e.name is not null) \
               select e.name from e where e.name is not null and exists (select 1 from g \
               cross join sbom_ecosystems h cross join sboms s where h.organisation_num = g.num \
               and h.ecosystem = e.name and s.num = h.sbom_num and s.is_current = true \
               and (cast($2 as text) is null or exists (select 1 from releases r \
               where r.organisation_id = $1 and r.id = s.release_id and r.product_id = $2))) \
               order by e.name";
    PRODUCTS: "select distinct p.id, p.name from findings f join releases r \
               on r.organisation_id = f.organisation_id and r.id = f.release_id \
               join products p on p.organisation_id = r.organisation_id and p.id = r.product_id \
               where f.organisation_id = $1 and f.state = 'open' \
               and (cast($2 as text) is null or p.id = $2) order by p.name, p.id limit 500";
    RELEASES_BESIDE: "select r.id, r.product_id, p.name, r.version, r.channel, r.market, \
               (select count(*) from sboms s where s.organisation_id = r.organisation_id \
               and s.release_id = r.id and s.is_current = true) \
               from releases r join products p on p.organisation_id = r.organisation_id \
               and p.id = r.product_id where r.organisation_id = $1 \
               and r.product_id in (select o.product_id from findings f join releases o \
               on o.organisation_id = f.organisation_id and o.id = f.release_id \
               where f.organisation_id = $1 and f.vulnerability_id = $2) \
               and (cast($3 as text) is null or r.product_id = $3) \
               order by p.name, p.id, r.created_at desc, r.id limit 2000";
    UNDECIDED_OF: "select distinct m.package_version_id, pv.purl, m.reason, m.guess_id \
               from advisories a join matches m on m.advisory_id = a.id and m.outcome = 'unknown' \
               join package_versions pv on pv.id = m.package_version_id \
               where a.vulnerability_id = $1 and a.withdrawn is null \
               order by m.package_version_id, m.reason";
    CURRENT_OF: "select s.num, r.id, r.product_id, p.name, r.version from sboms s \
               join releases r on r.organisation_id = s.organisation_id and r.id = s.release_id \
               join products p on p.organisation_id = r.organisation_id and p.id = r.product_id \
               where s.is_current = true and s.organisation_id = $1 \
               and (cast($2 as text) is null or r.product_id = $2) and s.num in ($3)";
    STANDING: "select f.merged_into, f.package_version_id, f.vulnerability_id, r.product_id \
               from findings f \
               join releases r on r.organisation_id = f.organisation_id and r.id = f.release_id \
               where f.organisation_id = $1 and f.id = $2";
    REASONS: "select a.external_id, a.feed, a.modified, a.imported_at, a.withdrawn, m.outcome, \
              m.reason, m.matched_at, g.name, f.checked_at, f.data_as_of, f.source, a.summary \
              from advisories a join matches m on m.advisory_id = a.id \
              and m.package_version_id = $1 left join packages g on g.id = m.guess_id \
              left join feeds f on f.name = a.feed \
              where a.vulnerability_id = $2 order by m.outcome, a.external_id limit 100";
    CHANGES: "select changed_at, state, reason from finding_changes where organisation_id = $1 \
              and finding_id = $2 order by changed_at, state limit 200";
    MENTIONED: "select p.ecosystem, p.name from advisories a join advisory_packages ap \
                on ap.advisory_id = a.id join packages p on p.id = ap.package_id \
                where a.vulnerability_id = $1 and a.withdrawn is null \
                group by p.ecosystem, p.name order by p.ecosystem, p.name limit 50";
}

/// What a reader asked the queue for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub product: Option<ProductId>,
    /// A status, or `all`; without one everything that is not settled.
    pub status: Option<String>,
    pub is_exploited: bool,
}

/// A line of the queue: one flaw over all products.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Line {
    #[serde(skip)]
    pub vulnerability_id: i64,
    pub vulnerability: String,
    pub title: String,
    pub severity: String,
    pub score: Option<f64>,
    pub findings: i64,
    pub releases: i64,
    pub products: i64,
    pub not_assessed: i64,
    pub is_on_market: bool,
    pub epss: Option<f64>,
    /// (source, day added).
    pub exploited_by: Vec<(String, String)>,
    pub first_seen_at: Timestamp,
}

/// Lines of the queue and how many there are in all.
pub fn queue(
    tx: &mut Tx,
    organisation: OrganisationId,
    filter: &Filter,
    epss_notable: f64,
    (most, after): (i64, i64),
) -> Result<(Vec<Line>, i64), Error> {
    let rows = tx.query(
        QUEUE,
        &[
            &organisation,
            &filter.product,
            &filter.status,
            &filter.is_exploited,
            &epss_notable,
            &most,
            &after,
        ],
    )?;
    let total = rows.first().map_or(0, |row| row.int(13));
    Ok((lines(tx, &rows)?, total))
}

/// The flaws of all lines of the queue, in its order.
pub fn queue_order(
    tx: &mut Tx,
    organisation: OrganisationId,
    filter: &Filter,
    epss_notable: f64,
) -> Result<Vec<i64>, Error> {
    let given: [&dyn ToVal; 5] = [
        &organisation,
        &filter.product,
        &filter.status,
        &filter.is_exploited,
        &epss_notable,
    ];
    let rows = tx.query(QUEUE_ORDER, &given)?;
    Ok(rows.iter().map(|row| row.int(0)).collect())
}

/// The lines of these flaws, in this order; one that has no line is left out.
pub fn queue_some(
    tx: &mut Tx,
    organisation: OrganisationId,
    filter: &Filter,
    flaws: &[i64],
) -> Result<Vec<Line>, Error> {
    let keys: Vec<Val> = flaws.iter().map(ToVal::to_val).collect();
    let given = [
        organisation.to_val(),
        filter.product.to_val(),
        filter.status.to_val(),
    ];
    let rows = tx.query_keys(QUEUE_SOME, &given, &keys)?;
    let mut found: HashMap<i64, Line> = lines(tx, &rows)?
        .into_iter()
        .map(|line| (line.vulnerability_id, line))
        .collect();
    Ok(flaws.iter().filter_map(|id| found.remove(id)).collect())
}

fn lines(tx: &mut Tx, rows: &[Row]) -> Result<Vec<Line>, Error> {
    let hot = rows.iter().filter(|row| row.bool(11)).map(|row| row.int(0));
    let mut said = super::release::sources(tx, hot)?;
    let lines = rows
        .iter()
        .map(|row| Line {
            vulnerability_id: row.int(0),
            vulnerability: row.text(1),
            title: row.text(2),
            severity: row.text(3),
            score: row.opt_real(4),
            findings: row.int(5),
            releases: row.int(6),
            products: row.int(7),
            not_assessed: row.int(8),
            is_on_market: row.bool(9),
            epss: row.opt_real(10),
            exploited_by: said.remove(&row.int(0)).unwrap_or_default(),
            first_seen_at: row.instant(12),
        })
        .collect();
    Ok(lines)
}

/// What stands behind the queue, for the sentence above it.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Totals {
    pub vulnerabilities: i64,
    pub findings: i64,
    pub not_assessed: i64,
    pub releases_with_findings: i64,
    #[serde(flatten)]
    pub unknowns: Unknowns,
}

/// What keeps an empty answer from meaning "clean".
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Unknowns {
    pub components: i64,
    pub unidentified: i64,
    pub releases_with_sbom: i64,
    pub releases: i64,
    /// Ecosystems of current SBOMs whose feed is missing or too old: of their components nothing
    /// can be called known.
    pub blind: Vec<&'static str>,
}

pub fn totals(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: Option<ProductId>,
) -> Result<Totals, Error> {
    let found = tx.query_one(TOTALS, &[&organisation, &product])?;
    Ok(Totals {
        vulnerabilities: found.int(0),
        findings: found.int(1),
        not_assessed: found.int(2),
        releases_with_findings: found.int(3),
        unknowns: Unknowns::default(),
    })
}

/// Without reading a single finding, however many there are.
pub fn unknowns(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: Option<ProductId>,
) -> Result<Unknowns, Error> {
    let unknown = tx.query_one(UNKNOWNS, &[&organisation, &product])?;
    Ok(Unknowns {
        components: unknown.int(0),
        unidentified: unknown.int(1),
        releases_with_sbom: unknown.int(2),
        releases: unknown.int(3),
        blind: Vec::new(),
    })
}

/// Those of some ecosystems that stand in current SBOMs.
pub fn held(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: Option<ProductId>,
    ecosystems: &BTreeSet<&'static str>,
) -> Result<Vec<&'static str>, Error> {
    if ecosystems.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.query(ECOSYSTEMS, &[&organisation, &product])?;
    // The releases of a distribution have one feed.
    let held: BTreeSet<String> = rows
        .iter()
        .map(|row| advisories::base_of(&row.text(0)).to_owned())
        .collect();
    let of_them = ecosystems.iter().filter(|name| held.contains(**name));
    Ok(of_them.copied().collect())
}

/// Products with open findings, for the filter.
pub fn products(
    tx: &mut Tx,
    organisation: OrganisationId,
    only_product: Option<ProductId>,
) -> Result<Vec<(ProductId, String)>, Error> {
    let rows = tx.query(PRODUCTS, &[&organisation, &only_product])?;
    Ok(rows.iter().map(|row| (row.id(0), row.text(1))).collect())
}

/// A release of a product in which a flaw was found somewhere.
#[derive(Debug, Clone)]
pub struct Beside {
    pub release: ReleaseId,
    pub product: ProductId,
    pub product_name: String,
    pub version: String,
    pub channel: String,
    pub market: String,
    pub has_sbom: bool,
}

pub fn releases_beside(
    tx: &mut Tx,
    organisation: OrganisationId,
    vulnerability: i64,
    only_product: Option<ProductId>,
) -> Result<Vec<Beside>, Error> {
    let rows = tx.query(
        RELEASES_BESIDE,
        &[&organisation, &vulnerability, &only_product],
    )?;
    Ok(rows
        .iter()
        .map(|row| Beside {
            release: row.id(0),
            product: row.id(1),
            product_name: row.text(2),
            version: row.text(3),
            channel: row.text(4),
            market: row.text(5),
            has_sbom: row.bool(6),
        })
        .collect())
}

/// A component of which nothing can be said about a flaw.
#[derive(Debug, Clone)]
pub struct Undecided {
    pub release: ReleaseId,
    pub product_name: String,
    pub version: String,
    pub purl: String,
    /// JSON of the engine's answer.
    pub reason: String,
}

/// Most components of which nothing can be said that are listed.
const UNDECIDED_MAX: usize = 500;

pub fn undecided_of(
    tx: &mut Tx,
    organisation: OrganisationId,
    vulnerability: i64,
    only_product: Option<ProductId>,
) -> Result<Vec<Undecided>, Error> {
    let mut unknown: BTreeMap<i64, Vec<(String, String, Option<i64>)>> = BTreeMap::new();
    for row in tx.query(UNDECIDED_OF, &[&vulnerability])? {
        let entry = unknown.entry(row.int(0)).or_default();
        entry.push((row.text(1), row.text(2), row.opt_int(3)));
    }
    let guessed = unknown
        .values()
        .flatten()
        .filter_map(|(_, _, guess)| *guess);
    let named = super::standing::namers(tx, &guessed.collect())?;
    let holders = crate::sboms::holders(tx, unknown.keys().copied())?;
    let documents: BTreeSet<i64> = holders.iter().map(|(_, document)| *document).collect();
    let keys: Vec<Val> = documents.into_iter().map(Val::Int).collect();
    let fixed = [organisation.to_val(), only_product.to_val()];
    let rows = tx.query_keys(CURRENT_OF, &fixed, &keys)?;
    let current: HashMap<i64, &Row> = rows.iter().map(|row| (row.int(0), row)).collect();
    let mut found = Vec::new();
    for (version, document) in holders {
        let Some(row) = current.get(&document) else {
            continue;
        };
        for (purl, reason, guess) in unknown.get(&version).into_iter().flatten() {
            if guess.is_some_and(|guess| named.contains(&(guess, document))) {
                continue;
            }
            found.push(Undecided {
                release: row.id(1),
                product_name: row.text(3),
                version: row.text(4),
                purl: purl.clone(),
                reason: reason.clone(),
            });
        }
    }
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    found.dedup_by(|a, b| a.order() == b.order());
    found.truncate(UNDECIDED_MAX);
    Ok(found)
}

impl Undecided {
    fn order(&self) -> (&str, &str, ReleaseId, &str, &str) {
        let (product, version) = (self.product_name.as_str(), self.version.as_str());
        (product, version, self.release, &self.purl, &self.reason)
    }
}

/// Where a finding stands.
#[derive(Debug, Clone)]
pub struct Standing {
    pub merged_into: Option<FindingId>,
    pub package_version: i64,
    pub vulnerability: i64,
    pub product: ProductId,
}

pub fn standing(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: FindingId,
) -> Result<Option<Standing>, Error> {
    let row = tx.query_opt(STANDING, &[&organisation, &id])?;
    Ok(row.map(|row| Standing {
        merged_into: row.opt_id(0),
        package_version: row.int(1),
        vulnerability: row.int(2),
        product: row.id(3),
    }))
}

/// What one record says of a package version, with where it came from.
#[derive(Debug, Clone)]
pub struct Said {
    pub record: String,
    pub feed: String,
    pub modified: String,
    pub imported_at: Timestamp,
    pub withdrawn: Option<String>,
    pub outcome: String,
    pub reason: String,
    pub matched_at: Timestamp,
    /// The package it was found under when the component's own name is a path inside it.
    pub guessed: Option<String>,
    pub feed_checked_at: Option<Timestamp>,
    pub feed_source: Option<String>,
    pub summary: String,
}

pub fn reasons(tx: &mut Tx, package_version: i64, vulnerability: i64) -> Result<Vec<Said>, Error> {
    let rows = tx.query(REASONS, &[&package_version, &vulnerability])?;
    Ok(rows
        .iter()
        .map(|row| Said {
            record: row.text(0),
            feed: row.text(1),
            modified: row.text(2),
            imported_at: row.instant(3),
            withdrawn: row.opt_text(4),
            outcome: row.text(5),
            reason: row.text(6),
            matched_at: row.instant(7),
            guessed: row.opt_text(8),
            feed_checked_at: row.opt_instant(9),
            feed_source: row.opt_text(11),
            summary: row.text(12),
        })
        .collect())
}

/// What happened to a finding by itself: (when, open or gone, why).
pub fn changes(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: FindingId,
) -> Result<Vec<(Timestamp, String, Option<String>)>, Error> {
    let rows = tx.query(CHANGES, &[&organisation, &id])?;
    Ok(rows
        .iter()
        .map(|row| (row.instant(0), row.text(1), row.opt_text(2)))
        .collect())
}

/// The packages that records of a vulnerability name: (ecosystem, name).
pub fn mentioned(tx: &mut Tx, vulnerability: i64) -> Result<Vec<(String, String)>, Error> {
    let rows = tx.query(MENTIONED, &[&vulnerability])?;
    Ok(rows.iter().map(|row| (row.text(0), row.text(1))).collect())
}
