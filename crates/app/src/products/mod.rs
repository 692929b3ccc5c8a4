//! Products with digital elements (Art. 3(1)): what they are, where and when they were placed on
//! the market, how long they are supported.

use crate::accounts::Caller;
use crate::ids::ProductId;
use crate::store::Tx;
use crate::trouble::Trouble;
use jiff::Timestamp;
use jiff::civil::Date;

/// A product, as its page shows it.
#[derive(Debug, Clone)]
pub struct Product {
    pub id: ProductId,
    pub slug: String,
    pub name: String,
    pub identification: String,
    pub description: String,
    /// `default`, `important-class-1`, `important-class-2`, `critical`.
    pub category: String,
    pub annex_entry: Option<String>,
    pub intended_purpose: String,
    pub support_ends_on: Option<Date>,
    pub support_reason: String,
    pub contact: Option<String>,
    pub last_unit_placed_on: Option<Date>,
    pub inbox: bool,
    pub trust_published: bool,
    pub created_at: Timestamp,
    pub archived_at: Option<Timestamp>,
    /// Where it was placed, by Member State.
    pub placings: Vec<Placing>,
}

/// Placing on the market of one Member State.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placing {
    /// ISO alpha-2.
    pub member_state: String,
    pub placed_on: Option<Date>,
}

/// A product of the caller's organisation.
pub fn get_product(_tx: &mut Tx, _caller: &Caller, _id: ProductId) -> Result<Product, Trouble> {
    todo!()
}

/// The product an upload means by `name` (compared by slug); made in the inbox if it is unknown
/// and `create` says so. `None` when it is unknown and may not be made.
pub fn find_or_create_by_name(
    _tx: &mut Tx,
    _caller: &Caller,
    _name: &str,
    _create: bool,
) -> Result<Option<ProductId>, Trouble> {
    todo!()
}

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}
