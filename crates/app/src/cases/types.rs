//! What this room hands to pages, programs and other rooms: plain data.

use super::words::{
    Answered, Because, CaseState, DeadlineState, ExploitedBy, FilingKind, Outcome, SeverityTest,
    WatchState,
};
use crate::ids::{
    CaseId, DeadlineId, DecisionId, EvidenceId, ProductId, ReleaseId, SignalId, SubmissionId,
    WatchItemId,
};
use bonafide_law::certainty::Certainty;
use bonafide_law::deadlines::{Kind, Stage, Trigger};
use bonafide_law::form::Values;
use jiff::Timestamp;
use jiff::civil::Date;

/// A known-exploited flaw, or another suspicion, that a person must decide about.
#[derive(Debug, Clone)]
pub struct WatchItem {
    pub id: WatchItemId,
    pub kind: Kind,
    pub vulnerability_id: Option<i64>,
    pub vulnerability: Option<String>,
    pub title: String,
    pub state: WatchState,
    /// Counts up each time it waits anew.
    pub generation: i64,
    /// How many decisions stand; a form sends it back, so that two clicks make one decision.
    pub revision: i64,
    pub first_signal_at: Timestamp,
    pub opened_at: Timestamp,
    pub assessment_started_at: Option<Timestamp>,
    pub assessor_name: Option<String>,
    pub watch_until: Option<Timestamp>,
    pub outcome: Option<Outcome>,
    pub case: Option<CaseId>,
}

/// An incoming hint.
#[derive(Debug, Clone)]
pub struct Signal {
    pub id: SignalId,
    pub generation: i64,
    pub source: String,
    pub reference: String,
    pub title: String,
    pub text: String,
    pub in_our_product: Answered,
    pub said_on: Option<String>,
    pub received_at: Timestamp,
    pub received_by: String,
}

/// A hint handed in by a person or a program.
#[derive(Debug, Clone)]
pub struct NewSignal {
    pub kind: Kind,
    /// A CVE, GHSA or EUVD id.
    pub vulnerability: Option<String>,
    pub title: String,
    pub text: String,
    pub source: super::words::Source,
    pub in_our_product: Answered,
    /// The sender's own id of it; the same one again is the same signal.
    pub reference: Option<String>,
    /// When it was first heard of, if earlier than now.
    pub received_at: Option<Timestamp>,
    /// The item it is a further signal of; otherwise its subject says which it is.
    pub watch_item: Option<WatchItemId>,
}

/// A release that contains it, with what a person at night needs to see of it.
#[derive(Debug, Clone)]
pub struct Affected {
    pub release: ReleaseId,
    pub product: ProductId,
    pub product_name: String,
    pub version: String,
    pub channel: String,
    /// `on-market`, `withdrawn`.
    pub market: String,
    pub market_assumed: bool,
    /// Component with its version, as the SBOM names it (purl).
    pub components: Vec<String>,
    /// The judgement in force (VEX), `not_assessed` when there is none.
    pub status: String,
    pub justification: Option<String>,
    /// Whether the release contained it once and no longer does, by today's SBOM.
    pub gone: bool,
}

/// What the world says about the flaw.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub name: String,
    pub title: String,
    pub severity: String,
    pub score: Option<f64>,
    pub vector: Option<String>,
    /// Other names of the same flaw.
    pub aliases: Vec<String>,
    pub epss: Option<(f64, f64, String)>,
    /// Source and the day it gives, for each that says it is exploited.
    pub exploited_by: Vec<(String, String)>,
}

impl World {
    /// The first name with this prefix (`CVE-`, `EUVD-`).
    pub fn name_of(&self, prefix: &str) -> Option<&str> {
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .find(|name| name.starts_with(prefix))
            .map(String::as_str)
    }
}

/// A decision as it was recorded.
#[derive(Debug, Clone)]
pub struct Decision {
    pub id: DecisionId,
    pub generation: i64,
    pub contained: Answered,
    pub contained_text: String,
    pub reachable: Answered,
    pub reachable_text: String,
    pub exploited: ExploitedBy,
    pub exploited_text: String,
    pub outcome: Outcome,
    pub aware_at: Option<Timestamp>,
    pub aware_reason: Option<String>,
    pub watch_until: Option<Timestamp>,
    pub because: Option<Because>,
    pub reason: String,
    pub evidence: Vec<EvidenceId>,
    /// The answers about a severe incident, in place of the three about a vulnerability.
    pub incident: Option<Incident>,
    pub first_signal_at: Timestamp,
    pub assessment_started_at: Timestamp,
    pub assessor_name: String,
    pub decided_by: String,
    pub decided_at: Timestamp,
}

/// What a person decides. Of a vulnerability the three questions are answered, of a severe
/// incident those of [`Incident`].
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// The item's revision the person saw.
    pub revision: i64,
    pub contained: Answered,
    pub contained_text: String,
    pub reachable: Answered,
    pub reachable_text: String,
    pub exploited: ExploitedBy,
    pub exploited_text: String,
    pub verdict: Verdict,
    pub reason: String,
    /// Proof that is in the blob store already.
    pub evidence: Vec<crate::evidence::NewEvidence>,
    pub incident: Option<Incident>,
    /// What a case opened by hand names; releases the matching knows are added by themselves.
    pub releases: Vec<ReleaseId>,
    pub member_states: Vec<String>,
}

/// The outcome with what belongs to it.
#[derive(Debug, Clone)]
pub enum Verdict {
    Aware {
        /// None: the moment of the decision, or T0 of the case that stands already.
        aware_at: Option<Timestamp>,
        /// Needed when T0 is not simply the moment of the decision.
        aware_reason: Option<String>,
    },
    WatchUntil {
        until: Timestamp,
    },
    NotReportable {
        because: Because,
    },
}

impl Verdict {
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Aware { .. } => Outcome::Aware,
            Self::WatchUntil { .. } => Outcome::WatchUntil,
            Self::NotReportable { .. } => Outcome::NotReportable,
        }
    }
}

/// What is asked of a severe incident (14(3), 14(4)(a), 14(5)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    pub what_happened: String,
    pub occurred_at: Option<Timestamp>,
    /// Which test of 14(5) it meets; none as long as nobody can say, or when it meets neither.
    pub test: Option<SeverityTest>,
    /// What it does, or can do, to the security of the products.
    pub impact: String,
    /// Whether unlawful or malicious acts are suspected.
    pub suspected: Answered,
    pub suspected_text: String,
    /// What all of this rests on.
    pub evidence: String,
}

/// Everything the assess page shows.
#[derive(Debug, Clone)]
pub struct WatchView {
    pub item: WatchItem,
    pub signals: Vec<Signal>,
    pub affected: Vec<Affected>,
    /// Member States of the affected products' placings.
    pub member_states: Vec<String>,
    /// The coordinator's own, when the organisation's country says it.
    pub own_member_state: Option<String>,
    pub world: Option<World>,
    /// Its case with T0 in force, when it has one.
    pub standing: Option<(Case, Timestamp)>,
    pub decisions: Vec<Decision>,
    pub events: Vec<Event>,
}

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

/// Something that was filed, as recorded.
#[derive(Debug, Clone)]
pub struct Submission {
    pub id: SubmissionId,
    pub stage: Stage,
    pub number: i64,
    pub kind: FilingKind,
    pub covers: Vec<Stage>,
    pub platform_reference: String,
    pub submitted_at: Timestamp,
    pub reason: Option<String>,
    pub digest: String,
    pub bytes: i64,
    pub receipt: Option<EvidenceId>,
    pub recorded_by: String,
    pub recorded_at: Timestamp,
}

/// Something that happened, for a timeline.
#[derive(Debug, Clone)]
pub struct Event {
    pub at: Timestamp,
    pub kind: String,
    pub args: Vec<(String, String)>,
    pub by: String,
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

    /// The record that counts for a stage.
    pub fn filed(&self, stage: Stage) -> Option<&Submission> {
        filed(&self.submissions, stage)
    }
}

/// The record that counts for a stage: the latest correction that carried its content, else the
/// first that did.
pub fn filed(submissions: &[Submission], stage: Stage) -> Option<&Submission> {
    let covering = || submissions.iter().filter(|s| s.covers.contains(&stage));
    let corrected = covering().rfind(|s| s.kind == FilingKind::Correction);
    corrected.or_else(|| covering().next())
}

/// A saved draft.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub stage: Stage,
    pub revision: i64,
    pub form_version: String,
    pub values: Values,
    pub saved_by: String,
    pub saved_at: Timestamp,
}

/// What was filed, to be recorded.
#[derive(Debug, Clone)]
pub struct NewFiling {
    pub stage: Stage,
    pub kind: FilingKind,
    /// Stages whose content it carried besides its own ("unless already provided").
    pub also_covers: Vec<Stage>,
    pub platform_reference: String,
    pub submitted_at: Timestamp,
    pub reason: Option<String>,
    /// The sheet's revision the snapshot was made of; 0 when nothing was saved.
    pub sheet_revision: i64,
    pub digest: crate::blobs::Digest,
    pub bytes: usize,
    pub receipt: Option<crate::evidence::NewEvidence>,
}
