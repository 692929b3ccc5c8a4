//! All SQL on world knowledge: packages, advisories, groups of ids, exploitation, feeds.

pub mod exploits;
pub mod feeds;
pub mod groups;
pub mod records;
