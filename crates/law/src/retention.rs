//! How long documents and updates must be kept (13(9), 13(13), 13(18)): ten calendar years or the
//! support period, whichever ends later.

use crate::Refusal;
use crate::certainty::Certainty;
use crate::data::{self, Dataset};
use crate::support;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Placing is judged per unit: for a series, the day of the last unit.
    pub placed_on: Date,
    pub support_ends_on: Date,
    /// A security update whose availability is asked about.
    pub update_issued_on: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub technical_documentation_until: Until,
    pub declaration_until: Until,
    pub user_information_until: Until,
    pub update_available_until: Until,
    pub notes: Vec<String>,
}

/// The last day on which it must still be there; `None` where nothing is owed or asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Until {
    pub until: Option<Date>,
    pub citation: String,
    pub certainty: Certainty,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One rule of retention, also those of other operators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// For example `technical-documentation`.
    pub record: String,
    pub years: i64,
    /// `placed-on`, `issued-on` or `each-supply`.
    pub counted_from: String,
    pub or_support_end_if_later: bool,
    pub citation: String,
    pub certainty: Certainty,
    pub what: String,
}

static FILE: LazyLock<Dataset<Rule>> = LazyLock::new(|| data::embedded(data::RETENTION));

/// All rules, those of importers, representatives and supply chains included.
pub fn rules() -> &'static [Rule] {
    &FILE.entries
}

pub fn retention_of(question: &Question) -> Result<Answer, Refusal> {
    let documents = |record| until(rule(record), question.placed_on, question.support_ends_on);
    Ok(Answer {
        technical_documentation_until: documents("technical-documentation")?,
        declaration_until: documents("declaration")?,
        user_information_until: documents("user-information")?,
        update_available_until: update_until(question)?,
        notes: notes_on(question)?,
    })
}

fn update_until(question: &Question) -> Result<Until, Refusal> {
    let rule = rule("update-available");
    let none = |note: &str| Until {
        until: None,
        citation: rule.citation.clone(),
        certainty: rule.certainty,
        note: Some(note.to_owned()),
    };
    match question.update_issued_on {
        None => Ok(none("No update was named.")),
        Some(issued_on) if issued_on > question.support_ends_on => Ok(none(
            "The duty covers updates made available during the support period; this one came after it.",
        )),
        Some(issued_on) => until(rule, issued_on, question.support_ends_on),
    }
}

fn until(rule: &Rule, counted_from: Date, support_ends_on: Date) -> Result<Until, Refusal> {
    let years_end = years_after(counted_from, rule.years)?;
    let end = if rule.or_support_end_if_later {
        years_end.max(support_ends_on)
    } else {
        years_end
    };
    Ok(Until {
        until: Some(end),
        citation: rule.citation.clone(),
        certainty: rule.certainty,
        note: None,
    })
}

fn notes_on(question: &Question) -> Result<Vec<String>, Refusal> {
    let mut notes = Vec::new();
    if question.support_ends_on < question.placed_on {
        notes.push(
            "Support ends before this unit is placed on the market: new units need a support \
             period counted for them (FAQ 4.5.3, guidance)."
                .to_owned(),
        );
    } else if question.support_ends_on < support::floor(question.placed_on)? {
        notes.push(format!(
            "The support period is shorter than the floor of {}; that needs an expected use that is shorter ({}).",
            support::minimum(),
            support::citation(),
        ));
    }
    notes.push(
        "Placing is judged per unit: for a series, ask with the day of the last unit (interpretation)."
            .to_owned(),
    );
    Ok(notes)
}

/// The same day so many years later; 29 February becomes 28 February where the year has none.
pub(crate) fn years_after(day: Date, years: i64) -> Result<Date, Refusal> {
    day.checked_add(years.years()).map_err(|_| {
        Refusal::new(
            "date-out-of-range",
            format!("Find out the real date: {day} lies too near the end of the calendar to count {years} years from."),
        )
    })
}

fn rule(record: &str) -> &'static Rule {
    FILE.entries
        .iter()
        .find(|rule| rule.record == record)
        .expect("a test finds every record in retention.json")
}
