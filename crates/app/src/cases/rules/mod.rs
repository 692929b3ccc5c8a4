//! Decisions of this room as pure functions; `now` is an argument.

pub mod awareness;
pub mod filing;
pub mod holidays;
pub mod informing;
pub mod marks;
pub mod prefill;
pub mod sheet;
pub mod stale;
pub mod versions;
pub mod wording;
