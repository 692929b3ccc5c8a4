//! The least of an OSV record: who it is, and whom it names. For whoever reads a whole database to
//! find the few records that matter: everything else is passed over, but has to be JSON.

use std::borrow::Cow;

use serde::Deserialize;

use super::raw::{RawPackage, Texts};
use super::{AdvisoryError, text_of};
use crate::advisory::Glance;
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
    let packages = named.filter_map(|entry| {
        let package = entry.package.get()?;
        let ecosystem = package.ecosystem.into_cow()?;
        Some(PackageKey::from_osv(&ecosystem, &package.name.into_cow()?))
    });
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
