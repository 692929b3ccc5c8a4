//! All SQL on products, their names, placings and variants.

use super::rules::{pattern, search_text};
use super::{Filter, Listed, NewProduct, Placing, Product, Variant};
use crate::ids::{OrganisationId, ProductId, VariantId};
use crate::statements;
use crate::store::{Error, Row, ToVal, Tx, Val};
use std::collections::HashMap;

macro_rules! columns {
    () => {
        "select id, slug, name, identification, description, category, annex_entry, \
         intended_purpose, support_ends_on, support_reason, contact, last_unit_placed_on, inbox, \
         trust_published, created_at, changed_at, archived_at, merged_into from products "
    };
}

macro_rules! passes {
    () => {
        "(cast($3 as text) is null or search_text like $3 escape '!') \
         and (cast($4 as text) is null or category = $4) \
         and case cast($5 as text) when 'current' then archived_at is null \
         when 'inbox' then inbox = true and archived_at is null \
         when 'published' then trust_published = true \
         when 'archived' then archived_at is not null else true end"
    };
}

statements! {
    INSERT_PLACING: "insert into placings (organisation_id, product_id, member_state, placed_on) \
                     values ($1, $2, $3, $4)";
    PLACINGS_OF: "select product_id, member_state, placed_on from placings \
                  where product_id in ($1) order by member_state";
    /// The parameters up to $14 are those of `UPDATE`.
    INSERT: "insert into products (organisation_id, id, name, identification, description, \
             category, annex_entry, intended_purpose, support_ends_on, support_reason, contact, \
             last_unit_placed_on, search_text, created_at, changed_at, slug, inbox, \
             trust_published) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
             $14, $14, $15, $16, false)";
    UPDATE: "update products set name = $3, identification = $4, description = $5, category = $6, \
             annex_entry = $7, intended_purpose = $8, support_ends_on = $9, support_reason = $10, \
             contact = $11, last_unit_placed_on = $12, search_text = $13, changed_at = $14 \
             where organisation_id = $1 and id = $2";
    FIND: concat!(columns!(), "where organisation_id = $1 and id = $2");
    LIST: concat!(columns!(), "where organisation_id = $1 \
                  and (cast($2 as text) is null or id = $2) and ", passes!(),
                  " order by search_text, id limit $6 offset $7");
    COUNT: concat!("select count(case when ", passes!(), " then 1 end), count(*), \
                   count(case when inbox = true and archived_at is null then 1 end) \
                   from products where organisation_id = $1 \
                   and (cast($2 as text) is null or id = $2)");
    PUBLISHED: concat!(columns!(), "where organisation_id = $1 and trust_published = true \
                       and inbox = false and archived_at is null \
                       and (cast($2 as text) is null or search_text like $2 escape '!') \
                       order by search_text, id limit $3 offset $4");
    COUNT_PUBLISHED: "select count(*) from products where organisation_id = $1 \
                      and trust_published = true and inbox = false and archived_at is null \
                      and (cast($2 as text) is null or search_text like $2 escape '!')";
    FIND_PUBLISHED: concat!(columns!(), "where organisation_id = $1 and slug = $2 \
                            and trust_published = true and inbox = false \
                            and archived_at is null");
    PLACINGS: "select product_id, member_state, placed_on from placings \
               where organisation_id = $1 and product_id = $2 order by member_state";
    CLEAR_PLACINGS: "delete from placings where organisation_id = $1 and product_id = $2";
    FIND_BY_NAME: "select product_id from product_names \
                   where organisation_id = $1 and slug = $2";
    ADD_NAME: "insert into product_names (organisation_id, slug, product_id) \
               values ($1, $2, $3)";
    MOVE_NAMES: "update product_names set product_id = $3 \
                 where organisation_id = $1 and product_id = $2";
    SLUG_IS_TAKEN: "select 1 from products where organisation_id = $1 and slug = $2";
    SET_STATE: "update products set inbox = $3, trust_published = $4, archived_at = $5, \
                merged_into = $6, changed_at = $7 where organisation_id = $1 and id = $2";
    LOCK: "update products set changed_at = changed_at where organisation_id = $1 and id = $2";
    VARIANTS: "select id, name, identification from variants \
               where organisation_id = $1 and product_id = $2 order by name, id";
    INSERT_VARIANT: "insert into variants (organisation_id, id, product_id, name, \
                     identification, created_at) values ($1, $2, $3, $4, $5, $6)";
}

pub fn find(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ProductId,
) -> Result<Option<Product>, Error> {
    let row = tx.query_opt(FIND, &[&organisation, &id])?;
    with_placings(tx, organisation, row)
}

pub fn find_published(
    tx: &mut Tx,
    organisation: OrganisationId,
    slug: &str,
) -> Result<Option<Product>, Error> {
    let row = tx.query_opt(FIND_PUBLISHED, &[&organisation, &slug])?;
    with_placings(tx, organisation, row)
}

pub fn list(
    tx: &mut Tx,
    organisation: OrganisationId,
    only: Option<ProductId>,
    filter: &Filter,
    rows: u32,
) -> Result<Listed, Error> {
    let search = filter.search.as_deref().map(pattern);
    let state = filter.state.name();
    let offset = i64::from(filter.page.max(1) - 1) * i64::from(rows);
    let counts = tx.query_one(
        COUNT,
        &[&organisation, &only, &search, &filter.category, &state],
    )?;
    let found = tx.query(
        LIST,
        &[
            &organisation,
            &only,
            &search,
            &filter.category,
            &state,
            &rows,
            &offset,
        ],
    )?;
    let mut products: Vec<Product> = found.iter().map(product).collect();
    add_placings(tx, &mut products)?;
    Ok(Listed {
        products,
        matching: counts.int(0),
        total: counts.int(1),
        inbox: counts.int(2),
    })
}

pub fn published(
    tx: &mut Tx,
    organisation: OrganisationId,
    search: Option<&str>,
    (most, after): (i64, i64),
) -> Result<(Vec<Product>, i64), Error> {
    let search = search.map(pattern);
    let rows = tx.query(PUBLISHED, &[&organisation, &search, &most, &after])?;
    let total = tx.query_one(COUNT_PUBLISHED, &[&organisation, &search])?;
    Ok((rows.iter().map(product).collect(), total.int(0)))
}

pub fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ProductId,
    slug: &str,
    new: &NewProduct,
    inbox: bool,
) -> Result<(), Error> {
    let now = tx.now();
    let mut values = facts(organisation, id, new);
    values.extend([now.to_val(), slug.to_val(), inbox.to_val()]);
    tx.execute_values(INSERT, &values)?;
    insert_placings(tx, organisation, id, &new.placings)
}

pub fn update(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ProductId,
    new: &NewProduct,
) -> Result<(), Error> {
    let now = tx.now();
    let mut values = facts(organisation, id, new);
    values.push(now.to_val());
    tx.execute_values(UPDATE, &values)?;
    tx.execute(CLEAR_PLACINGS, &[&organisation, &id])?;
    insert_placings(tx, organisation, id, &new.placings)
}

pub fn find_by_name(
    tx: &mut Tx,
    organisation: OrganisationId,
    slug: &str,
) -> Result<Option<ProductId>, Error> {
    let row = tx.query_opt(FIND_BY_NAME, &[&organisation, &slug])?;
    Ok(row.map(|row| row.id(0)))
}

pub fn add_name(
    tx: &mut Tx,
    organisation: OrganisationId,
    slug: &str,
    id: ProductId,
) -> Result<(), Error> {
    tx.execute(ADD_NAME, &[&organisation, &slug, &id])
        .map(|_| ())
}

pub fn move_names(
    tx: &mut Tx,
    organisation: OrganisationId,
    from: ProductId,
    into: ProductId,
) -> Result<(), Error> {
    tx.execute(MOVE_NAMES, &[&organisation, &from, &into])
        .map(|_| ())
}

pub fn slug_is_taken(tx: &mut Tx, organisation: OrganisationId, slug: &str) -> Result<bool, Error> {
    Ok(tx
        .query_opt(SLUG_IS_TAKEN, &[&organisation, &slug])?
        .is_some())
}

/// Writes what a product's state is: in the inbox, public, archived, merged.
pub fn set_state(tx: &mut Tx, organisation: OrganisationId, after: &Product) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        SET_STATE,
        &[
            &organisation,
            &after.id,
            &after.inbox,
            &after.trust_published,
            &after.archived_at,
            &after.merged_into,
            &now,
        ],
    )
    .map(|_| ())
}

/// Makes others wait who would change the product or what belongs to it, until this transaction
/// ends. Whoever reads it afterwards reads what they left.
pub fn lock(tx: &mut Tx, organisation: OrganisationId, id: ProductId) -> Result<(), Error> {
    tx.execute(LOCK, &[&organisation, &id]).map(|_| ())
}

pub fn variants(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
) -> Result<Vec<Variant>, Error> {
    let rows = tx.query(VARIANTS, &[&organisation, &product])?;
    Ok(rows
        .iter()
        .map(|row| Variant {
            id: row.id(0),
            name: row.text(1),
            identification: row.text(2),
        })
        .collect())
}

pub fn insert_variant(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
    name: &str,
    identification: &str,
) -> Result<VariantId, Error> {
    let id: VariantId = tx.new_id();
    let now = tx.now();
    tx.execute(
        INSERT_VARIANT,
        &[&organisation, &id, &product, &name, &identification, &now],
    )?;
    Ok(id)
}

/// The parameters `$1` to `$13` of `INSERT` and `UPDATE`.
fn facts(organisation: OrganisationId, id: ProductId, new: &NewProduct) -> Vec<Val> {
    vec![
        organisation.to_val(),
        id.to_val(),
        new.name.to_val(),
        new.identification.to_val(),
        new.description.to_val(),
        new.category.to_val(),
        new.annex_entry.to_val(),
        new.intended_purpose.to_val(),
        new.support_ends_on.to_val(),
        new.support_reason.to_val(),
        new.contact.to_val(),
        new.last_unit_placed_on.to_val(),
        search_text(new).to_val(),
    ]
}

fn insert_placings(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ProductId,
    placings: &[Placing],
) -> Result<(), Error> {
    let rows: Vec<Vec<Val>> = placings
        .iter()
        .map(|placing| {
            vec![
                organisation.to_val(),
                id.to_val(),
                placing.member_state.to_val(),
                placing.placed_on.to_val(),
            ]
        })
        .collect();
    tx.insert_rows(INSERT_PLACING, &rows).map(|_| ())
}

fn with_placings(
    tx: &mut Tx,
    organisation: OrganisationId,
    row: Option<Row>,
) -> Result<Option<Product>, Error> {
    let Some(row) = row else {
        return Ok(None);
    };
    let mut product = product(&row);
    let rows = tx.query(PLACINGS, &[&organisation, &product.id])?;
    product.placings = rows.iter().map(placing).collect();
    Ok(Some(product))
}

/// The placings of many products at once; the ids come from rows of the caller's organisation.
fn add_placings(tx: &mut Tx, products: &mut [Product]) -> Result<(), Error> {
    let keys: Vec<Val> = products.iter().map(|p| p.id.to_val()).collect();
    let rows = tx.query_keys(PLACINGS_OF, &[], &keys)?;
    let mut by_product: HashMap<ProductId, Vec<Placing>> = HashMap::new();
    for row in &rows {
        by_product.entry(row.id(0)).or_default().push(placing(row));
    }
    for product in products {
        product.placings = by_product.remove(&product.id).unwrap_or_default();
    }
    Ok(())
}

fn placing(row: &Row) -> Placing {
    Placing {
        member_state: row.text(1),
        placed_on: row.opt_day(2),
    }
}

fn product(row: &Row) -> Product {
    Product {
        id: row.id(0),
        slug: row.text(1),
        name: row.text(2),
        identification: row.text(3),
        description: row.text(4),
        category: row.text(5),
        annex_entry: row.opt_text(6),
        intended_purpose: row.text(7),
        support_ends_on: row.opt_day(8),
        support_reason: row.text(9),
        contact: row.opt_text(10),
        last_unit_placed_on: row.opt_day(11),
        inbox: row.bool(12),
        trust_published: row.bool(13),
        created_at: row.instant(14),
        changed_at: row.instant(15),
        archived_at: row.opt_instant(16),
        merged_into: row.opt_id(17),
        placings: Vec::new(),
    }
}
