//! The one integration binary of the program: stories on both databases, pages as people and
//! machines see them, and the tidy tests that keep the house in order.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

mod accounts;
mod blobs;
mod cases;
mod cli;
mod clock;
mod clock_bar;
mod config;
mod disclosures;
mod door;
mod egress;
mod evidence;
mod findings;
mod home;
mod intake;
mod journal;
mod kept;
mod kit;
mod listen;
mod mail;
mod notices;
mod overview;
mod postings;
mod products;
mod races;
mod releases;
mod sboms;
mod store;
mod store_races;
mod tidy;
mod troubles;
mod trust_center;
mod walk;
mod when;
mod worker;
