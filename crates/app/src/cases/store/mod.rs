//! All SQL of this room; nothing legal is decided here.

pub mod case;
pub mod deadline;
pub mod decision;
pub mod event;
pub mod joining;
pub mod sheet;
pub mod told;
pub mod watch;
pub mod world;

pub use case::STATEMENTS as CASE_STATEMENTS;
pub use deadline::STATEMENTS as DEADLINE_STATEMENTS;
pub use decision::STATEMENTS as DECISION_STATEMENTS;
pub use event::STATEMENTS as EVENT_STATEMENTS;
pub use joining::STATEMENTS as JOINING_STATEMENTS;
pub use sheet::STATEMENTS as SHEET_STATEMENTS;
pub use told::STATEMENTS as TOLD_STATEMENTS;
pub use watch::STATEMENTS as WATCH_STATEMENTS;
pub use world::STATEMENTS as WORLD_STATEMENTS;

use crate::trouble::Trouble;

/// A JSON column of our own, read back.
fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    serde_json::from_str(text)
        .map_err(|e| Trouble::Failure(anyhow::anyhow!("a JSON column cannot be read: {e}")))
}

/// A value for a JSON column.
fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Trouble> {
    serde_json::to_string(value).map_err(|e| Trouble::Failure(e.into()))
}

/// Codes separated by commas.
fn split(text: &str) -> Vec<String> {
    text.split(',')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
