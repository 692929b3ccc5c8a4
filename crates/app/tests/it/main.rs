//! The one integration binary of the program: stories on both databases, pages as people and
//! machines see them, and the tidy tests that keep the house in order.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

mod accounts;
mod disclosures;
mod evidence;
mod journal;
mod kit;
mod products;
mod releases;
mod store;
mod tidy;
mod trust_center;
