//! The one integration binary of the program: stories on both databases, pages as people and
//! machines see them, and the tidy tests that keep the house in order.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

mod accounts;
mod cases;
mod clock;
mod config;
mod disclosures;
mod door;
mod egress;
mod evidence;
mod findings;
mod intake;
mod journal;
mod kit;
mod mail;
mod notices;
mod overview;
mod products;
mod releases;
mod sboms;
mod store;
mod tidy;
mod troubles;
mod trust_center;
mod walk;
mod worker;
