//! Statements behind the page of a component: its versions that current SBOMs of an organisation
//! hold, and what advisories say of them.

use crate::ids::{FindingId, OrganisationId, ProductId, ReleaseId};
use crate::statements;
use crate::store::{Error, ToVal, Tx, Val};
use bonafide_engine::package::PackageKey;
use std::collections::BTreeMap;

statements! {
    OF_PACKAGE: "select v.id, v.purl from packages p join package_versions v \
               on v.package_id = p.id where p.ecosystem = $1 and p.name = $2 \
               order by v.id desc limit $3";
    OF_TEXT: "select id, purl from package_versions where purl = $1 \
              or purl like $2 escape '!' order by id desc limit $3";
    CURRENT_OF: "select s.num, r.id, p.id, p.name, r.version, r.channel, r.market from sboms s \
               join releases r on r.organisation_id = s.organisation_id and r.id = s.release_id \
               join products p on p.organisation_id = r.organisation_id and p.id = r.product_id \
               where s.is_current = true and s.organisation_id = $1 \
               and (cast($2 as text) is null or r.product_id = $2) and s.num in ($3)";
    OPEN_OF: "select f.package_version_id, f.id from findings f \
              join releases r on r.organisation_id = f.organisation_id and r.id = f.release_id \
              where f.organisation_id = $1 and f.state = 'open' \
              and (cast($2 as text) is null or r.product_id = $2) \
              and f.package_version_id in ($3)";
    SAID_OF: "select a.external_id, a.feed, a.modified, a.withdrawn, a.affected from advisories a \
              where a.vulnerability_id = $1 order by a.external_id, a.source limit 100";
}

/// The versions we know of a package, whoever has them: (number, purl). Newest known first.
pub fn versions(tx: &mut Tx, key: &PackageKey, most: usize) -> Result<Vec<(i64, String)>, Error> {
    let rows = tx.query(OF_PACKAGE, &[&key.ecosystem, &key.name, &most])?;
    Ok(rows.iter().map(|row| (row.int(0), row.text(1))).collect())
}

/// The same for a component that no advisory source covers, by its text without a version.
pub fn versions_of_text(tx: &mut Tx, text: &str, most: usize) -> Result<Vec<(i64, String)>, Error> {
    let escaped = text
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    let rows = tx.query(OF_TEXT, &[&text, &format!("{escaped}@%"), &most])?;
    Ok(rows.iter().map(|row| (row.int(0), row.text(1))).collect())
}

/// A release whose current SBOM holds a version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Holder {
    pub product_name: String,
    pub version: String,
    pub release: ReleaseId,
    pub product: ProductId,
    pub channel: String,
    pub market: String,
}

/// The releases of an organisation that hold these versions, by version.
pub fn holders(
    tx: &mut Tx,
    organisation: OrganisationId,
    only_product: Option<ProductId>,
    versions: &[i64],
) -> Result<BTreeMap<i64, Vec<Holder>>, Error> {
    let pairs = crate::sboms::holders(tx, versions.iter().copied())?;
    let mut documents: Vec<i64> = pairs.iter().map(|(_, document)| *document).collect();
    documents.sort_unstable();
    documents.dedup();
    let keys: Vec<Val> = documents.into_iter().map(Val::Int).collect();
    let fixed = [organisation.to_val(), only_product.to_val()];
    let current: BTreeMap<i64, Holder> = tx
        .query_keys(CURRENT_OF, &fixed, &keys)?
        .iter()
        .map(|row| {
            let holder = Holder {
                release: row.id(1),
                product: row.id(2),
                product_name: row.text(3),
                version: row.text(4),
                channel: row.text(5),
                market: row.text(6),
            };
            (row.int(0), holder)
        })
        .collect();
    let mut found: BTreeMap<i64, Vec<Holder>> = BTreeMap::new();
    for (version, document) in pairs {
        if let Some(holder) = current.get(&document) {
            found.entry(version).or_default().push(holder.clone());
        }
    }
    for holders in found.values_mut() {
        holders.sort();
        holders.dedup();
    }
    Ok(found)
}

/// Open findings of an organisation on these versions: (version, finding).
pub fn open(
    tx: &mut Tx,
    organisation: OrganisationId,
    only_product: Option<ProductId>,
    versions: &[i64],
) -> Result<Vec<(i64, FindingId)>, Error> {
    let keys: Vec<Val> = versions.iter().copied().map(Val::Int).collect();
    let fixed = [organisation.to_val(), only_product.to_val()];
    let rows = tx.query_keys(OPEN_OF, &fixed, &keys)?;
    let mut found: Vec<(i64, FindingId)> = rows.iter().map(|row| (row.int(0), row.id(1))).collect();
    found.sort_unstable();
    Ok(found)
}

/// A record about a flaw, as it was read.
pub struct Record {
    pub record: String,
    pub feed: String,
    pub modified: String,
    pub is_withdrawn: bool,
    /// JSON, packed.
    pub affected: Vec<u8>,
}

/// The records about a vulnerability.
pub fn records(tx: &mut Tx, vulnerability: i64) -> Result<Vec<Record>, Error> {
    let rows = tx.query(SAID_OF, &[&vulnerability])?;
    Ok(rows
        .iter()
        .map(|row| Record {
            record: row.text(0),
            feed: row.text(1),
            modified: row.text(2),
            is_withdrawn: row.opt_text(3).is_some(),
            affected: row.blob(4),
        })
        .collect())
}
