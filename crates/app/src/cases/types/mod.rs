//! What this room hands to pages, programs and other rooms: plain data.

mod case;
mod filing;

pub use case::{
    AffectedProduct, AnchorValue, Case, CaseView, Deadline, Holidays, NewHolidays, Placed,
};
pub use filing::{Informing, NewFiling, NewInforming, Sheet, Submission, filed};

use super::words::{Answered, Because, ExploitedBy, Outcome, SeverityTest, WatchState};
use crate::ids::{CaseId, DecisionId, EvidenceId, ProductId, ReleaseId, SignalId, WatchItemId};
use bonafide_law::deadlines::Kind;
use jiff::Timestamp;

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

/// Something that happened, for a timeline.
#[derive(Debug, Clone)]
pub struct Event {
    pub at: Timestamp,
    pub kind: String,
    pub args: Vec<(String, String)>,
    pub by: String,
}
