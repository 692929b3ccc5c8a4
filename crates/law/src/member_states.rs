//! The Member States of the Union: codes, names, and the time zone of each capital.
//!
//! IS, LI and NO belong to the EEA, not to the Union, and have no coordinator on ENISA's list: they
//! are not Member States here.

use crate::Language;
use crate::data::{self, Dataset};
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::LazyLock;

/// A Member State; compares and sorts by its code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberState(u8);

#[derive(Deserialize)]
struct Entry {
    code: String,
    #[serde(default)]
    alias: Option<String>,
    name_en: String,
    name_de: String,
    zone: String,
}

static FILE: LazyLock<Dataset<Entry>> = LazyLock::new(|| data::embedded(data::MEMBER_STATES));

/// All Member States, sorted by code.
pub fn list() -> Vec<MemberState> {
    (0..FILE.entries.len()).map(at).collect()
}

/// All Member States as a dictionary of that language sorts them: `Österreich` among the O.
pub fn by_name(language: Language) -> Vec<MemberState> {
    let folded = |state: &MemberState| {
        let name = state.name(language).to_lowercase();
        name.replace('ä', "a").replace('ö', "o").replace('ü', "u")
    };
    let mut all = list();
    all.sort_by_key(folded);
    all
}

impl MemberState {
    /// Reads an ISO 3166-1 alpha-2 code in any case; `EL`, as Union texts write it, is Greece.
    pub fn parse(code: &str) -> Option<MemberState> {
        let code = code.trim();
        let same = |known: &str| known.eq_ignore_ascii_case(code);
        FILE.entries
            .iter()
            .position(|entry| same(&entry.code) || entry.alias.as_deref().is_some_and(same))
            .map(at)
    }

    /// ISO 3166-1 alpha-2, so `GR` for Greece.
    pub fn code(self) -> &'static str {
        &self.entry().code
    }

    pub fn name(self, language: Language) -> &'static str {
        match language {
            Language::English => &self.entry().name_en,
            Language::German => &self.entry().name_de,
        }
    }

    /// IANA name of the capital's zone.
    pub fn zone(self) -> &'static str {
        &self.entry().zone
    }

    /// The capital's zone.
    pub fn time_zone(self) -> TimeZone {
        crate::zones::named(self.zone()).expect("a test looks up the zone of every Member State")
    }

    fn entry(self) -> &'static Entry {
        &FILE.entries[usize::from(self.0)]
    }
}

impl fmt::Debug for MemberState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for MemberState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for MemberState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for MemberState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        MemberState::parse(&code)
            .ok_or_else(|| serde::de::Error::custom(format!("{code:?} is not a Member State")))
    }
}

fn at(index: usize) -> MemberState {
    MemberState(u8::try_from(index).expect("the Union has fewer than 256 Member States"))
}
