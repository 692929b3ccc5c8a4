//! All SQL on releases and their evidence sets.

use super::rules::Checked;
use super::{Counts, Market, Proof, ROWS_MAX, Release};
use crate::blobs::Digest;
use crate::ids::{OrganisationId, ProductId, ReleaseId};
use crate::statements;
use crate::store::{Error, Row, Tx};

/// Releases on one public page.
const PUBLISHED_ROWS_MAX: i64 = 2_000;

macro_rules! columns {
    () => {
        "select r.id, r.product_id, p.name, p.slug, r.variant_id, r.version, r.channel, \
         r.market, r.market_assumed, r.made_available_on, r.is_latest, r.labels, r.frozen_at, \
         r.frozen_by, r.frozen_digest, r.created_at, r.created_by, r.changed_at \
         from releases r join products p \
         on p.organisation_id = r.organisation_id and p.id = r.product_id "
    };
}

macro_rules! is_public {
    () => {
        "where r.organisation_id = $1 and (cast($2 as text) is null or r.product_id = $2) \
         and r.channel = 'release' and r.market in ('on-market', 'withdrawn') \
         and r.market_assumed = false and p.trust_published = true and p.inbox = false \
         and p.archived_at is null "
    };
}

statements! {
    FIND: concat!(columns!(), "where r.organisation_id = $1 and r.id = $2");
    OF_PRODUCT: concat!(columns!(), "where r.organisation_id = $1 and r.product_id = $2 \
                        order by r.created_at desc, r.id desc limit $3");
    COUNTS: "select count(*), count(case when channel = 'release' then 1 end), \
             count(case when channel = 'release' and market = 'on-market' then 1 end) \
             from releases where organisation_id = $1 and product_id = $2";
    PUBLISHED: concat!(columns!(), is_public!(), "order by r.is_latest desc, r.created_at desc, r.id desc limit $3");
    COUNT_PUBLISHED: concat!("select count(*) from releases r join products p \
                             on p.organisation_id = r.organisation_id and p.id = r.product_id ",
                             is_public!());
    FIND_VERSION: "select id from releases where organisation_id = $1 and product_id = $2 \
                   and channel = $3 and version = $4";
    INSERT: "insert into releases (organisation_id, id, product_id, variant_id, version, channel, \
             market, market_assumed, made_available_on, is_latest, labels, created_at, \
             created_by, changed_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12)";
    UPDATE: "update releases set version = $3, variant_id = $4, made_available_on = $5, \
             is_latest = $6, labels = $7, changed_at = $8 where organisation_id = $1 and id = $2";
    CLEAR_LATEST: "update releases set is_latest = false \
                   where organisation_id = $1 and product_id = $2 and is_latest = true";
    SET_MARKET: "update releases set market = $3, market_assumed = false, changed_at = $4 \
                 where organisation_id = $1 and id = $2";
    WITHDRAW: "update releases set market = 'withdrawn', changed_at = $3 \
               where organisation_id = $1 and id = $2";
    LOCK: "update releases set changed_at = changed_at where organisation_id = $1 and id = $2";
    PUT_PROOF: "insert into release_evidence \
                (organisation_id, release_id, slot, reference, digest, put_at) \
                values ($1, $2, $3, $4, $5, $6) \
                on conflict (organisation_id, release_id, slot) do update set \
                reference = excluded.reference, digest = excluded.digest, \
                put_at = excluded.put_at";
    PROOFS: "select slot, reference, digest from release_evidence \
             where organisation_id = $1 and release_id = $2 order by slot";
    FREEZE: "update releases set frozen_at = $3, frozen_by = $4, frozen_digest = $5, \
             frozen_set = $6, changed_at = $3 \
             where organisation_id = $1 and id = $2 and frozen_at is null";
    FROZEN_SET: "select frozen_set from releases where organisation_id = $1 and id = $2";
    VERSION_IN_BOTH: "select a.version from releases a join releases b \
                      on b.organisation_id = a.organisation_id and b.channel = a.channel \
                      and b.version = a.version \
                      where a.organisation_id = $1 and a.product_id = $2 and b.product_id = $3 \
                      order by a.version limit 1";
    FROZEN_VERSION: "select version from releases where organisation_id = $1 \
                     and product_id = $2 and frozen_at is not null order by version limit 1";
    MOVE_TO: "update releases set product_id = $3, variant_id = null, is_latest = false, \
              changed_at = $4 where organisation_id = $1 and product_id = $2";
}

pub fn find(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ReleaseId,
) -> Result<Option<Release>, Error> {
    let row = tx.query_opt(FIND, &[&organisation, &id])?;
    Ok(row.as_ref().map(release))
}

pub fn of_product(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
) -> Result<Vec<Release>, Error> {
    let rows = tx.query(OF_PRODUCT, &[&organisation, &product, &ROWS_MAX])?;
    Ok(rows.iter().map(release).collect())
}

pub fn counts(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
) -> Result<Counts, Error> {
    let row = tx.query_one(COUNTS, &[&organisation, &product])?;
    Ok(Counts {
        all: row.int(0),
        tagged: row.int(1),
        on_market: row.int(2),
    })
}

pub fn published(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: Option<ProductId>,
) -> Result<(Vec<Release>, i64), Error> {
    let rows = tx.query(PUBLISHED, &[&organisation, &product, &PUBLISHED_ROWS_MAX])?;
    let total = tx.query_one(COUNT_PUBLISHED, &[&organisation, &product])?;
    Ok((rows.iter().map(release).collect(), total.int(0)))
}

pub fn find_version(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
    channel: &str,
    version: &str,
) -> Result<Option<ReleaseId>, Error> {
    let row = tx.query_opt(FIND_VERSION, &[&organisation, &product, &channel, &version])?;
    Ok(row.map(|row| row.id(0)))
}

pub fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
    new: &Checked,
    by: &str,
) -> Result<ReleaseId, Error> {
    let id: ReleaseId = tx.new_id();
    let now = tx.now();
    tx.execute(
        INSERT,
        &[
            &organisation,
            &id,
            &product,
            &new.variant,
            &new.version,
            &new.channel,
            &new.market.name(),
            &new.market_assumed,
            &new.made_available_on,
            &new.is_latest,
            &labels_text(&new.labels),
            &now,
            &by,
        ],
    )?;
    Ok(id)
}

pub fn update(tx: &mut Tx, organisation: OrganisationId, after: &Release) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        UPDATE,
        &[
            &organisation,
            &after.id,
            &after.version,
            &after.variant,
            &after.made_available_on,
            &after.is_latest,
            &labels_text(&after.labels),
            &now,
        ],
    )
    .map(|_| ())
}

pub fn clear_latest(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
) -> Result<(), Error> {
    tx.execute(CLEAR_LATEST, &[&organisation, &product])
        .map(|_| ())
}

pub fn set_market(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ReleaseId,
    market: Market,
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(SET_MARKET, &[&organisation, &id, &market.name(), &now])
        .map(|_| ())
}

/// Takes a release off the market and leaves open whether a person ever said it was there.
pub fn withdraw(tx: &mut Tx, organisation: OrganisationId, id: ReleaseId) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(WITHDRAW, &[&organisation, &id, &now])
        .map(|_| ())
}

/// Makes others wait who would freeze the release or add to it, until this transaction ends.
/// Whoever reads it afterwards reads what they left.
pub fn lock(tx: &mut Tx, organisation: OrganisationId, id: ReleaseId) -> Result<(), Error> {
    tx.execute(LOCK, &[&organisation, &id]).map(|_| ())
}

pub fn put_proof(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ReleaseId,
    proof: &Proof,
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        PUT_PROOF,
        &[
            &organisation,
            &id,
            &proof.slot,
            &proof.reference,
            &proof.digest,
            &now,
        ],
    )
    .map(|_| ())
}

pub fn proofs(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ReleaseId,
) -> Result<Vec<Proof>, Error> {
    let rows = tx.query(PROOFS, &[&organisation, &id])?;
    Ok(rows
        .iter()
        .map(|row| Proof {
            slot: row.text(0),
            reference: row.text(1),
            digest: row.text(2),
        })
        .collect())
}

/// Whether it was we who froze it.
pub fn freeze(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ReleaseId,
    by: &str,
    digest: &Digest,
    set: &str,
) -> Result<bool, Error> {
    let now = tx.now();
    let changed = tx.execute(
        FREEZE,
        &[&organisation, &id, &now, &by, &digest.as_str(), &set],
    )?;
    Ok(changed == 1)
}

pub fn frozen_set(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ReleaseId,
) -> Result<Option<String>, Error> {
    let row = tx.query_opt(FROZEN_SET, &[&organisation, &id])?;
    Ok(row.and_then(|row| row.opt_text(0)))
}

pub fn version_in_both(
    tx: &mut Tx,
    organisation: OrganisationId,
    from: ProductId,
    into: ProductId,
) -> Result<Option<String>, Error> {
    let row = tx.query_opt(VERSION_IN_BOTH, &[&organisation, &from, &into])?;
    Ok(row.map(|row| row.text(0)))
}

pub fn frozen_version(
    tx: &mut Tx,
    organisation: OrganisationId,
    product: ProductId,
) -> Result<Option<String>, Error> {
    let row = tx.query_opt(FROZEN_VERSION, &[&organisation, &product])?;
    Ok(row.map(|row| row.text(0)))
}

pub fn move_to(
    tx: &mut Tx,
    organisation: OrganisationId,
    from: ProductId,
    into: ProductId,
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(MOVE_TO, &[&organisation, &from, &into, &now])
        .map(|_| ())
}

fn labels_text(labels: &[String]) -> String {
    serde_json::Value::from(labels.to_vec()).to_string()
}

fn release(row: &Row) -> Release {
    Release {
        id: row.id(0),
        product: row.id(1),
        product_name: row.text(2),
        product_slug: row.text(3),
        variant: row.opt_id(4),
        version: row.text(5),
        channel: row.text(6),
        // What nobody can read counts as on the market: unknown is never safe.
        market: Market::find(&row.text(7)).unwrap_or(Market::OnMarket),
        market_assumed: row.bool(8),
        made_available_on: row.opt_day(9),
        is_latest: row.bool(10),
        labels: serde_json::from_str(&row.text(11)).unwrap_or_default(),
        frozen_at: row.opt_instant(12),
        frozen_by: row.opt_text(13),
        frozen_digest: row.opt_text(14),
        created_at: row.instant(15),
        created_by: row.text(16),
        changed_at: row.instant(17),
    }
}
