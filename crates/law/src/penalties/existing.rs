//! Which provisions there are: a question about one the Regulation does not have is refused, so
//! that a slip in a number never gets an answer.

use super::provision::{Provision, ROMAN};
use crate::Refusal;
use crate::data::{self, Dataset};
use serde::Deserialize;
use std::sync::LazyLock;

/// What stands directly below a provision.
#[derive(Deserialize)]
struct Entry {
    provision: Provision,
    /// The last paragraph (`25`), point (`c`) or sub-point (`iii`); all before it are there too.
    #[serde(default)]
    last: Option<String>,
    /// Parts out of that order, as `5a` or `part-2`.
    #[serde(default)]
    also: Vec<String>,
    /// What stands below its parts is not in these data.
    #[serde(default)]
    below_not_held: bool,
}

static FILE: LazyLock<Dataset<Entry>> = LazyLock::new(|| data::embedded(data::PROVISIONS));

/// Refuses a provision that does not exist, and one deeper than the data reach.
pub fn require(provision: &Provision, last_article: u16) -> Result<(), Refusal> {
    let is_beyond = provision
        .article()
        .is_some_and(|number| number > last_article);
    if is_beyond {
        return Err(Refusal::new(
            "unknown-provision",
            format!(
                "Find out the provision: the Regulation has no Art. {provision}, its last article is {last_article}."
            ),
        ));
    }
    let mut at = provision.head();
    for depth in 0..provision.depth() {
        let part = provision.part(depth).expect("depth counts the parts");
        match FILE.entries.iter().find(|entry| entry.provision == at) {
            Some(entry) if has(entry, part) => {}
            Some(entry) => return Err(missing(provision, entry)),
            None => return deeper(provision, &at, depth),
        }
        at = at.below(part);
    }
    Ok(())
}

fn has(entry: &Entry, part: &str) -> bool {
    entry.also.iter().any(|also| also == part)
        || entry
            .last
            .as_deref()
            .is_some_and(|last| is_within(part, last))
}

/// Whether a part comes no later than the last one, counted in the way the last one is.
fn is_within(part: &str, last: &str) -> bool {
    let roman = |text: &str| ROMAN.iter().position(|&known| known == text);
    if let Ok(last) = last.parse::<u16>() {
        part.parse::<u16>()
            .is_ok_and(|number| (1..=last).contains(&number))
    } else if let Some(last) = roman(last) {
        roman(part).is_some_and(|number| number <= last)
    } else {
        part.len() == 1 && part.bytes().all(|b| b.is_ascii_lowercase()) && part <= last
    }
}

fn missing(provision: &Provision, entry: &Entry) -> Refusal {
    let above = entry.provision.in_words();
    let there = match (&entry.last, entry.also.is_empty()) {
        (Some(last), true) => format!("{above} ends with ({last})"),
        (Some(last), false) => format!(
            "{above} ends with ({last}) and has {}",
            entry.also.join(", ")
        ),
        (None, false) => format!("below {above} there are {}", entry.also.join(", ")),
        (None, true) => format!("{above} has no numbered parts"),
    };
    Refusal::new(
        "unknown-provision",
        format!("Find out the provision: the Regulation has no {provision}; {there}."),
    )
}

/// There is nothing below a leaf; below what the data do not hold there may be.
fn deeper(provision: &Provision, at: &Provision, depth: usize) -> Result<(), Refusal> {
    let head = provision.head();
    let known = FILE.entries.iter().find(|entry| entry.provision == head);
    let held = known.is_some_and(|entry| depth == 0 || !entry.below_not_held);
    let above = at.in_words();
    if held {
        return Err(Refusal::new(
            "unknown-provision",
            format!(
                "Find out the provision: the Regulation has no {provision}; {above} has no numbered parts."
            ),
        ));
    }
    Err(Refusal::new(
        "provision-too-deep",
        format!(
            "Find out what {above} says as a whole and ask about it: these data do not hold its parts, {provision} among them."
        ),
    ))
}
