//! All SQL on our own advisories.

use super::{Affected, NewPublication, Publication};
use crate::ids::{OrganisationId, ProductId, PublicationId};
use crate::releases::{Market, TAGGED};
use crate::statements;
use crate::store::{Error, Row, ToVal, Tx, Val};
use jiff::Timestamp;
use std::collections::HashMap;

/// Advisories on one page or in one answer.
const ROWS_MAX: i64 = 500;

macro_rules! columns {
    () => {
        "select a.id, a.product_id, p.name, p.slug, a.title, a.body, a.severity, a.cves, \
         a.published_at, a.published_by, a.withdrawn_at, a.withdrawn_reason, a.created_at, \
         a.created_by, a.changed_at from publications a join products p \
         on p.organisation_id = a.organisation_id and p.id = a.product_id "
    };
}

macro_rules! is_public {
    () => {
        "a.published_at is not null and p.trust_published = true and p.inbox = false \
         and p.archived_at is null "
    };
}

statements! {
    INSERT_RELEASE: "insert into publication_releases (organisation_id, publication_id, \
                     release_id) values ($1, $2, $3)";
    RELEASES_OF: "select x.publication_id, x.release_id, r.version, r.channel, r.market \
                  from publication_releases x join releases r \
                  on r.organisation_id = x.organisation_id and r.id = x.release_id \
                  where x.publication_id in ($1) order by r.created_at, r.id";
    FIND: concat!(columns!(), "where a.organisation_id = $1 and a.id = $2");
    OF_PRODUCT: concat!(columns!(), "where a.organisation_id = $1 and a.product_id = $2 \
                        order by a.created_at desc, a.id desc limit $3");
    PUBLISHED: concat!(columns!(), "where a.organisation_id = $1 \
                       and (cast($2 as text) is null or a.product_id = $2) and ", is_public!(),
                       "order by a.published_at desc, a.id desc limit $3");
    COUNT_PUBLISHED: concat!("select count(*) from publications a join products p \
                             on p.organisation_id = a.organisation_id and p.id = a.product_id \
                             where a.organisation_id = $1 \
                             and (cast($2 as text) is null or a.product_id = $2) and ",
                             is_public!());
    LATEST: concat!("select a.product_id, max(a.published_at) from publications a \
                    join products p on p.organisation_id = a.organisation_id \
                    and p.id = a.product_id where a.organisation_id = $1 and ", is_public!(),
                    "and a.product_id in ($2) group by a.product_id");
    FIND_PUBLISHED: concat!(columns!(), "where a.organisation_id = $1 and a.id = $2 and ",
                            is_public!());
    RELEASES: "select x.publication_id, x.release_id, r.version, r.channel, r.market \
               from publication_releases x join releases r \
               on r.organisation_id = x.organisation_id and r.id = x.release_id \
               where x.organisation_id = $1 and x.publication_id = $2 \
               order by r.created_at, r.id";
    INSERT: "insert into publications (organisation_id, id, product_id, title, body, severity, \
             cves, created_at, created_by, changed_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)";
    UPDATE: "update publications set title = $3, body = $4, severity = $5, cves = $6, \
             changed_at = $7 where organisation_id = $1 and id = $2 and published_at is null";
    LOCK: "update publications set changed_at = changed_at \
           where organisation_id = $1 and id = $2";
    CLEAR_RELEASES: "delete from publication_releases \
                     where organisation_id = $1 and publication_id = $2";
    PUBLISH: "update publications set published_at = $3, published_by = $4, changed_at = $3 \
              where organisation_id = $1 and id = $2 and published_at is null";
    WITHDRAW: "update publications set withdrawn_at = $3, withdrawn_reason = $4, changed_at = $3 \
               where organisation_id = $1 and id = $2 and withdrawn_at is null";
}

pub fn find(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: PublicationId,
) -> Result<Option<Publication>, Error> {
    let row = tx.query_opt(FIND, &[&organisation, &id])?;
    with_releases(tx, organisation, row)
}

pub fn find_published(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: PublicationId,
) -> Result<Option<Publication>, Error> {
    let row = tx.query_opt(FIND_PUBLISHED, &[&organisation, &id])?;
    with_releases(tx, organisation, row)
}

pub fn of_product(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
) -> Result<Vec<Publication>, Error> {
    let rows = tx.query(OF_PRODUCT, &[&organisation, &product, &ROWS_MAX])?;
    all_with_releases(tx, &rows)
}

pub fn published(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: Option<ProductId>,
) -> Result<(Vec<Publication>, i64), Error> {
    let rows = tx.query(PUBLISHED, &[&organisation, &product, &ROWS_MAX])?;
    let total = tx.query_one(COUNT_PUBLISHED, &[&organisation, &product])?;
    Ok((all_with_releases(tx, &rows)?, total.int(0)))
}

pub fn latest(
    tx: &mut Tx,
    organisation: OrganisationId,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Timestamp>, Error> {
    let keys: Vec<Val> = products.iter().map(ToVal::to_val).collect();
    let rows = tx.query_keys(LATEST, &[organisation.to_val()], &keys)?;
    Ok(rows.iter().map(|row| (row.id(0), row.instant(1))).collect())
}

/// Makes others wait who would change, publish or withdraw the same advisory, until this
/// transaction ends.
pub fn lock(tx: &mut Tx, organisation: OrganisationId, id: PublicationId) -> Result<(), Error> {
    tx.execute(LOCK, &[&organisation, &id]).map(|_| ())
}

pub fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
    new: &NewPublication,
    by: &str,
) -> Result<PublicationId, Error> {
    let id: PublicationId = tx.new_id();
    let now = tx.now();
    tx.execute(
        INSERT,
        &[
            &organisation,
            &id,
            &product,
            &new.title,
            &new.text,
            &new.severity,
            &list_text(&new.cves),
            &now,
            &by,
        ],
    )?;
    insert_releases(tx, organisation, id, new)?;
    Ok(id)
}

pub fn update(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: PublicationId,
    new: &NewPublication,
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        UPDATE,
        &[
            &organisation,
            &id,
            &new.title,
            &new.text,
            &new.severity,
            &list_text(&new.cves),
            &now,
        ],
    )?;
    tx.execute(CLEAR_RELEASES, &[&organisation, &id])?;
    insert_releases(tx, organisation, id, new)
}

/// Whether it was we who published it.
pub fn publish(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: PublicationId,
    by: &str,
) -> Result<bool, Error> {
    let now = tx.now();
    Ok(tx.execute(PUBLISH, &[&organisation, &id, &now, &by])? == 1)
}

pub fn withdraw(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: PublicationId,
    reason: &str,
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(WITHDRAW, &[&organisation, &id, &now, &reason])
        .map(|_| ())
}

fn insert_releases(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: PublicationId,
    new: &NewPublication,
) -> Result<(), Error> {
    let rows: Vec<Vec<Val>> = new
        .releases
        .iter()
        .map(|release| vec![organisation.to_val(), id.to_val(), release.to_val()])
        .collect();
    tx.insert_rows(INSERT_RELEASE, &rows).map(|_| ())
}

fn with_releases(
    tx: &mut Tx,
    organisation: OrganisationId,
    row: Option<Row>,
) -> Result<Option<Publication>, Error> {
    let Some(row) = row else {
        return Ok(None);
    };
    let mut publication = publication(&row);
    let rows = tx.query(RELEASES, &[&organisation, &publication.id])?;
    publication.releases = rows.iter().map(affected).collect();
    Ok(Some(publication))
}

/// The releases of many advisories at once; the ids come from rows of one organisation.
fn all_with_releases(tx: &mut Tx, rows: &[Row]) -> Result<Vec<Publication>, Error> {
    let mut publications: Vec<Publication> = rows.iter().map(publication).collect();
    let keys: Vec<Val> = publications.iter().map(|p| p.id.to_val()).collect();
    let rows = tx.query_keys(RELEASES_OF, &[], &keys)?;
    let mut by_publication: HashMap<PublicationId, Vec<Affected>> = HashMap::new();
    for row in &rows {
        let place = by_publication.entry(row.id(0)).or_default();
        place.push(affected(row));
    }
    for publication in &mut publications {
        publication.releases = by_publication.remove(&publication.id).unwrap_or_default();
    }
    Ok(publications)
}

fn list_text(list: &[String]) -> String {
    serde_json::Value::from(list.to_vec()).to_string()
}

fn affected(row: &Row) -> Affected {
    let market = Market::find(&row.text(4));
    Affected {
        release: row.id(1),
        version: row.text(2),
        is_public: row.text(3) == TAGGED && market.is_some_and(Market::is_or_was),
    }
}

fn publication(row: &Row) -> Publication {
    Publication {
        id: row.id(0),
        product: row.id(1),
        product_name: row.text(2),
        product_slug: row.text(3),
        title: row.text(4),
        text: row.text(5),
        severity: row.text(6),
        cves: serde_json::from_str(&row.text(7)).unwrap_or_default(),
        releases: Vec::new(),
        published_at: row.opt_instant(8),
        published_by: row.opt_text(9),
        withdrawn_at: row.opt_instant(10),
        withdrawn_reason: row.opt_text(11),
        created_at: row.instant(12),
        created_by: row.text(13),
        changed_at: row.instant(14),
    }
}
