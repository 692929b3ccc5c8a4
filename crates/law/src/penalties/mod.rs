//! Administrative fines (64): whether a provision stands in a tier, how much at most, who is bound,
//! and which other door leads to a fine.
//!
//! `listed` is literal. That a provision is not listed, or that a derogation applies, never means
//! that nothing follows, and no wording here says so.

mod existing;
mod provision;
mod rules;

pub use provision::Provision;
pub use rules::penalty_for;

use crate::certainty::Certainty;
use crate::data::{self, Provenance};
use crate::timeline::Milestone;
use crate::words::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

words! {
    /// Size of the enterprise under Recommendation 2003/361/EC, linked and partner enterprises counted.
    pub enum Size {
        Micro = "micro",
        Small = "small",
        Medium = "medium",
        Large = "large",
    }
}

words! {
    /// The role in which the provision was breached.
    pub enum Role {
        Manufacturer = "manufacturer",
        Importer = "importer",
        Distributor = "distributor",
        AuthorisedRepresentative = "authorised-representative",
        /// Open-source software steward.
        Steward = "steward",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub provision: Provision,
    /// Worldwide annual turnover of the preceding financial year in whole euros; needed where the
    /// offender is an undertaking.
    pub turnover_eur: Option<u64>,
    pub size: Size,
    pub role: Role,
    /// The share of turnover counts for undertakings only.
    pub undertaking: bool,
    /// The day asked about.
    pub on: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub provision: String,
    /// Whether the provision stands in Art. 64(2), (3) or (4), literally.
    pub listed: bool,
    /// `64(2)`, `64(3)` or `64(4)`.
    pub tier: Option<String>,
    /// The tier's maximum in whole euros, rounded down; also where a derogation applies.
    pub maximum_eur: Option<u64>,
    /// Whether 64(10) takes the administrative fines of paragraphs 2 to 9 away.
    pub exempt: bool,
    /// `64(10)(a)` or `64(10)(b)`.
    pub exempt_because: Option<String>,
    /// Whom the provision binds; `None` where it binds no operator, or the data do not say.
    pub addressee: Option<String>,
    /// Whether the role asked about is among those bound.
    pub role_is_bound: bool,
    pub overlaps: Vec<Overlap>,
    /// From when Art. 64 applies.
    pub applies_from: Date,
    pub applies_from_certainty: Certainty,
    pub citation: String,
    pub certainty: Certainty,
    pub notes: Vec<String>,
}

/// Another provision through which the same conduct can be fined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overlap {
    pub provision: String,
    pub tier: String,
    pub maximum_eur: u64,
    pub why: String,
    pub citation: String,
    pub certainty: Certainty,
}

#[derive(Deserialize)]
struct File {
    #[serde(flatten)]
    provenance: Provenance,
    applies: Milestone,
    applies_certainty: Certainty,
    last_article: u16,
    unlisted_text: String,
    unlisted_citation: String,
    maxima_text: String,
    tiers: Vec<Tier>,
    exemptions: Vec<Exemption>,
    bindings: Vec<Binding>,
    doors: Vec<Door>,
}

#[derive(Deserialize)]
struct Tier {
    tier: String,
    fixed_eur: u64,
    turnover_per_mille: u64,
    covers: Vec<Provision>,
    citation: String,
    certainty: Certainty,
    text: String,
}

#[derive(Deserialize)]
struct Exemption {
    provision: String,
    /// Empty: every provision.
    covers: Vec<Provision>,
    roles: Vec<Role>,
    /// Empty: every size.
    sizes: Vec<Size>,
    certainty: Certainty,
    text: String,
}

/// Whom a provision binds.
#[derive(Deserialize)]
struct Binding {
    provision: Provision,
    addressee: Option<String>,
    binds: Vec<Role>,
    #[serde(default)]
    note: Option<String>,
}

/// Conduct against one of `from` is also conduct against `through`.
#[derive(Deserialize)]
struct Door {
    from: Vec<Provision>,
    through: Vec<Provision>,
    /// The door is there only where the provision binds this role.
    binds: Option<Role>,
    why: String,
    citation: String,
    certainty: Certainty,
}

static FILE: LazyLock<File> = LazyLock::new(|| data::embedded(data::PENALTIES));

pub fn provenance() -> &'static Provenance {
    &FILE.provenance
}
