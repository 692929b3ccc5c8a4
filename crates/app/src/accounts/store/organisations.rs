//! Organisations.

use crate::accounts::Organisation;
use crate::ids::OrganisationId;
use crate::statements;
use crate::store::{Error, Row, Tx};

statements! {
    TAKE_NUMBER: "insert into organisation_numbers (made_at) values ($1) returning num";
    INSERT: "insert into organisations (id, num, slug, name, address, country, size, \
             security_contact, report_address, website, zone, trust_published, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE: "update organisations set name = $2, address = $3, country = $4, size = $5, \
             security_contact = $6, report_address = $7, website = $8, zone = $9 where id = $1";
    SET_TRUST_PUBLISHED: "update organisations set trust_published = $2 where id = $1 \
                          and trust_published <> $2";
    FIND: "select id, name, slug, address, country, size, security_contact, report_address, \
           website, trust_published, zone from organisations where id = $1";
    FIND_BY_SLUG: "select id, name, slug, address, country, size, security_contact, \
                   report_address, website, trust_published, zone from organisations \
                   where slug = $1";
    LIST: "select id, name, slug, address, country, size, security_contact, report_address, \
           website, trust_published, zone from organisations order by num limit 100000";
}

pub fn insert(tx: &mut Tx, new: &Organisation) -> Result<(), Error> {
    let now = tx.now();
    let num = tx.query_one(TAKE_NUMBER, &[&now])?.int(0);
    tx.execute(
        INSERT,
        &[
            &new.id,
            &num,
            &new.slug,
            &new.name,
            &new.address,
            &new.country,
            &new.size,
            &new.security_contact,
            &new.report_address,
            &new.website,
            &new.zone,
            &new.trust_published,
            &now,
        ],
    )?;
    Ok(())
}

pub fn update(tx: &mut Tx, new: &Organisation) -> Result<(), Error> {
    tx.execute(
        UPDATE,
        &[
            &new.id,
            &new.name,
            &new.address,
            &new.country,
            &new.size,
            &new.security_contact,
            &new.report_address,
            &new.website,
            &new.zone,
        ],
    )?;
    Ok(())
}

/// Whether it was otherwise before.
pub fn set_trust_published(
    tx: &mut Tx,
    id: OrganisationId,
    published: bool,
) -> Result<bool, Error> {
    Ok(tx.execute(SET_TRUST_PUBLISHED, &[&id, &published])? == 1)
}

pub fn find(tx: &mut Tx, id: OrganisationId) -> Result<Option<Organisation>, Error> {
    Ok(tx.query_opt(FIND, &[&id])?.as_ref().map(organisation))
}

pub fn find_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Organisation>, Error> {
    Ok(tx
        .query_opt(FIND_BY_SLUG, &[&slug])?
        .as_ref()
        .map(organisation))
}

pub fn list(tx: &mut Tx) -> Result<Vec<Organisation>, Error> {
    Ok(tx.query(LIST, &[])?.iter().map(organisation).collect())
}

fn organisation(row: &Row) -> Organisation {
    Organisation {
        id: row.id(0),
        name: row.text(1),
        slug: row.text(2),
        address: row.text(3),
        country: row.opt_text(4),
        size: row.opt_text(5),
        security_contact: row.opt_text(6),
        report_address: row.opt_text(7),
        website: row.opt_text(8),
        trust_published: row.bool(9),
        zone: row.text(10),
    }
}
