//! One case: its clocks first, then what is to be done, then everything that happened.

use super::bar;
use super::standing::{self, Outdated};
use super::wording::{EventLine, event_lines, member_state, period, word};
use crate::accounts::Caller;
use crate::cases::operations::reading;
use crate::cases::types::{
    Affected, AnchorValue, Case, CaseView, Deadline, Decision, Informing, Submission,
};
use crate::cases::words::DeadlineState;
use crate::cases::{CaseState, Kind, Stage};
use crate::ids::CaseId;
use crate::web::charts::clock_bar::{Picture, Tick};
use crate::web::route;
use crate::web::{Answer, App, Visit, answer, html};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use bonafide_law::coordinators::{self, Coordinator};
use bonafide_law::deadlines::period_of;
use jiff::Timestamp;

#[derive(Template)]
#[template(path = "cases/case.html")]
struct CasePage {
    page: Visit,
    case: Case,
    kind: String,
    chips: Vec<Chip>,
    bars: [Picture; 2],
    marks: Vec<Tick>,
    platform_counter: Option<Timestamp>,
    /// The next act: address and words; the page's only primary button.
    next: Option<(String, String)>,
    aware_at: Timestamp,
    first_signal_at: Timestamp,
    decision: Decision,
    anchors: Vec<AnchorValue>,
    superseded: Vec<Deadline>,
    coordinator: Option<&'static Coordinator>,
    affected: Vec<Affected>,
    missing: Vec<Affected>,
    member_states: String,
    submissions: Vec<Submission>,
    events: Vec<EventLine>,
    measure_at: Option<Timestamp>,
    outdated: Vec<Outdated>,
    corrected: Vec<String>,
    holidays: Option<String>,
    /// Whether users were informed, and whether something is open.
    users: (String, bool),
    informed: Vec<Informing>,
}

/// One stage with its clock.
struct Chip {
    stage: Stage,
    name: String,
    period: String,
    anchor: String,
    citation: String,
    certainty: String,
    due_at: Option<Timestamp>,
    /// `calm`, `soon`, `close`, `overdue`, `done`, `idle`.
    tone: &'static str,
    /// What Regulation 1182/71 would still allow, in a sentence; information only.
    legal_latest: Option<String>,
    literal_due_at: Option<Timestamp>,
    filed_at: Option<Timestamp>,
    filed_late: bool,
    why_idle: Option<String>,
}

impl CasePage {
    fn is_open(&self) -> bool {
        self.case.state == CaseState::Open
    }

    fn is_incident(&self) -> bool {
        self.case.kind == Kind::SevereIncident
    }

    fn is_overdue(&self) -> bool {
        self.chips.iter().any(|chip| chip.tone == "overdue")
    }

    fn word(&self, prefix: &str, code: &str) -> String {
        word(&self.page, prefix, code)
    }

    fn state_name(&self, code: &str) -> String {
        member_state(&self.page, code)
    }

    /// The answer in one line: what is due next, or that nothing is.
    fn lede(&self) -> String {
        let page = &self.page;
        if !self.is_open() {
            return page.t("case-lede-closed");
        }
        let running = |chip: &&Chip| chip.filed_at.is_none() && chip.due_at.is_some();
        let next = self
            .chips
            .iter()
            .filter(running)
            .min_by_key(|chip| chip.due_at);
        match (next, next.and_then(|chip| chip.due_at)) {
            (Some(chip), Some(due_at)) => {
                let key = if due_at <= page.now {
                    "case-lede-overdue"
                } else {
                    "case-lede-running"
                };
                page.lang.ta(
                    key,
                    &[
                        ("stage", chip.name.clone()),
                        ("span", page.span(&due_at)),
                        ("at", page.utc(&due_at)),
                        ("local", page.local(&due_at)),
                    ],
                )
            }
            _ if self.chips.iter().any(|chip| chip.why_idle.is_some()) => page.t("case-lede-idle"),
            _ => page.t("case-lede-done"),
        }
    }

    /// From the first signal to T0; back-dated awareness is said as such.
    fn delay(&self) -> String {
        let seconds = self.aware_at.duration_since(self.first_signal_at).as_secs();
        let span = self.page.lang.duration(seconds.abs());
        if seconds < 0 {
            self.page.t1("case-delay-before", "span", span)
        } else {
            span
        }
    }

    fn component(&self, purl: &str) -> String {
        crate::cases::rules::prefill::component_name(purl)
    }
}

pub async fn get_case(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let (name, twin) = match id.rsplit_once('.') {
        Some((name, twin)) => (name, Some(twin)),
        None => (id.as_str(), None),
    };
    let case: CaseId = route::id(name)?;
    let view = app
        .db
        .read(move |tx| reading::case_view(tx, &caller, case))
        .await?;
    match twin {
        None => html(&case_page(page, view)),
        Some("json") => answer::json(StatusCode::OK, &super::case_json(&view)),
        Some("ics") => {
            let text = super::twins::calendar(&page, &view, &app.config.base_url);
            answer::download(&id, "text/calendar; charset=utf-8", text.into_bytes())
        }
        Some(_) => Err(crate::trouble::Refusal::not_found().into()),
    }
}

fn case_page(page: Visit, view: CaseView) -> CasePage {
    let chips: Vec<Chip> = view
        .deadlines
        .iter()
        .map(|d| chip(&page, &view, d))
        .collect();
    let states: Vec<String> = view
        .member_states()
        .iter()
        .map(|code| member_state(&page, code))
        .collect();
    let mut events = event_lines(&page, &view.events);
    events.reverse();
    let coordinator = view
        .case
        .coordinator
        .as_deref()
        .and_then(coordinators::by_member_state);
    CasePage {
        kind: word(&page, "case-kind", view.case.kind.as_str()),
        bars: bar::pictures(&page, &view),
        marks: bar::marks(&page, &view),
        platform_counter: bar::platform_counter(&view),
        outdated: standing::outdated(&page, &view),
        corrected: standing::corrected(&page, &view),
        holidays: standing::holidays(&page, &view),
        users: standing::users(&page, &view),
        informed: view.informed.clone(),
        measure_at: view.anchor(crate::cases::Trigger::MeasureAvailableAt),
        aware_at: view.aware_at(),
        first_signal_at: view.first_signal_at,
        member_states: states.join(", "),
        chips,
        next: standing::next(&page, &view),
        coordinator,
        events,
        case: view.case,
        decision: view.decision,
        anchors: view.anchors,
        superseded: view.superseded,
        affected: view.affected,
        missing: view.missing,
        submissions: view.submissions,
        page,
    }
}

fn chip(page: &Visit, view: &CaseView, deadline: &Deadline) -> Chip {
    let kind = view.case.kind;
    let period_text = period_of(kind, deadline.stage)
        .map(|(length, ..)| period(page, length))
        .unwrap_or_default();
    let tone = match (deadline.state, deadline.due_at) {
        (DeadlineState::Met, _) => "done",
        (DeadlineState::Running, Some(due_at)) => {
            reading::tone(deadline.anchor_at.unwrap_or(page.now), due_at, page.now)
        }
        _ => "idle",
    };
    let why_idle = match deadline.state {
        DeadlineState::NotRunning => Some(bar::not_running(page, kind, deadline.stage)),
        DeadlineState::Dropped => Some(page.t("case-dropped")),
        _ => None,
    };
    let filed_late = match (deadline.met_at, deadline.due_at) {
        (Some(met), Some(due)) => met > due,
        _ => false,
    };
    // The trigger may differ from the anchor: a measure that was there before T0 counts from T0.
    let key = match (deadline.trigger, deadline.literal_due_at) {
        (crate::cases::Trigger::MeasureAvailableAt, Some(_)) => "case-anchor-measure-before",
        (crate::cases::Trigger::MeasureAvailableAt, None) => "case-anchor-measure",
        (crate::cases::Trigger::NotificationSubmittedAt, _) => "case-anchor-notification",
        (crate::cases::Trigger::AwareAt, _) => "case-anchor-aware",
    };
    let anchor = match deadline.anchor_at {
        Some(at) => page.t1(key, "at", page.utc(&at)),
        None => String::new(),
    };
    Chip {
        stage: deadline.stage,
        name: word(page, "case-stage", deadline.stage.as_str()),
        period: period_text,
        anchor,
        citation: deadline.citation.clone(),
        certainty: word(page, "case-certainty", deadline.certainty.as_str()),
        due_at: deadline.due_at,
        tone,
        legal_latest: legal_latest(page, deadline),
        literal_due_at: deadline.literal_due_at,
        filed_at: deadline.met_at,
        filed_late,
        why_idle,
    }
}

/// Hours are the same in every zone; days and months are counted in the coordinator's.
fn legal_latest(page: &Visit, deadline: &Deadline) -> Option<String> {
    let at = deadline.legal_latest_at?;
    let key = match deadline.trigger {
        crate::cases::Trigger::AwareAt => "case-chip-latest",
        _ => "case-chip-latest-in",
    };
    let certainty = deadline.legal_latest_certainty.as_str();
    let args = [
        ("at", page.utc(&at)),
        ("certainty", word(page, "case-certainty", certainty)),
        ("zone", deadline.zone.clone()),
    ];
    Some(page.lang.ta(key, &args))
}
