//! Which conformity assessment procedures suffice on their own (32, with 8 and 27), given the
//! category and today's state of harmonised standards and certification schemes.
//!
//! Whether a standard is cited or a scheme designated is data that ages, never a constant.

use crate::categories::{self, Category};
use crate::certainty::Certainty;
use crate::data::{self, DataError, Dataset, Provenance};
use crate::timeline::Milestone;
use crate::words::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::LazyLock;

words! {
    /// Procedures of Annex VIII and Art. 32.
    pub enum Route {
        /// Internal control.
        ModuleA = "module-a",
        /// EU-type examination with conformity to type.
        ModuleBC = "module-b-c",
        /// Full quality assurance.
        ModuleH = "module-h",
        /// A European cybersecurity certification scheme.
        CertificationScheme = "certification-scheme",
    }
}

words! {
    /// How far a cited harmonised standard (or common specification, or scheme) is applied.
    pub enum HarmonisedStandard {
        Full = "full",
        Partial = "partial",
        None = "none",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    pub category: Category,
    /// `None`: today's data on cited standards decide.
    pub harmonised_standard: Option<HarmonisedStandard>,
    /// Open-source software whose technical documentation is public at placing (32(5)).
    pub open_source_with_public_documentation: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// In the order of [`Route`].
    pub routes: BTreeSet<Route>,
    pub notes: Vec<String>,
    pub citation: String,
    pub certainty: Certainty,
    pub applies_from: Date,
    /// The day of the data on standards, schemes and notified bodies.
    pub state_as_of: Date,
}

/// A standard or common specification with a reference in the Official Journal, a designated
/// scheme, or an act that makes certification mandatory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub reference: String,
    /// Ids of [`crate::categories`] it covers; empty means all products.
    #[serde(default)]
    pub categories: Vec<String>,
    pub citation: String,
    pub certainty: Certainty,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotifiedBodies {
    pub count: u32,
    pub as_of: Date,
    pub certainty: Certainty,
}

/// What exists today; an operator may replace it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardsState {
    #[serde(flatten)]
    pub provenance: Provenance,
    pub citation: String,
    pub certainty: Certainty,
    pub notified_bodies: NotifiedBodies,
    /// Cited in the Official Journal under this Regulation (27(1)).
    pub cited_harmonised_standards: Vec<Reference>,
    /// Adopted under 27(2).
    pub common_specifications: Vec<Reference>,
    /// Schemes an act under 27(9) lets stand for conformity.
    pub designated_schemes: Vec<Reference>,
    /// Acts under 8(1).
    pub mandatory_certification_acts: Vec<Reference>,
}

/// A procedure in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    pub id: Route,
    pub name_en: String,
    pub name_de: String,
    pub examined_by: String,
    pub citation: String,
    pub certainty: Certainty,
}

static STATE: LazyLock<StandardsState> = LazyLock::new(|| data::embedded(data::STANDARDS_STATE));
static FILE: LazyLock<File> = LazyLock::new(|| data::embedded(data::ROUTES));

impl StandardsState {
    /// The state inside the program.
    pub fn current() -> &'static StandardsState {
        &STATE
    }

    /// Reads a newer state of the same shape; category ids must be known.
    pub fn parse(json: &str) -> Result<StandardsState, DataError> {
        let state: StandardsState = data::replaced(json)?;
        for reference in state.references() {
            if let Some(id) = reference
                .categories
                .iter()
                .find(|id| categories::by_id(id).is_none())
            {
                return Err(DataError::Content(format!(
                    "{id:?} is no category of Annex III or IV"
                )));
            }
        }
        Ok(state)
    }

    fn references(&self) -> impl Iterator<Item = &Reference> {
        self.cited_harmonised_standards
            .iter()
            .chain(&self.common_specifications)
            .chain(&self.designated_schemes)
            .chain(&self.mandatory_certification_acts)
    }
}

/// The procedures that suffice alone, by the state inside the program.
pub fn routes_for(question: &Question) -> Answer {
    routes_in(&STATE, question)
}

/// The procedures that suffice alone, in a given state.
pub fn routes_in(state: &StandardsState, question: &Question) -> Answer {
    let row = row_for(question);
    let mut routes = row.routes.clone();
    let mut notes = Vec::new();
    standard_notes(state, question, &mut notes);
    open_source_notes(question, &mut notes);
    scheme_notes(state, question, row, &mut routes, &mut notes);
    body_notes(state, &routes, &mut notes);
    let applies_from = Milestone::GeneralApplication.on();
    notes.push(format!(
        "The duty to assess conformity applies from {applies_from} (Art. 71(2))."
    ));
    Answer {
        routes,
        notes,
        citation: row.citation.clone(),
        certainty: row.certainty.and(state.certainty),
        applies_from,
        state_as_of: state.provenance.as_of,
    }
}

/// The procedures in words, in the order of [`Route`].
pub fn procedures() -> &'static [Procedure] {
    &FILE.procedures
}

#[derive(Deserialize)]
struct File {
    #[serde(flatten)]
    dataset: Dataset<Row>,
    procedures: Vec<Procedure>,
}

#[derive(Deserialize)]
struct Row {
    category: Category,
    when: Case,
    routes: BTreeSet<Route>,
    citation: String,
    certainty: Certainty,
    /// What lets a certification scheme suffice, once one is designated.
    scheme_citation: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Case {
    Any,
    OpenSource,
    StandardInFull,
    Otherwise,
}

fn row_for(question: &Question) -> &'static Row {
    let find = |case: Case| {
        FILE.dataset
            .entries
            .iter()
            .find(move |row| row.category == question.category && row.when == case)
    };
    let open_source = question
        .open_source_with_public_documentation
        .then(|| find(Case::OpenSource))
        .flatten();
    let in_full = question.harmonised_standard == Some(HarmonisedStandard::Full);
    let by_standard = find(if in_full {
        Case::StandardInFull
    } else {
        Case::Otherwise
    });
    open_source
        .or(by_standard)
        .or_else(|| find(Case::Any))
        .expect("a test asks every combination of category, standard and open source")
}

fn standard_notes(state: &StandardsState, question: &Question, notes: &mut Vec<String>) {
    if question.category != Category::ImportantClass1 {
        if question.harmonised_standard.is_some() {
            notes.push(format!(
                "For {} a harmonised standard gives presumption of conformity (27(1)) but does not change the procedures.",
                question.category
            ));
        }
        return;
    }
    let as_of = state.provenance.as_of;
    let none_cited =
        state.cited_harmonised_standards.is_empty() && state.common_specifications.is_empty();
    // By 32(5) module A suffices without any standard; a note to the contrary would mislead.
    if question.open_source_with_public_documentation
        && question.harmonised_standard != Some(HarmonisedStandard::Partial)
    {
        return;
    }
    match question.harmonised_standard {
        None if none_cited => notes.push(format!(
            "No harmonised standard was cited and no common specification adopted under this Regulation on {as_of} ({}): module A does not suffice for class I.",
            state.certainty
        )),
        None => notes.push(format!(
            "References exist on {as_of}; say whether one is applied in full. Until then module A is not assumed to suffice."
        )),
        Some(HarmonisedStandard::Full) if none_cited => notes.push(format!(
            "You say that a cited standard is applied in full, but none was cited on {as_of} ({}): name its reference in the Official Journal before relying on module A.",
            state.certainty
        )),
        Some(HarmonisedStandard::Partial) => notes.push(
            "Module A stays usable for the requirements the standard covers; the others go to modules B and C or to module H (32(2))."
                .to_owned(),
        ),
        Some(HarmonisedStandard::Full | HarmonisedStandard::None) => {}
    }
}

fn open_source_notes(question: &Question, notes: &mut Vec<String>) {
    if !question.open_source_with_public_documentation {
        return;
    }
    notes.push(match question.category {
        Category::ImportantClass1 | Category::ImportantClass2 => {
            "Art. 32(5): the technical documentation must be public when the product is placed on the market; that includes the SBOM inside it."
        }
        Category::Critical => "Art. 32(5) does not reach the products of Annex IV.",
        Category::Default => "Art. 32(5) is not needed here: module A is open to every product of this category.",
    }
    .to_owned());
}

/// Adds the scheme where one is designated; where an act makes it mandatory for all of Annex IV,
/// nothing else is left.
fn scheme_notes(
    state: &StandardsState,
    question: &Question,
    row: &Row,
    routes: &mut BTreeSet<Route>,
    notes: &mut Vec<String>,
) {
    let of_category = |reference: &&Reference| covers(reference, question.category);
    let mandatory: Vec<&Reference> = match question.category {
        Category::Critical => state
            .mandatory_certification_acts
            .iter()
            .filter(of_category)
            .collect(),
        _ => Vec::new(),
    };
    let designated: Vec<&Reference> = state
        .designated_schemes
        .iter()
        .filter(of_category)
        .collect();
    if designated.is_empty() && mandatory.is_empty() {
        notes.push(format!(
            "No certification scheme is designated under this Regulation on {} ({}); once one is, {} opens that way.",
            state.provenance.as_of, state.certainty, row.scheme_citation
        ));
        return;
    }
    routes.insert(Route::CertificationScheme);
    for scheme in &designated {
        notes.push(format!("Designated scheme: {}.", named(scheme)));
    }
    for act in &mandatory {
        notes.push(format!(
            "Certification is mandatory for what this act names: {}.",
            named(act)
        ));
    }
    let all_critical = categories::list()
        .iter()
        .filter(|entry| entry.category == Category::Critical)
        .all(|entry| {
            mandatory
                .iter()
                .any(|act| act.categories.is_empty() || act.categories.contains(&entry.id))
        });
    if !mandatory.is_empty() && all_critical {
        *routes = BTreeSet::from([Route::CertificationScheme]);
    }
}

fn body_notes(state: &StandardsState, routes: &BTreeSet<Route>, notes: &mut Vec<String>) {
    let needs_body = routes.contains(&Route::ModuleBC) || routes.contains(&Route::ModuleH);
    let bodies = &state.notified_bodies;
    if needs_body && bodies.count == 0 {
        notes.push(format!(
            "No body was notified under this Regulation on {} ({}): modules B and C, and module H, cannot be walked until one is.",
            bodies.as_of, bodies.certainty
        ));
    }
}

fn covers(reference: &Reference, category: Category) -> bool {
    reference.categories.is_empty()
        || reference
            .categories
            .iter()
            .any(|id| categories::by_id(id).is_some_and(|entry| entry.category == category))
}

fn named(reference: &Reference) -> String {
    if reference.categories.is_empty() {
        return format!("{} ({})", reference.reference, reference.citation);
    }
    format!(
        "{} ({}; {})",
        reference.reference,
        reference.citation,
        reference.categories.join(", ")
    )
}
