//! The questions home and search ask. Only `select`.

use super::{Clock, Coverage, Hit, Waiting};
use crate::accounts::Caller;
use crate::advisories;
use crate::ids::OrganisationId;
use crate::statements;
use crate::store::{Error, Row, ToVal, Tx, Val};
use std::collections::{BTreeSet, HashMap};

statements! {
    LIST_CLOCKS: "select c.id, c.title, d.stage, d.due_at, d.citation, count(*) over () from deadlines d \
        join cases c on c.organisation_id = d.organisation_id and c.id = d.case_id \
        where d.organisation_id = $1 and d.state = 'running' and c.state = 'open' \
        order by d.due_at, c.id limit 20";
    LIST_WAITING: "select w.id, w.title, w.vulnerability, w.state, w.first_signal_at, \
        (select count(*) from watch_releases r where r.organisation_id = w.organisation_id \
         and r.watch_item_id = w.id), count(*) over () \
        from watch_items w where w.organisation_id = $1 \
        and w.state in ('waiting', 'assessing') \
        order by case w.state when 'waiting' then 0 else 1 end, \
        w.first_signal_at, w.id limit 50";
    COVERAGE: "select \
        (select count(*) from products p where p.organisation_id = o.id \
         and p.archived_at is null), \
        (select count(*) from products p where p.organisation_id = o.id \
         and p.archived_at is null and p.inbox = true), \
        (select count(*) from products p where p.organisation_id = o.id \
         and p.archived_at is null and p.inbox = false and p.support_ends_on is null), \
        (select count(*) from products p where p.organisation_id = o.id \
         and p.archived_at is null and p.inbox = false and not exists \
         (select 1 from placings m where m.organisation_id = o.id and m.product_id = p.id)), \
        (select count(*) from releases r where r.organisation_id = o.id \
         and r.channel = 'release' and r.market <> 'not-yet'), \
        (select count(*) from releases r where r.organisation_id = o.id \
         and r.channel = 'release' and r.market <> 'not-yet' and not exists \
         (select 1 from sboms s where s.organisation_id = o.id and s.release_id = r.id \
          and s.is_current = true)), \
        (select cast(coalesce(sum(s.components), 0) as bigint) from sboms s \
         where s.organisation_id = o.id and s.is_current = true), \
        (select cast(coalesce(sum(s.unidentified), 0) as bigint) from sboms s \
         where s.organisation_id = o.id and s.is_current = true), \
        (select count(distinct f.vulnerability_id) from findings f \
         join releases r on r.organisation_id = o.id and r.id = f.release_id \
         join exploitations e on e.vulnerability_id = f.vulnerability_id \
         and e.withdrawn_at is null \
         where f.organisation_id = o.id and f.state = 'open' \
         and f.status not in ('not_affected', 'fixed') and r.channel = 'release' \
         and r.market <> 'not-yet'), \
        (select count(*) from tokens t where t.organisation_id = o.id \
         and t.revoked_at is null), \
        (select count(*) from channels c where c.organisation_id = o.id), \
        o.trust_published \
        from organisations o where o.id = $1";
    OF_ECOSYSTEMS: "select e.ecosystem, cast(sum(e.components) as bigint) from organisations g \
        cross join sbom_ecosystems e cross join sboms s where g.id = $1 \
        and e.organisation_num = g.num and s.num = e.sbom_num and s.is_current = true \
        group by e.ecosystem order by e.ecosystem";
    FIND_PRODUCTS: "select id, name, identification from products where organisation_id = $1 \
        and (lower(name) like $2 escape '!' or lower(identification) like $2 escape '!' \
        or slug like $2 escape '!') and archived_at is null \
        and (cast($3 as text) is null or id = $3) order by name, id limit 51";
    FIND_RELEASES: "select r.id, p.name, r.version, r.channel from releases r \
        join products p on p.organisation_id = r.organisation_id and p.id = r.product_id \
        where r.organisation_id = $1 and lower(p.name || ' ' || r.version) like $2 escape '!' \
        and (cast($3 as text) is null or p.id = $3) \
        order by p.name, r.created_at desc limit 51";
    FIND_PURLS: "select id, purl from package_versions where lower(purl) like $1 escape '!' \
        and purl > $2 order by purl limit $3";
    CURRENT_OF: "select s.num, r.id, p.name, r.version from sboms s \
        join releases r on r.organisation_id = s.organisation_id and r.id = s.release_id \
        join products p on p.organisation_id = r.organisation_id and p.id = r.product_id \
        where s.is_current = true and s.organisation_id = $1 \
        and (cast($2 as text) is null or p.id = $2) and s.num in ($3)";
    FIND_CASES: "select id, title, state from cases where organisation_id = $1 \
        and (lower(title) like $2 escape '!' or lower(vulnerability) like $2 escape '!') \
        order by opened_at desc, id limit 51";
}

/// The clocks with the least time left, and how many run in all.
pub fn list_clocks(tx: &mut Tx, organisation: OrganisationId) -> Result<(Vec<Clock>, i64), Error> {
    let clock = |row: &Row| Clock {
        case: row.text(0),
        title: row.text(1),
        stage: row.text(2),
        due_at: row.instant(3),
        citation: row.text(4),
    };
    let rows = tx.query(LIST_CLOCKS, &[&organisation])?;
    let total = rows.first().map_or(0, |row| row.int(5));
    Ok((rows.iter().map(clock).collect(), total))
}

/// What has waited longest, and how many wait in all.
pub fn list_waiting(
    tx: &mut Tx,
    organisation: OrganisationId,
) -> Result<(Vec<Waiting>, i64), Error> {
    let waiting = |row: &Row| Waiting {
        item: row.text(0),
        title: row.text(1),
        vulnerability: row.opt_text(2),
        state: row.text(3),
        first_signal_at: row.instant(4),
        releases: row.int(5),
    };
    let rows = tx.query(LIST_WAITING, &[&organisation])?;
    let total = rows.first().map_or(0, |row| row.int(6));
    Ok((rows.iter().map(waiting).collect(), total))
}

/// Components of current SBOMs that belong to some ecosystems.
pub fn components_of(
    tx: &mut Tx,
    organisation: OrganisationId,
    ecosystems: &BTreeSet<&'static str>,
) -> Result<i64, Error> {
    let rows = tx.query(OF_ECOSYSTEMS, &[&organisation])?;
    // The releases of a distribution have one feed.
    let wanted = rows
        .iter()
        .filter(|row| ecosystems.contains(advisories::base_of(&row.text(0))));
    Ok(wanted.map(|row| row.int(1)).sum())
}

pub fn coverage(tx: &mut Tx, organisation: OrganisationId) -> Result<Coverage, Error> {
    let row = tx.query_one(COVERAGE, &[&organisation])?;
    Ok(Coverage {
        products: row.int(0),
        inbox: row.int(1),
        without_support: row.int(2),
        without_member_states: row.int(3),
        on_market: row.int(4),
        without_sbom: row.int(5),
        components: row.int(6),
        unchecked: row.int(7),
        exploited: row.int(8),
        tokens: row.int(9),
        channels: row.int(10),
        trust_published: row.bool(11),
    })
}

fn hits(
    tx: &mut Tx,
    sql: &str,
    caller: &Caller,
    pattern: &str,
    hit: fn(&Row) -> Hit,
) -> Result<Vec<Hit>, Error> {
    Ok(tx
        .query(sql, &[&caller.organisation, &pattern, &caller.only_product])?
        .iter()
        .map(hit)
        .collect())
}

pub fn find_products(tx: &mut Tx, caller: &Caller, pattern: &str) -> Result<Vec<Hit>, Error> {
    hits(tx, FIND_PRODUCTS, caller, pattern, |row| Hit {
        href: format!("/products/{}", row.text(0)),
        text: row.text(1),
        place: row.text(2),
    })
}

pub fn find_releases(tx: &mut Tx, caller: &Caller, pattern: &str) -> Result<Vec<Hit>, Error> {
    hits(tx, FIND_RELEASES, caller, pattern, |row| Hit {
        href: format!("/releases/{}", row.text(0)),
        text: format!("{} {}", row.text(1), row.text(2)),
        place: row.text(3),
    })
}

/// One more than a page of search shows.
const HITS_MAX: usize = 51;
/// Package versions looked at in one step of a search, at first and then.
const PURLS_AT_FIRST: i64 = 500;
const PURLS_AT_ONCE: i64 = 5_000;

/// Components of current SBOMs, by purl. The dictionary is everybody's, so what others brought is
/// passed over, a good many package versions at a time.
pub fn find_packages(tx: &mut Tx, caller: &Caller, pattern: &str) -> Result<Vec<Hit>, Error> {
    let fixed = [caller.organisation.to_val(), caller.only_product.to_val()];
    let mut found: BTreeSet<(String, String, String, String)> = BTreeSet::new();
    let mut after = String::new();
    let mut limit = PURLS_AT_FIRST;
    while found.len() < HITS_MAX {
        let rows = tx.query(FIND_PURLS, &[&pattern, &after, &limit])?;
        let purls: HashMap<i64, String> = rows.iter().map(|r| (r.int(0), r.text(1))).collect();
        let holders = crate::sboms::holders(tx, purls.keys().copied())?;
        let documents: BTreeSet<i64> = holders.iter().map(|(_, document)| *document).collect();
        let keys: Vec<Val> = documents.into_iter().map(Val::Int).collect();
        let own = tx.query_keys(CURRENT_OF, &fixed, &keys)?;
        let own: HashMap<i64, &Row> = own.iter().map(|row| (row.int(0), row)).collect();
        for (version, document) in holders {
            if let (Some(row), Some(purl)) = (own.get(&document), purls.get(&version)) {
                found.insert((purl.clone(), row.text(2), row.text(3), row.text(1)));
            }
        }
        match rows.last() {
            Some(last) if rows.len() as i64 == limit => after = last.text(1),
            _ => break,
        }
        limit = PURLS_AT_ONCE;
    }
    let hit = |(purl, product, version, release): (String, String, String, String)| Hit {
        href: format!("/releases/{release}/findings"),
        text: purl,
        place: format!("{product} {version}"),
    };
    Ok(found.into_iter().take(HITS_MAX).map(hit).collect())
}

pub fn find_cases(tx: &mut Tx, caller: &Caller, pattern: &str) -> Result<Vec<Hit>, Error> {
    let hit = |row: &Row| Hit {
        href: format!("/cases/{}", row.text(0)),
        text: row.text(1),
        place: row.text(2),
    };
    let rows = tx.query(FIND_CASES, &[&caller.organisation, &pattern])?;
    Ok(rows.iter().map(hit).collect())
}
