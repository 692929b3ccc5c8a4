//! One SBOM against advisories that the caller brings: the report of `bonafide match`, without a
//! server or a database.
//!
//! One finding per flaw and component, over all records that are aliases of each other. What
//! cannot be decided is *possible* and stands among the unknown, with its reason; it is never a
//! finding and never left out. The same input gives the same bytes.

mod answer;
mod catalogue;
mod components;
mod coverage;
mod explain;
mod flaws;
mod judge;
mod report;
mod suppress;

pub use answer::{Answer, Explained, RecordAnswer};
pub use catalogue::{Catalogue, Feed, Record, RecordFacts};
pub use components::{Item, Variant, distinct, wanted};
pub use explain::explain;
pub use flaws::Flaws;
pub use judge::scan;
pub use report::{
    Disagreement, Epss, Exploited, Finding, MatchedBy, Possible, Report, Suppressed,
    UnknownComponent, World,
};
pub use suppress::{Subject, Vex, suppress};
