//! Judging without a server or a database: what the paths of a command line hold, and the
//! engine's answer over it. `match`, `explain`, `gate` and `feeds index` stand on this.
//!
//! A record that cannot be read is named on stderr and counted in its feed; it ends nothing. That
//! nothing could be read is never "nothing found".

mod document;
mod found;
mod gather;
pub mod index;
mod lockfile;
mod pool;
mod vex;
mod world;

pub use document::{Judged, read as read_document, read_bytes};
pub use gather::{Gathered, Query, gather, index};
pub use vex::read_all as read_vex;

use super::say::{shown, tell};

/// Records that are named on stderr one by one; the rest is counted.
const NAMED_MAX: u64 = 50;

/// What went wrong with single records, told as it comes.
#[derive(Default)]
pub struct Troubles {
    count: u64,
}

impl Troubles {
    /// Names one.
    pub fn add(&mut self, source: &str, name: &str, what: &str) {
        self.count += 1;
        if self.count <= NAMED_MAX {
            tell!("{}: {}: {}", shown(source), shown(name), shown(what));
        }
    }

    /// Counts those that were not named.
    pub fn end(self) {
        if self.count > NAMED_MAX {
            tell!(
                "and {} more records could not be read",
                self.count - NAMED_MAX
            );
        }
    }
}
