//! Bonafide, the program: rooms by the law's nouns, and the plumbing beneath them.
//!
//! ARCHITECTURE.md is the map. The order of [`ROOMS`] is law here: a room may use rooms above
//! it, never below, and only through their `mod.rs`; a test checks it.

#![forbid(unsafe_code)]

pub mod blobs;
pub mod caller;
pub mod cli;
pub mod config;
pub mod feeds;
pub mod ids;
pub mod jobs;
pub mod mail;
pub mod router;
pub mod store;
pub mod time;
pub mod trouble;
pub mod web;
pub mod worker;

pub mod accounts;
pub mod advisories;
pub mod cases;
pub mod clock;
pub mod disclosures;
pub mod evidence;
pub mod findings;
pub mod intake;
pub mod journal;
pub mod notices;
pub mod overview;
pub mod products;
pub mod releases;
pub mod sboms;
pub mod trust_center;

/// The rooms in order; each may use those before it.
pub const ROOMS: &[&str] = &[
    "clock",
    "journal",
    "accounts",
    "notices",
    "evidence",
    "products",
    "releases",
    "advisories",
    "sboms",
    "findings",
    "intake",
    "cases",
    "disclosures",
    "trust_center",
    "overview",
];

/// Every SQL statement of the program, by room; a test prepares them all on both databases.
pub const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("store", store::STATEMENTS),
    ("jobs", jobs::STATEMENTS),
    ("sboms", sboms::STATEMENTS),
    ("sboms-postings", sboms::POSTINGS_STATEMENTS),
    ("sboms/again", sboms::AGAIN_STATEMENTS),
    ("intake", intake::STATEMENTS),
    ("worker", worker::store::STATEMENTS),
    ("journal", journal::STATEMENTS),
    accounts::STATEMENTS[0],
    accounts::STATEMENTS[1],
    accounts::STATEMENTS[2],
    accounts::STATEMENTS[3],
    accounts::STATEMENTS[4],
    accounts::STATEMENTS[5],
    accounts::STATEMENTS[6],
    ("evidence", evidence::STATEMENTS),
    ("clock", clock::STATEMENTS),
    ("notices", notices::STATEMENTS),
    ("notices", notices::DELIVERY_STATEMENTS),
    ("products", products::STATEMENTS),
    ("releases", releases::STATEMENTS),
    ("disclosures", disclosures::STATEMENTS),
    ("cases-told", cases::TOLD_STATEMENTS),
    ("cases-watch", cases::WATCH_STATEMENTS),
    ("cases-case", cases::CASE_STATEMENTS),
    ("cases-deadline", cases::DEADLINE_STATEMENTS),
    ("cases-decision", cases::DECISION_STATEMENTS),
    ("cases-event", cases::EVENT_STATEMENTS),
    ("cases-joining", cases::JOINING_STATEMENTS),
    ("cases-sheet", cases::SHEET_STATEMENTS),
    ("cases-world", cases::WORLD_STATEMENTS),
    ("overview", overview::STATEMENTS),
    ("advisories", advisories::EXPLOITS_STATEMENTS),
    ("advisories", advisories::FEEDS_STATEMENTS),
    ("advisories", advisories::GROUPS_STATEMENTS),
    ("advisories", advisories::RECORDS_STATEMENTS),
    ("findings", findings::ASSESSMENTS_STATEMENTS),
    ("findings", findings::COMPONENT_STATEMENTS),
    ("findings", findings::LISTS_STATEMENTS),
    ("findings", findings::MATCHING_STATEMENTS),
    ("findings", findings::RELEASE_STATEMENTS),
    ("findings", findings::STANDING_STATEMENTS),
    ("findings", findings::VEX_STATEMENTS),
];
