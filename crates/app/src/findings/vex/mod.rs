//! VEX of a release: what the organisation says of the flaws in it, as a document for customers
//! and authorities (Annex I Part II (4)).
//!
//! What nobody has judged is not stated, neither for good nor for ill; how many findings that
//! leaves open is said beside every document.

mod out;
mod store;

pub use out::{Outgoing, outgoing};
pub use store::STATEMENTS;

use bonafide_engine::vex::Format;

/// The formats in the order in which they are offered.
pub const FORMATS: [Format; 3] = [Format::OpenVex, Format::CycloneDx, Format::Csaf];

/// A format by the name it has in addresses.
pub fn format(name: &str) -> Option<Format> {
    FORMATS.into_iter().find(|format| format.as_str() == name)
}
