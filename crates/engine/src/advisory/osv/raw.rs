//! The shape of an OSV record, borrowed from the input and forgiving in every field.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::lenient::{List, Object, Text};

pub(super) const AFFECTED_MAX: usize = 50_000;
pub(super) const RANGES_MAX: usize = 10_000;
const EVENTS_MAX: usize = 10_000;
const VERSIONS_MAX: usize = 200_000;
const IDS_MAX: usize = 10_000;

pub(super) type Texts<'a> = List<Text<'a>, IDS_MAX>;

#[derive(Deserialize)]
pub(super) struct RawAdvisory<'a> {
    #[serde(borrow, default)]
    pub id: Text<'a>,
    #[serde(borrow, default)]
    pub modified: Text<'a>,
    #[serde(borrow, default)]
    pub published: Text<'a>,
    #[serde(borrow, default)]
    pub withdrawn: Text<'a>,
    #[serde(borrow, default)]
    pub aliases: Texts<'a>,
    #[serde(borrow, default)]
    pub upstream: Texts<'a>,
    #[serde(borrow, default)]
    pub related: Texts<'a>,
    #[serde(borrow, default)]
    pub summary: Text<'a>,
    #[serde(borrow, default)]
    pub details: Text<'a>,
    #[serde(borrow, default)]
    pub severity: List<Object<RawSeverity<'a>>, IDS_MAX>,
    #[serde(borrow, default)]
    pub affected: List<Object<RawAffected<'a>>, AFFECTED_MAX>,
    #[serde(borrow, default)]
    pub references: List<Object<RawReference<'a>>, IDS_MAX>,
    #[serde(borrow, default)]
    pub database_specific: Object<RawDatabase<'a>>,
}

#[derive(Deserialize, Default)]
pub(super) struct RawSeverity<'a> {
    #[serde(rename = "type", borrow, default)]
    pub kind: Text<'a>,
    #[serde(borrow, default)]
    pub score: Text<'a>,
}

#[derive(Deserialize)]
pub(super) struct RawReference<'a> {
    #[serde(rename = "type", borrow, default)]
    pub kind: Text<'a>,
    #[serde(borrow, default)]
    pub url: Text<'a>,
}

/// The fields of the databases we read that mean something to us.
#[derive(Deserialize)]
pub(super) struct RawDatabase<'a> {
    #[serde(borrow, default)]
    pub severity: Text<'a>,
    #[serde(borrow, default)]
    pub cwe_ids: Texts<'a>,
}

#[derive(Deserialize)]
pub(super) struct RawAffected<'a> {
    #[serde(borrow, default)]
    pub package: Object<RawPackage<'a>>,
    #[serde(borrow, default)]
    pub ranges: List<Object<RawRange<'a>>, RANGES_MAX>,
    #[serde(borrow, default)]
    pub versions: List<Text<'a>, VERSIONS_MAX>,
    #[serde(borrow, default)]
    pub severity: List<Object<RawSeverity<'a>>, IDS_MAX>,
    #[serde(borrow, default)]
    pub ecosystem_specific: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub database_specific: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct RawPackage<'a> {
    #[serde(borrow, default)]
    pub ecosystem: Text<'a>,
    #[serde(borrow, default)]
    pub name: Text<'a>,
}

#[derive(Deserialize)]
pub(super) struct RawRange<'a> {
    #[serde(rename = "type", borrow, default)]
    pub kind: Text<'a>,
    #[serde(borrow, default)]
    pub repo: Text<'a>,
    #[serde(borrow, default)]
    pub events: List<Object<RawEvent<'a>>, EVENTS_MAX>,
}

#[derive(Deserialize)]
pub(super) struct RawEvent<'a> {
    #[serde(borrow, default)]
    pub introduced: Text<'a>,
    #[serde(borrow, default)]
    pub fixed: Text<'a>,
    #[serde(borrow, default)]
    pub last_affected: Text<'a>,
    #[serde(borrow, default)]
    pub limit: Text<'a>,
}

#[derive(Deserialize)]
pub(super) struct Informational<'a> {
    #[serde(borrow, default)]
    pub informational: Option<Cow<'a, str>>,
}
