//! Who becomes a manufacturer: importers and distributors by Art. 21, anyone else by Art. 22, or by
//! the definition of 3(13) when it sells under its own name.

use crate::certainty::Certainty;
use crate::data::{self, Dataset};
use crate::timeline::Milestone;
use crate::words::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

words! {
    pub enum Actor {
        Importer = "importer",
        Distributor = "distributor",
        /// Neither of them, nor the product's manufacturer.
        Other = "other",
    }
}

words! {
    /// For how much of the product the new manufacturer answers.
    pub enum Scope {
        WholeProduct = "whole-product",
        AffectedPart = "affected-part",
    }
}

/// What the actor does with the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    pub actor: Actor,
    /// Markets it under its own name or trade mark.
    pub own_brand: bool,
    /// Carries out a substantial modification (3(30)).
    pub substantial_modification: bool,
    /// Makes the product available on the market afterwards.
    pub makes_available: bool,
    /// The modification affects the cybersecurity of the product as a whole.
    pub whole_product_affected: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub becomes_manufacturer: bool,
    pub scope: Option<Scope>,
    pub citation: String,
    pub certainty: Certainty,
    pub applies_from: Date,
    pub notes: Vec<String>,
}

#[derive(Deserialize)]
struct Rule {
    id: String,
    citation: String,
    certainty: Certainty,
    applies: Milestone,
    text: String,
}

static FILE: LazyLock<Dataset<Rule>> = LazyLock::new(|| data::embedded(data::ROLES));

pub fn role_of(question: &Question) -> Answer {
    match question.actor {
        Actor::Importer | Actor::Distributor => importer_or_distributor(question),
        Actor::Other if question.own_brand => {
            answer("definition-3-13", Some(Scope::WholeProduct), Vec::new())
        }
        Actor::Other => other(question),
    }
}

fn importer_or_distributor(question: &Question) -> Answer {
    let becomes = question.own_brand || question.substantial_modification;
    let mut notes = Vec::new();
    if question.own_brand {
        let before = rule("own-brand-before-21");
        notes.push(format!(
            "{} ({}, {})",
            before.text, before.citation, before.certainty
        ));
    }
    if !becomes {
        notes.push(
            "It keeps its own duties: an importer those of Art. 19, a distributor those of Art. 20."
                .to_owned(),
        );
    }
    answer("article-21", becomes.then_some(Scope::WholeProduct), notes)
}

fn other(question: &Question) -> Answer {
    let becomes = question.substantial_modification && question.makes_available;
    let scope = becomes.then_some(if question.whole_product_affected {
        Scope::WholeProduct
    } else {
        Scope::AffectedPart
    });
    let mut notes = Vec::new();
    if question.substantial_modification && !question.makes_available {
        notes.push(
            "Art. 22 asks for both: the substantial modification, and making the product available afterwards."
                .to_owned(),
        );
    }
    if becomes {
        notes.push(
            "The original manufacturer stays bound for the unchanged parts (Commission guidance C(2026) 5252 §119 to 120, guidance)."
                .to_owned(),
        );
    }
    answer("article-22", scope, notes)
}

fn answer(id: &str, scope: Option<Scope>, mut notes: Vec<String>) -> Answer {
    let rule = rule(id);
    notes.insert(0, rule.text.clone());
    Answer {
        becomes_manufacturer: scope.is_some(),
        scope,
        citation: rule.citation.clone(),
        certainty: rule.certainty,
        applies_from: rule.applies.on(),
        notes,
    }
}

fn rule(id: &str) -> &'static Rule {
    FILE.entries
        .iter()
        .find(|rule| rule.id == id)
        .expect("a test finds every rule in roles.json")
}
