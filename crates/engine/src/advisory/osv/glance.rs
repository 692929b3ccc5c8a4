//! The least of an OSV record: who it is, and whom it names. For whoever reads a whole database to
//! find the few records that matter: everything else is passed over, but has to be JSON.

use std::borrow::Cow;

use serde::Deserialize;

use super::raw::{RawPackage, Texts};
use crate::advisory::detect::text_of;
use crate::advisory::{AdvisoryError, Glance};
use crate::json::lenient::{List, Object, Text};
use crate::package::PackageKey;

#[derive(Deserialize)]
struct Raw<'a> {
    #[serde(borrow, default)]
    id: Text<'a>,
    #[serde(borrow, default)]
    modified: Text<'a>,
    #[serde(borrow, default)]
    published: Text<'a>,
    #[serde(borrow, default)]
    withdrawn: Text<'a>,
    #[serde(borrow, default)]
    aliases: Texts<'a>,
    #[serde(borrow, default)]
    upstream: Texts<'a>,
    #[serde(borrow, default)]
    affected: List<Object<RawNamed<'a>>, { super::raw::AFFECTED_MAX }>,
}

#[derive(Deserialize)]
struct RawNamed<'a> {
    #[serde(borrow, default)]
    package: Object<RawPackage<'a>>,
    #[serde(borrow, default)]
    ranges: List<Object<RawRepository<'a>>, { super::raw::RANGES_MAX }>,
}

#[derive(Deserialize)]
struct RawRepository<'a> {
    #[serde(borrow, default)]
    repo: Text<'a>,
}

impl RawNamed<'_> {
    /// The package, or else the repositories of its ranges, as the whole reader has it.
    fn keys(self) -> Vec<PackageKey> {
        let named = self.package.get().and_then(|package| {
            let ecosystem = package.ecosystem.into_cow()?;
            Some(PackageKey::from_osv(&ecosystem, &package.name.into_cow()?))
        });
        if let Some(named) = named {
            return vec![named];
        }
        let ranges = self.ranges.items.into_iter().filter_map(Object::get);
        let repositories = ranges.filter_map(|range| range.repo.into_cow());
        repositories
            .filter_map(|address| PackageKey::of_repository(&address))
            .collect()
    }
}

pub(in crate::advisory) fn glance(bytes: &[u8]) -> Result<Glance<'_>, AdvisoryError> {
    let text = text_of(bytes)?;
    let raw: Raw<'_> =
        serde_json::from_str(text).map_err(|error| AdvisoryError::Json(error.to_string()))?;
    let id = raw.id.into_cow().ok_or(AdvisoryError::NoId)?;
    let id = match id {
        Cow::Borrowed(id) => Cow::Borrowed(id.trim()),
        Cow::Owned(id) => Cow::Owned(id.trim().to_owned()),
    };
    let texts = |list: Texts<'_>| -> Vec<String> {
        let texts = list.items.into_iter().filter_map(Text::into_owned);
        texts.collect()
    };
    let named = raw.affected.items.into_iter().filter_map(Object::get);
    let packages = named.flat_map(RawNamed::keys);
    Ok(Glance {
        id,
        modified: raw.modified.into_cow().unwrap_or_default(),
        published: raw.published.into_cow(),
        withdrawn: raw.withdrawn.into_cow(),
        aliases: texts(raw.aliases),
        upstream: texts(raw.upstream),
        packages: packages.collect(),
    })
}
