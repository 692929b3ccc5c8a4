//! The form of a decision, shared by the assess page and a case opened by hand.

use crate::cases::operations::REASON_CHARS_MAX;
use crate::cases::types::{Incident, NewDecision, Verdict, WatchView};
use crate::cases::words::{Answered, Because, ExploitedBy, Outcome, SeverityTest};
use crate::cases::{Kind, WatchItem};
use crate::evidence::NewEvidence;
use crate::trouble::{Refusal, Trouble};
use crate::web::Visit;
use crate::web::forms::Fields;
use jiff::Timestamp;
use std::str::FromStr;

/// The fields of the forms of this room in the order in which they stand, so that what is wrong
/// is listed in the order in which a person meets it.
const ORDER: [&str; 30] = [
    "vulnerability",
    "title",
    "text",
    "source",
    "in_our_product",
    "received_at",
    "releases",
    "member_states",
    "what_happened",
    "occurred_at",
    "severity_test",
    "impact",
    "suspected",
    "suspected_text",
    "incident_evidence",
    "contained",
    "contained_text",
    "reachable",
    "reachable_text",
    "exploited",
    "exploited_text",
    "outcome",
    "aware_at",
    "aware_reason",
    "until",
    "because",
    "platform_reference",
    "submitted_at",
    "kind",
    "reason",
];

/// The events by which a watch item's generation begins, after its first.
pub const BEGINNINGS: [&str; 3] = [
    "decision-reopened",
    "watch-item-reopened",
    "watch-item-returned",
];

/// Reads the fields of a form one by one; what cannot be read is noted, and something harmless
/// stands in for it, so that everything wrong is said at once.
pub struct Reader<'a> {
    fields: &'a Fields,
    pub wrong: Vec<Refusal>,
}

impl<'a> Reader<'a> {
    pub fn new(fields: &'a Fields) -> Self {
        Self {
            fields,
            wrong: Vec::new(),
        }
    }

    /// The value read, or none with its refusal noted; a failure goes on.
    fn note<T>(&mut self, read: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(Trouble::Refusal(refusal)) => {
                self.wrong.push(refusal);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// One of a vocabulary's words.
    pub fn choice<T: FromStr>(&mut self, name: &'static str) -> Result<Option<T>, Trouble> {
        let read = choice(self.fields, name);
        self.note(read)
    }

    /// One of a vocabulary's words, or none where the form left it open.
    fn open_choice<T: FromStr>(&mut self, name: &'static str) -> Result<Option<T>, Trouble> {
        if self.fields.opt(name).is_none() {
            return Ok(None);
        }
        self.choice(name)
    }

    /// A text, empty when there is none.
    pub fn text(&mut self, name: &'static str, chars_max: usize) -> Result<String, Trouble> {
        let read = self.fields.text(name, chars_max);
        Ok(self.note(read)?.flatten().unwrap_or_default())
    }

    /// An instant that may be absent.
    pub fn instant(&mut self, name: &'static str) -> Result<Option<Timestamp>, Trouble> {
        let read = self.fields.instant(name);
        Ok(self.note(read)?.flatten())
    }

    /// An instant that must be there.
    pub fn required_instant(&mut self, name: &'static str) -> Result<Option<Timestamp>, Trouble> {
        let read = self.fields.required_instant(name);
        self.note(read)
    }

    /// Everything that is wrong, with what the rules say, in the order of the form.
    pub fn refuse(self, rules: Vec<Refusal>) -> Result<(), Refusal> {
        let mut wrong = self.wrong;
        wrong.extend(rules);
        let place = |refusal: &Refusal| ORDER.iter().position(|name| refusal.field == Some(name));
        wrong.sort_by_key(|refusal| place(refusal).unwrap_or(ORDER.len()));
        Refusal::together(wrong).map_or(Ok(()), Err)
    }
}

/// Reads the decision a form makes; what is wrong stands in the reader.
pub fn read(
    reader: &mut Reader<'_>,
    kind: Kind,
    evidence: Vec<NewEvidence>,
    now: Timestamp,
) -> Result<NewDecision, Trouble> {
    let incident = match kind {
        Kind::SevereIncident => Some(incident(reader)?),
        Kind::ActivelyExploitedVulnerability => None,
    };
    let mut new = NewDecision {
        revision: reader.fields.get("revision").parse().unwrap_or(-1),
        contained: Answered::Unknown,
        contained_text: String::new(),
        reachable: Answered::Unknown,
        reachable_text: String::new(),
        exploited: ExploitedBy::NoneYet,
        exploited_text: String::new(),
        verdict: verdict(reader, now)?,
        reason: reader.text("reason", REASON_CHARS_MAX)?,
        evidence,
        incident,
        releases: Vec::new(),
        member_states: Vec::new(),
    };
    if kind == Kind::ActivelyExploitedVulnerability {
        new.contained = reader.choice("contained")?.unwrap_or(new.contained);
        new.contained_text = reader.text("contained_text", REASON_CHARS_MAX)?;
        new.reachable = reader.choice("reachable")?.unwrap_or(new.reachable);
        new.reachable_text = reader.text("reachable_text", REASON_CHARS_MAX)?;
        new.exploited = reader.choice("exploited")?.unwrap_or(new.exploited);
        new.exploited_text = reader.text("exploited_text", REASON_CHARS_MAX)?;
    }
    Ok(new)
}

fn verdict(reader: &mut Reader<'_>, now: Timestamp) -> Result<Verdict, Trouble> {
    let outcome: Option<Outcome> = reader.choice("outcome")?;
    Ok(match outcome {
        Some(Outcome::Aware) => Verdict::Aware {
            // Left empty it is the moment of the decision, not that of loading the page.
            aware_at: reader.instant("aware_at")?,
            aware_reason: Some(reader.text("aware_reason", REASON_CHARS_MAX)?)
                .filter(|reason| !reason.is_empty()),
        },
        Some(Outcome::WatchUntil) => Verdict::WatchUntil {
            until: match reader.required_instant("until")? {
                Some(until) => until,
                None => now + jiff::SignedDuration::from_hours(1),
            },
        },
        Some(Outcome::NotReportable) => Verdict::NotReportable {
            because: reader.choice("because")?.unwrap_or(Because::Other),
        },
        None => Verdict::NotReportable {
            because: Because::Other,
        },
    })
}

fn incident(reader: &mut Reader<'_>) -> Result<Incident, Trouble> {
    Ok(Incident {
        what_happened: reader.text("what_happened", REASON_CHARS_MAX)?,
        occurred_at: reader.instant("occurred_at")?,
        test: reader.open_choice("severity_test")?,
        impact: reader.text("impact", REASON_CHARS_MAX)?,
        suspected: reader.choice("suspected")?.unwrap_or(Answered::Unknown),
        suspected_text: reader.text("suspected_text", REASON_CHARS_MAX)?,
        evidence: reader.text("incident_evidence", REASON_CHARS_MAX)?,
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
    let first = first_generation(view);
    view.signals
        .iter()
        .filter(|signal| signal.generation >= first)
        .filter(|signal| signal.in_our_product == Answered::Yes)
        .map(|signal| signal.received_at)
        .min()
}

/// The generation whose signals are still to be decided about. One that no signal began (a person
/// decides anew, or the time to watch ran out) goes on with those of the one before: left out,
/// they would make T0 later than it was.
fn first_generation(view: &WatchView) -> i64 {
    let beginnings = view.events.iter().rev().map(|event| event.kind.as_str());
    let without_signal = beginnings
        .filter(|kind| BEGINNINGS.contains(kind))
        .take_while(|kind| *kind != "watch-item-reopened")
        .count();
    let without_signal = i64::try_from(without_signal).unwrap_or(i64::MAX);
    view.item.generation.saturating_sub(without_signal)
}

/// The choices of a form, in the order they are shown.
pub struct Choices {
    pub answered: &'static [Answered],
    pub exploited: &'static [ExploitedBy],
    pub outcomes: &'static [Outcome],
    pub because: &'static [Because],
    pub tests: &'static [SeverityTest],
}

/// The choices about a matter of a kind: an incident is not "reachable", a flaw not "severe".
pub fn choices(kind: Kind) -> Choices {
    Choices {
        answered: Answered::ALL,
        exploited: ExploitedBy::ALL,
        outcomes: Outcome::ALL,
        because: match kind {
            Kind::ActivelyExploitedVulnerability => &[
                Because::NotContained,
                Because::NotReachable,
                Because::NotInOurProduct,
                Because::NotMalicious,
                Because::KnownBefore,
                Because::AlreadyReported,
                Because::NotOurs,
                Because::Other,
            ],
            Kind::SevereIncident => &[
                Because::NotSevere,
                Because::AlreadyReported,
                Because::NotOurs,
                Because::Other,
            ],
        },
        tests: SeverityTest::ALL,
    }
}
