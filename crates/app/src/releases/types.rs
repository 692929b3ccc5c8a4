//! What a release is, and what is said about one.

use crate::ids::{ProductId, ReleaseId, VariantId};
use jiff::Timestamp;
use jiff::civil::Date;

/// A release with the name of its product.
#[derive(Debug, Clone)]
pub struct Release {
    pub id: ReleaseId,
    pub product: ProductId,
    pub product_name: String,
    pub product_slug: String,
    pub variant: Option<VariantId>,
    pub version: String,
    /// `release`, or the name of a rolling branch.
    pub channel: String,
    pub market: Market,
    pub market_assumed: bool,
    pub made_available_on: Option<Date>,
    pub is_latest: bool,
    pub labels: Vec<String>,
    pub frozen_at: Option<Timestamp>,
    /// The name of who froze it.
    pub frozen_by: Option<String>,
    pub frozen_digest: Option<String>,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
}

impl Release {
    /// Whether public pages of a published product show it.
    pub fn is_public(&self) -> bool {
        self.is_tagged() && self.market.is_or_was() && !self.market_assumed
    }

    /// Whether it is a tagged version, as opposed to the build of a branch.
    pub fn is_tagged(&self) -> bool {
        self.channel == TAGGED
    }
}

/// The channel of tagged versions.
pub const TAGGED: &str = "release";

/// Where a release stands towards the market. Reporting does not end with support, so support
/// plays no part here (guidance C(2026) 5252 §210).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Market {
    OnMarket,
    NotYet,
    Withdrawn,
}

impl Market {
    pub const ALL: [Self; 3] = [Self::OnMarket, Self::NotYet, Self::Withdrawn];

    pub fn name(self) -> &'static str {
        match self {
            Self::OnMarket => "on-market",
            Self::NotYet => "not-yet",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.name() == name)
    }

    /// Whether Article 14 concerns it: it is on the market, or was.
    pub fn is_or_was(self) -> bool {
        self != Self::NotYet
    }
}

/// Which release an upload is for.
#[derive(Debug, Clone, Default)]
pub struct Target {
    pub product: Option<ProductId>,
    pub version: String,
    /// A branch name for a rolling build; absent for a tagged release.
    pub branch: Option<String>,
    pub is_latest: Option<bool>,
    pub labels: Vec<String>,
}

/// What a person says about a new release. The default is a tagged version about whose place on
/// the market nobody has said anything: it is assumed to be there.
#[derive(Debug, Clone, Default)]
pub struct NewRelease {
    pub version: String,
    pub variant: Option<VariantId>,
    /// A branch name for a rolling build; absent for a tagged release.
    pub branch: Option<String>,
    /// Said by a person; absent means assumed.
    pub market: Option<Market>,
    pub made_available_on: Option<Date>,
    pub is_latest: bool,
    pub labels: Vec<String>,
}

/// A change of a release's facts; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub version: Option<String>,
    pub variant: Option<Option<VariantId>>,
    pub made_available_on: Option<Option<Date>>,
    pub is_latest: Option<bool>,
    pub labels: Option<Vec<String>>,
}

/// One thing that proves something about a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// `sbom` …; one thing a slot.
    pub slot: String,
    /// The id of the thing in its own room.
    pub reference: String,
    pub digest: String,
}

/// How many releases a product has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Branch builds included.
    pub all: i64,
    pub tagged: i64,
    /// Tagged and on the market, or assumed to be.
    pub on_market: i64,
}
