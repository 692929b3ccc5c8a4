//! What a product is, and what lists of products are asked for.

use crate::ids::{ProductId, VariantId};
use jiff::Timestamp;
use jiff::civil::Date;

/// A product, as its page shows it.
#[derive(Debug, Clone)]
pub struct Product {
    pub id: ProductId,
    /// In public addresses; stays when the name changes.
    pub slug: String,
    pub name: String,
    pub identification: String,
    pub description: String,
    /// `default`, `important-class-1`, `important-class-2`, `critical`.
    pub category: String,
    /// Id of an entry of Annex III or IV, as [`bonafide_law::categories`] names it.
    pub annex_entry: Option<String>,
    pub intended_purpose: String,
    /// The last day of support (Art. 13(8)).
    pub support_ends_on: Option<Date>,
    pub support_reason: String,
    pub contact: Option<String>,
    pub last_unit_placed_on: Option<Date>,
    pub inbox: bool,
    pub trust_published: bool,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub archived_at: Option<Timestamp>,
    /// The product this inbox product turned out to be.
    pub merged_into: Option<ProductId>,
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

/// What a person says about a product. The default is a product of the default category about
/// which nothing is known yet; only `name` must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProduct {
    pub name: String,
    pub identification: String,
    pub description: String,
    pub category: String,
    pub annex_entry: Option<String>,
    pub intended_purpose: String,
    pub support_ends_on: Option<Date>,
    pub support_reason: String,
    pub contact: Option<String>,
    pub last_unit_placed_on: Option<Date>,
    pub placings: Vec<Placing>,
}

impl Default for NewProduct {
    fn default() -> Self {
        Self {
            name: String::new(),
            identification: String::new(),
            description: String::new(),
            category: "default".into(),
            annex_entry: None,
            intended_purpose: String::new(),
            support_ends_on: None,
            support_reason: String::new(),
            contact: None,
            last_unit_placed_on: None,
            placings: Vec::new(),
        }
    }
}

impl Product {
    /// What was said about it, to change a part of it.
    pub fn facts(&self) -> NewProduct {
        NewProduct {
            name: self.name.clone(),
            identification: self.identification.clone(),
            description: self.description.clone(),
            category: self.category.clone(),
            annex_entry: self.annex_entry.clone(),
            intended_purpose: self.intended_purpose.clone(),
            support_ends_on: self.support_ends_on,
            support_reason: self.support_reason.clone(),
            contact: self.contact.clone(),
            last_unit_placed_on: self.last_unit_placed_on,
            placings: self.placings.clone(),
        }
    }
}

/// A model of a product that is sold under the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    pub id: VariantId,
    pub name: String,
    /// Art. 13(15), where it differs from the product's.
    pub identification: String,
}

/// Which products a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// In name, identification or description, without regard to case.
    pub search: Option<String>,
    pub category: Option<String>,
    pub state: State,
    /// From 1.
    pub page: u32,
}

/// Where products stand in our own lists; it says nothing about the market.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// All that are not archived.
    #[default]
    Current,
    /// Made by an upload and not looked at yet.
    Inbox,
    /// Shown on the trust page.
    Published,
    Archived,
    All,
}

impl State {
    pub const ALL: [Self; 5] = [
        Self::Current,
        Self::Inbox,
        Self::Published,
        Self::Archived,
        Self::All,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Inbox => "inbox",
            Self::Published => "published",
            Self::Archived => "archived",
            Self::All => "all",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Listed {
    pub products: Vec<Product>,
    /// How many the filter lets through.
    pub matching: i64,
    /// How many there are, archived ones included.
    pub total: i64,
    /// How many wait in the inbox.
    pub inbox: i64,
}
