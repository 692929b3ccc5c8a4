//! Versions made available (Art. 3(22)): tagged releases and rolling branch builds, freeze.

use crate::accounts::Caller;
use crate::ids::{ProductId, ReleaseId, VariantId};
use crate::store::Tx;
use crate::trouble::Trouble;
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
    pub frozen_by: Option<String>,
    pub frozen_digest: Option<String>,
    pub created_at: Timestamp,
}

/// Where a release stands towards the market. Reporting does not end with support, so support
/// plays no part here (guidance C(2026) 5252 §210).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Market {
    OnMarket,
    NotYet,
    Withdrawn,
}

impl Market {
    pub fn name(self) -> &'static str {
        match self {
            Self::OnMarket => "on-market",
            Self::NotYet => "not-yet",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        [Self::OnMarket, Self::NotYet, Self::Withdrawn]
            .into_iter()
            .find(|m| m.name() == name)
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

/// A release of the caller's organisation.
pub fn get_release(_tx: &mut Tx, _caller: &Caller, _id: ReleaseId) -> Result<Release, Trouble> {
    todo!()
}

/// The release an upload is for; made if it is unknown and `create` says so (needs the
/// permission `releases-write`, else refused). `None` when unknown and not to be made.
pub fn find_or_create(
    _tx: &mut Tx,
    _caller: &Caller,
    _product: ProductId,
    _target: &Target,
    _create: bool,
) -> Result<Option<ReleaseId>, Trouble> {
    todo!()
}

/// Refuses when the release is frozen, with who froze it and when.
pub fn require_unfrozen(_release: &Release) -> Result<(), Trouble> {
    todo!()
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}
