//! The form of a decision, shared by the assess page and a case opened by hand.

use crate::cases::types::{Incident, NewDecision, Verdict, WatchView};
use crate::cases::words::{Answered, Because, ExploitedBy, Outcome, SeverityTest};
use crate::cases::{Kind, WatchItem};
use crate::evidence::NewEvidence;
use crate::trouble::{Refusal, Trouble};
use crate::web::Visit;
use crate::web::forms::Fields;
use jiff::Timestamp;
use std::str::FromStr;

const TEXT_CHARS_MAX: usize = 4_000;

/// Reads the decision a form makes.
pub fn read(
    fields: &Fields,
    kind: Kind,
    evidence: Vec<NewEvidence>,
    now: Timestamp,
) -> Result<NewDecision, Trouble> {
    let outcome: Outcome = choice(fields, "outcome")?;
    let text = |name| -> Result<String, Trouble> {
        Ok(fields.text(name, TEXT_CHARS_MAX)?.unwrap_or_default())
    };
    let verdict = match outcome {
        Outcome::Aware => Verdict::Aware {
            // Left empty it is the moment of the decision, not that of loading the page.
            aware_at: fields.instant("aware_at")?.unwrap_or(now),
            aware_reason: fields.text("aware_reason", TEXT_CHARS_MAX)?,
        },
        Outcome::WatchUntil => Verdict::WatchUntil {
            until: instant(fields, "until")?,
        },
        Outcome::NotReportable => Verdict::NotReportable {
            because: choice(fields, "because")?,
        },
    };
    let incident = match (kind, outcome) {
        (Kind::SevereIncident, Outcome::Aware) => Some(incident(fields)?),
        _ => None,
    };
    Ok(NewDecision {
        revision: fields.get("revision").parse().unwrap_or(-1),
        contained: choice(fields, "contained")?,
        contained_text: text("contained_text")?,
        reachable: choice(fields, "reachable")?,
        reachable_text: text("reachable_text")?,
        exploited: choice(fields, "exploited")?,
        exploited_text: text("exploited_text")?,
        verdict,
        reason: text("reason")?,
        evidence,
        incident,
        releases: Vec::new(),
        member_states: Vec::new(),
    })
}

fn incident(fields: &Fields) -> Result<Incident, Trouble> {
    Ok(Incident {
        suspected: choice(fields, "suspected")?,
        test: choice::<SeverityTest>(fields, "severity_test")?,
        occurred_at: fields.instant("occurred_at")?,
    })
}

fn instant(fields: &Fields, name: &'static str) -> Result<Timestamp, Trouble> {
    let at = fields.instant(name)?;
    at.ok_or_else(|| {
        Refusal::field(name, "field-required")
            .with("field", name)
            .into()
    })
}

/// One of a vocabulary's words.
pub fn choice<T: FromStr>(fields: &Fields, name: &'static str) -> Result<T, Trouble> {
    let given = fields.get(name);
    given.parse().map_err(|_| {
        Refusal::field(name, "choose-one")
            .with("field", name)
            .into()
    })
}

/// The form as it is first shown: what matching and judgements know already, and as T0 the moment
/// a signal that names our own product was received; else T0 is left empty, which means now.
pub fn first_shown(page: &Visit, view: &WatchView) -> Fields {
    let item: &WatchItem = &view.item;
    let open: Vec<_> = view.affected.iter().filter(|a| !a.gone).collect();
    let contained = match (open.is_empty(), item.vulnerability_id) {
        (false, _) => Answered::Yes,
        (true, _) => Answered::Unknown,
    };
    let contained_text = open
        .iter()
        .flat_map(|a| a.components.iter())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .take(20)
        .map(|purl| crate::cases::rules::prefill::component_name(purl))
        .collect::<Vec<_>>()
        .join(", ");
    let not_affected = !open.is_empty() && open.iter().all(|a| a.status == "not_affected");
    let reachable = if not_affected {
        Answered::No
    } else {
        Answered::Unknown
    };
    let justifications: std::collections::BTreeSet<&str> = open
        .iter()
        .filter_map(|a| a.justification.as_deref())
        .collect();
    let (exploited, aware_at, aware_reason) = match proposed_at(view) {
        None => (ExploitedBy::NoneYet, String::new(), String::new()),
        Some(at) => (
            ExploitedBy::NamingFeed,
            super::wording::local_field(page, at),
            page.t("case-aware-named"),
        ),
    };
    let values = [
        ("revision", item.revision.to_string()),
        ("contained", contained.as_str().to_owned()),
        ("contained_text", contained_text),
        ("reachable", reachable.as_str().to_owned()),
        (
            "reachable_text",
            justifications.into_iter().collect::<Vec<_>>().join(", "),
        ),
        ("exploited", exploited.as_str().to_owned()),
        ("aware_at", aware_at),
        ("aware_reason", aware_reason),
        ("suspected", Answered::Unknown.as_str().to_owned()),
    ];
    Fields::from_pairs(values)
}

/// T0 as proposed: a signal that says our own product is exploited was read when it was received.
pub fn proposed_at(view: &WatchView) -> Option<Timestamp> {
    view.signals
        .iter()
        .filter(|signal| signal.generation == view.item.generation)
        .filter(|signal| signal.in_our_product == Answered::Yes)
        .map(|signal| signal.received_at)
        .min()
}

/// The choices of a form, in the order they are shown.
pub struct Choices {
    pub answered: &'static [Answered],
    pub exploited: &'static [ExploitedBy],
    pub outcomes: &'static [Outcome],
    pub because: &'static [Because],
    pub tests: &'static [SeverityTest],
}

pub const CHOICES: Choices = Choices {
    answered: Answered::ALL,
    exploited: ExploitedBy::ALL,
    outcomes: Outcome::ALL,
    because: Because::ALL,
    tests: SeverityTest::ALL,
};
