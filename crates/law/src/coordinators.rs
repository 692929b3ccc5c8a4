//! To which CSIRT a notification goes (14(7)): the coordinator of the Member State of the main
//! establishment, or the first that applies in the order of the article.
//!
//! Reports go through ENISA's platform only; the contact address is for questions and outages. The
//! list ages: each entry says how sure its name is.

use crate::Refusal;
use crate::certainty::Certainty;
use crate::data::{self, DataError, Dataset, Provenance};
use crate::member_states::{self, MemberState};
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

words! {
    /// The facts that decide, in the order of 14(7).
    pub enum Basis {
        /// Where decisions on the cybersecurity of the products are predominantly taken.
        MainEstablishment = "main-establishment",
        /// The establishment with the most employees in the Union, if the first cannot be said.
        MostEmployees = "most-employees",
        /// The representative acting for the highest number of the manufacturer's products.
        Representative = "representative",
        /// The importer placing the highest number of them on the market.
        Importer = "importer",
        /// The distributor making the highest number of them available.
        Distributor = "distributor",
        /// The highest number of users.
        MostUsers = "most-users",
    }
}

words! {
    /// How sure the name and address of a coordinator are.
    pub enum Confidence {
        High = "high",
        /// Look at ENISA's page before relying on it.
        Medium = "medium",
    }
}

/// A CSIRT designated as coordinator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coordinator {
    pub member_state: MemberState,
    /// Name of the team.
    pub csirt: String,
    pub contact_url: String,
    pub confidence: Confidence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub citation: String,
    pub certainty: Certainty,
}

/// Country codes as far as they are known; ISO 3166-1 alpha-2, any case, inside or outside the Union.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub main_establishment: Option<String>,
    pub most_employees: Option<String>,
    pub representative: Option<String>,
    pub importer: Option<String>,
    pub distributor: Option<String>,
    pub most_users: Option<String>,
}

/// The coordinator and why it is this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub member_state: MemberState,
    pub csirt: String,
    pub contact_url: String,
    pub basis: Basis,
    pub citation: String,
    /// Of the whole answer: the rule is verified, the entry may not be.
    pub certainty: Certainty,
    pub confidence: Confidence,
    /// IANA zone in which this coordinator's days and months are counted.
    pub zone: &'static str,
    pub as_of: jiff::civil::Date,
    pub notes: Vec<String>,
}

/// The list of coordinators, embedded or replaced by the operator.
#[derive(Clone, Debug)]
pub struct Directory {
    file: Dataset<Coordinator>,
}

static CURRENT: LazyLock<Directory> = LazyLock::new(|| Directory {
    file: data::embedded(data::COORDINATORS),
});

impl Directory {
    /// The list inside the program.
    pub fn current() -> &'static Directory {
        &CURRENT
    }

    /// Reads a list of the same shape; every Member State must stand in it exactly once.
    pub fn parse(json: &str) -> Result<Directory, DataError> {
        let mut file: Dataset<Coordinator> = data::replaced(json)?;
        file.entries.sort_by_key(|entry| entry.member_state);
        let states: Vec<MemberState> = file
            .entries
            .iter()
            .map(|entry| entry.member_state)
            .collect();
        if states != member_states::list() {
            return Err(DataError::Content(
                "the list of coordinators must name every Member State exactly once".to_owned(),
            ));
        }
        Ok(Directory { file })
    }

    pub fn provenance(&self) -> &Provenance {
        &self.file.provenance
    }

    /// Sorted by Member State.
    pub fn list(&self) -> &[Coordinator] {
        &self.file.entries
    }

    /// By code as [`MemberState::parse`] reads it.
    pub fn by_member_state(&self, code: &str) -> Option<&Coordinator> {
        let state = MemberState::parse(code)?;
        self.file
            .entries
            .iter()
            .find(|entry| entry.member_state == state)
    }

    /// The coordinator for these facts; refuses when none of them lies in the Union.
    pub fn coordinator_for(&self, facts: &Facts) -> Result<Answer, Refusal> {
        let mut notes = Vec::new();
        for (&basis, code) in Basis::ALL.iter().zip(facts.in_order()) {
            let Some(code) = code else { continue };
            require_code(code)?;
            let Some(entry) = self.by_member_state(code) else {
                notes.push(skipped(basis, code));
                continue;
            };
            notes.extend(notes_on(basis, entry));
            return Ok(Answer {
                member_state: entry.member_state,
                csirt: entry.csirt.clone(),
                contact_url: entry.contact_url.clone(),
                basis,
                citation: citation_of(basis).to_owned(),
                certainty: Certainty::Verified.and(entry.certainty),
                confidence: entry.confidence,
                zone: entry.member_state.zone(),
                as_of: self.file.provenance.as_of,
                notes,
            });
        }
        Err(Refusal::new(
            "no-member-state",
            "Find out a Member State of the Union for at least one of these: main establishment, \
             most employees, authorised representative, importer, distributor, most users.",
        ))
    }
}

/// The coordinator for these facts, by the list inside the program.
pub fn coordinator_for(facts: &Facts) -> Result<Answer, Refusal> {
    CURRENT.coordinator_for(facts)
}

/// The list inside the program, sorted by Member State.
pub fn list() -> &'static [Coordinator] {
    CURRENT.list()
}

pub fn by_member_state(code: &str) -> Option<&'static Coordinator> {
    CURRENT.by_member_state(code)
}

impl Facts {
    fn in_order(&self) -> [Option<&str>; 6] {
        [
            self.main_establishment.as_deref(),
            self.most_employees.as_deref(),
            self.representative.as_deref(),
            self.importer.as_deref(),
            self.distributor.as_deref(),
            self.most_users.as_deref(),
        ]
    }
}

/// A code of another shape is a slip of the pen, and skipping it could choose a wrong coordinator.
fn require_code(code: &str) -> Result<(), Refusal> {
    let code = code.trim();
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(());
    }
    let shown: String = code.chars().take(40).collect();
    Err(Refusal::new(
        "not-a-country-code",
        format!("Find out the two-letter country code (ISO 3166-1 alpha-2): {shown:?} is none."),
    ))
}

fn citation_of(basis: Basis) -> &'static str {
    match basis {
        Basis::MainEstablishment | Basis::MostEmployees => "Art. 14(7)",
        Basis::Representative => "Art. 14(7)(a)",
        Basis::Importer => "Art. 14(7)(b)",
        Basis::Distributor => "Art. 14(7)(c)",
        Basis::MostUsers => "Art. 14(7)(d)",
    }
}

fn skipped(basis: Basis, code: &str) -> String {
    let code = code.trim().to_ascii_uppercase();
    if matches!(code.as_str(), "IS" | "LI" | "NO") {
        return format!(
            "{basis}: {code} belongs to the EEA but not to the Union, stands on no list of coordinators, and was skipped."
        );
    }
    format!("{basis}: {code} is not a Member State of the Union and was skipped.")
}

fn notes_on(basis: Basis, entry: &Coordinator) -> Vec<String> {
    let mut notes = Vec::new();
    if basis == Basis::MostEmployees {
        notes.push(
            "The most employees decide only where it cannot be said in which Member State the \
             decisions on the cybersecurity of the products are predominantly taken."
                .to_owned(),
        );
    }
    if basis == Basis::MostUsers {
        notes.push(
            "Chosen by users: later notifications may go to the same CSIRT as the first one."
                .to_owned(),
        );
    }
    notes.extend(entry.note.clone());
    if entry.confidence == Confidence::Medium {
        notes.push(
            "Medium confidence: look at ENISA's list before relying on this name.".to_owned(),
        );
    }
    notes.push(
        "A wrong coordinator can make a notification invalid (ENISA, SRP FAQ 18, guidance)."
            .to_owned(),
    );
    notes
}
