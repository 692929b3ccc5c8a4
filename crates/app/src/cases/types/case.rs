//! A case as pages, programs and other rooms see it: plain data.

use super::{Affected, Decision, Event, Informing, Submission, World, filed};
use crate::cases::rules::stale::{Stale, Unknown, stale, unknown};
use crate::cases::words::{Answered, CaseState, DeadlineState, SeverityTest};
use crate::ids::{CaseId, DeadlineId, DecisionId, ProductId, WatchItemId};
use bonafide_law::certainty::Certainty;
use bonafide_law::deadlines::{Kind, Stage, Trigger};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A case.
#[derive(Debug, Clone)]
pub struct Case {
    pub id: CaseId,
    pub kind: Kind,
    pub title: String,
    pub vulnerability_id: Option<i64>,
    pub vulnerability: Option<String>,
    pub watch_item: WatchItemId,
    pub decision: DecisionId,
    pub state: CaseState,
    pub member_states: Vec<String>,
    pub suspected: Option<Answered>,
    pub severity_test: Option<SeverityTest>,
    pub occurred_at: Option<Timestamp>,
    /// Member State of the coordinator; none as long as nobody could say.
    pub coordinator: Option<String>,
    pub coordinator_basis: Option<String>,
    pub coordinator_by: String,
    pub zone: String,
    pub zone_assumed: bool,
    pub opened_at: Timestamp,
    pub opened_by: String,
    pub closed_at: Option<Timestamp>,
    pub close_reason: Option<String>,
}

/// One recorded value of an anchor.
#[derive(Debug, Clone)]
pub struct AnchorValue {
    pub number: i64,
    pub anchor: Trigger,
    pub at: Option<Timestamp>,
    pub reason: String,
    pub recorded_by: String,
    pub recorded_at: Timestamp,
}

/// A stage's deadline.
#[derive(Debug, Clone)]
pub struct Deadline {
    pub id: DeadlineId,
    pub stage: Stage,
    pub generation: i64,
    pub trigger: Trigger,
    pub anchor_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub legal_latest_at: Option<Timestamp>,
    pub literal_due_at: Option<Timestamp>,
    pub citation: String,
    pub certainty: Certainty,
    pub legal_latest_certainty: Certainty,
    pub zone: String,
    pub notes: Vec<String>,
    pub state: DeadlineState,
    pub met_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// A placing on the market, with the product it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub product: ProductId,
    pub member_state: String,
    pub placed_on: Option<Date>,
}

/// What a sheet needs to know of a product.
#[derive(Debug, Clone)]
pub struct AffectedProduct {
    pub id: ProductId,
    pub name: String,
    pub category: String,
    pub annex_entry: Option<String>,
    pub support_ends_on: Option<Date>,
    /// Every release of it that is or was on the market: version, affected or not.
    pub versions: Vec<(String, bool)>,
}

/// Everything the case page shows.
#[derive(Debug, Clone)]
pub struct CaseView {
    pub case: Case,
    pub first_signal_at: Timestamp,
    pub decision: Decision,
    pub anchors: Vec<AnchorValue>,
    /// The deadlines in force, in the order of the stages.
    pub deadlines: Vec<Deadline>,
    /// Those derived before, oldest first.
    pub superseded: Vec<Deadline>,
    pub affected: Vec<Affected>,
    /// Releases that contain it and are not in the case yet.
    pub missing: Vec<Affected>,
    pub placed: Vec<Placed>,
    pub submissions: Vec<Submission>,
    /// That users were informed (14(8)), oldest first.
    pub informed: Vec<Informing>,
    /// The public holidays given for the coordinator's Member State; empty when none were.
    pub holidays: BTreeSet<Date>,
    pub events: Vec<Event>,
    pub world: Option<World>,
}

impl CaseView {
    /// The value in force of an anchor.
    pub fn anchor(&self, anchor: Trigger) -> Option<Timestamp> {
        self.anchors
            .iter()
            .rev()
            .find(|value| value.anchor == anchor)
            .and_then(|value| value.at)
    }

    /// T0.
    pub fn aware_at(&self) -> Timestamp {
        self.anchor(Trigger::AwareAt).unwrap_or(self.case.opened_at)
    }

    /// The Member States of the placings and those a person named, sorted.
    pub fn member_states(&self) -> Vec<String> {
        let mut states: Vec<String> = self
            .placed
            .iter()
            .map(|placed| placed.member_state.clone())
            .chain(self.case.member_states.iter().cloned())
            .collect();
        states.sort();
        states.dedup();
        states
    }

    /// The filed reports that give another instant than stands.
    pub fn outdated(&self) -> Vec<Stale> {
        stale(&self.submissions, |anchor| self.anchor(anchor))
    }

    /// The filed reports of which nothing says what instant they gave, where it was corrected.
    pub fn unknown(&self) -> Vec<Unknown> {
        unknown(&self.submissions, &self.anchors)
    }

    /// The record that counts for a stage.
    pub fn filed(&self, stage: Stage) -> Option<&Submission> {
        filed(&self.submissions, stage)
    }
}

/// The public holidays of a Member State, as the organisation gave them.
#[derive(Debug, Clone)]
pub struct Holidays {
    pub member_state: String,
    pub days: BTreeSet<Date>,
    pub changed_by: String,
    pub changed_at: Timestamp,
}

/// A Member State's public holidays as a person gives them.
#[derive(Debug, Clone)]
pub struct NewHolidays {
    pub member_state: String,
    pub days: BTreeSet<Date>,
    /// The list is to be removed, whatever the days: an empty list alone is a slip.
    pub remove: bool,
    /// When the list that the person saw was changed; none: they saw none.
    pub seen: Option<Timestamp>,
}
