//! What the clock bar of a case shows: from the first signal to the last deadline.

use super::wording::word;
use crate::cases::types::CaseView;
use crate::cases::words::DeadlineState;
use crate::cases::{Kind, Stage, Trigger};
use crate::web::Visit;
use crate::web::charts::clock_bar::{self, Clock, Look, Picture, Tick};
use jiff::{SignedDuration, Timestamp};

/// Around the hours that are drawn large.
const MARGIN: SignedDuration = SignedDuration::from_hours(6);

/// When ENISA's own counter for the notification ends: known once the early warning was filed,
/// of interest until the notification was.
pub fn platform_counter(view: &CaseView) -> Option<Timestamp> {
    if view.filed(Stage::Notification).is_some() {
        return None;
    }
    let filed = view.filed(Stage::EarlyWarning)?;
    bonafide_law::deadlines::platform_counter(filed.submitted_at)
}

/// Everything on the axis in words and in the order of time; the table twin shows the same.
pub fn marks(page: &Visit, view: &CaseView) -> Vec<Tick> {
    let mut marks = happened(page, view);
    marks.extend(due(page, view));
    marks.sort_by_key(|mark| mark.at);
    marks
}

/// The picture, for a page and for a phone.
pub fn pictures(page: &Visit, view: &CaseView) -> [Picture; 2] {
    let anchors = happened(page, view);
    let dues = due(page, view);
    let aware_at = view.aware_at();
    let all = anchors.iter().chain(&dues).map(|tick| tick.at);
    let start = all.clone().min().unwrap_or(aware_at).min(aware_at);
    let last = all.max().unwrap_or(aware_at).max(aware_at);
    let is_open = view.case.closed_at.is_none();
    let last = if is_open { last.max(page.now) } else { last };
    let notification = view
        .deadlines
        .iter()
        .find(|d| d.stage == Stage::Notification);
    let drawn_large_until = notification.and_then(|d| d.due_at).unwrap_or(aware_at);
    let idle = view
        .deadlines
        .iter()
        .filter(|deadline| deadline.state == DeadlineState::NotRunning)
        .map(|deadline| {
            let stage = word(page, "case-stage", deadline.stage.as_str());
            page.t1("case-bar-idle", "stage", stage)
        })
        .collect();
    let clock = Clock {
        start,
        end: last + (last.duration_since(start) / 20).max(SignedDuration::from_hours(1)),
        focus: (aware_at - MARGIN, drawn_large_until + MARGIN),
        now: page.now,
        now_label: page.t1("case-bar-now", "at", page.local(&page.now)),
        zone: page.zone.clone(),
        lang: page.lang,
        holidays: view.holidays.clone(),
        anchors,
        dues,
        idle,
        title: page.t1("case-bar-title", "title", &view.case.title),
        desc: describe(page, view),
    };
    [clock_bar::WIDTH, clock_bar::NARROW].map(|width| clock_bar::draw(&clock, width))
}

fn happened(page: &Visit, view: &CaseView) -> Vec<Tick> {
    let tick = |at: Timestamp, label: String, look: Look| Tick { at, label, look };
    let mut ticks = vec![
        tick(view.first_signal_at, page.t("case-bar-signal"), Look::Plain),
        tick(
            view.decision.assessment_started_at,
            page.t("case-bar-assessment"),
            Look::Plain,
        ),
        tick(view.aware_at(), page.t("case-bar-aware"), Look::Plain),
    ];
    if let Some(at) = view.anchor(Trigger::MeasureAvailableAt) {
        ticks.push(tick(at, page.t("case-bar-measure"), Look::Plain));
    }
    for submission in &view.submissions {
        let stage = word(page, "case-stage", submission.stage.as_str());
        let label = page.t1("case-bar-filed", "stage", stage);
        ticks.push(tick(submission.submitted_at, label, Look::Done));
    }
    ticks.sort_by_key(|tick| tick.at);
    ticks
}

fn due(page: &Visit, view: &CaseView) -> Vec<Tick> {
    let mut ticks = Vec::new();
    for deadline in &view.deadlines {
        let Some(at) = deadline.due_at else { continue };
        let stage = word(page, "case-stage", deadline.stage.as_str());
        let look = match deadline.state {
            DeadlineState::Met => Look::Done,
            DeadlineState::Running if at <= page.now => Look::Late,
            _ => Look::Plain,
        };
        let label = page.t2("case-bar-due", "stage", stage, "at", page.local(&at));
        ticks.push(Tick { at, label, look });
    }
    if let Some(at) = platform_counter(view) {
        let label = page.t1("case-bar-platform", "at", page.local(&at));
        ticks.push(Tick {
            at,
            label,
            look: Look::Thin,
        });
    }
    ticks
}

/// The picture in sentences, for who cannot see it.
fn describe(page: &Visit, view: &CaseView) -> String {
    let mut sentences: Vec<String> = marks(page, view)
        .iter()
        .map(|mark| format!("{}: {}.", mark.label, page.utc(&mark.at)))
        .collect();
    for deadline in &view.deadlines {
        if deadline.state == DeadlineState::NotRunning {
            sentences.push(not_running(page, view.case.kind, deadline.stage));
        }
    }
    sentences.join(" ")
}

/// Why a clock does not run yet.
pub fn not_running(page: &Visit, kind: Kind, stage: Stage) -> String {
    page.t(match (kind, stage) {
        (Kind::ActivelyExploitedVulnerability, _) => "case-waits-for-measure",
        (Kind::SevereIncident, _) => "case-waits-for-notification",
    })
}
