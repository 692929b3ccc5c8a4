//! Fuzz targets for every reader and comparator, on stable and without a tool: a corpus of our own
//! making, damaged by a deterministic mutator. A normal test run is a smoke of some hundred
//! executions each; `FUZZ_ROUNDS=200000 cargo test -p bonafide-engine --test it fuzz` is the long
//! one, see `docs/recipes`. There is no guidance by coverage: the corpora carry the shapes.
//!
//! A panic is a finding, and so is a broken law (a canonical text that reads as another, an order
//! that is none).

mod corpus;
mod mutate;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};

use mutate::Mutator;

/// Executions of a target in a normal test run.
const SMOKE_ROUNDS: u64 = 150;

/// Longest input, in bytes: bounds have tests of their own in `hostile.rs`.
const INPUT_BYTES_MAX: usize = 16 * 1024;

fn rounds() -> u64 {
    let asked = std::env::var("FUZZ_ROUNDS").ok();
    asked
        .and_then(|text| text.parse().ok())
        .unwrap_or(SMOKE_ROUNDS)
}

fn seed() -> u64 {
    let asked = std::env::var("FUZZ_SEED").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(1)
}

/// Runs a target over its damaged corpus; stops at the first finding and shows its input.
#[track_caller]
fn run(name: &str, corpus: &[Vec<u8>], share: u64, target: impl Fn(&[u8])) {
    assert!(!corpus.is_empty(), "{name} has no corpus");
    let rounds = (rounds() / share).max(20);
    let mut mutator = Mutator::new(seed(), corpus);
    for input in corpus {
        attempt(name, input, &target);
    }
    for _ in 0..rounds {
        let input = mutator.next(INPUT_BYTES_MAX);
        attempt(name, &input, &target);
    }
    println!(
        "fuzz {name}: {} seeds, {rounds} executions, no finding",
        corpus.len()
    );
}

#[track_caller]
fn attempt(name: &str, input: &[u8], target: &impl Fn(&[u8])) {
    let outcome = catch_unwind(AssertUnwindSafe(|| target(input)));
    assert!(
        outcome.is_ok(),
        "{name}: finding for the input \"{}\"",
        input.escape_ascii()
    );
}
