//! Article 14 matters: signals, watch items, decisions, cases, deadlines, sheets, submissions.
//!
//! A catalogue entry alone is not awareness, but assessment is due at once: a known-exploited
//! flaw in our releases opens a *watch item* that escalates until a person assesses it. That
//! person decides; an "aware" decision opens a *case*, whose deadlines come from `law` and whose
//! alarms are rows in the database. Nothing here submits anything: reports are prepared, copied
//! into ENISA's platform by a person, and recorded as filed. Decisions, anchors, submissions and
//! signals are append-only.

mod api;
mod jobs;
mod operations;
mod pages;
mod rules;
mod store;
mod types;
mod words;

pub use bonafide_law::deadlines::{Kind, Stage, Trigger};
pub use operations::cases::{
    add_release, close_case, record_awareness, record_coordinator, record_measure, rederive,
    remove_release, reopen_case,
};
pub use operations::decisions::{decide, decide_anew, start_assessment};
pub use operations::holidays::{find_holidays, list_holidays, set_holidays};
pub use operations::informing::record_informed;
pub use operations::opening::open_by_hand;
pub use operations::reading::{
    ListedCase, RunningClock, SheetView, case_view, find_watch_view, list_cases, list_watch_items,
    most_urgent, running, sheet_view, watch_view,
};
pub use operations::sheets::{record_filed, save_sheet};
pub use operations::signals::{problems as problems_of_signal, record_signal};
pub use operations::watching::consider_exploited;
pub use store::case::Filter;
pub use store::{
    CASE_STATEMENTS, DEADLINE_STATEMENTS, DECISION_STATEMENTS, EVENT_STATEMENTS,
    JOINING_STATEMENTS, SHEET_STATEMENTS, TOLD_STATEMENTS, WATCH_STATEMENTS, WORLD_STATEMENTS,
};
pub use types::*;
pub use words::{
    Answered, Because, CaseState, DeadlineState, ExploitedBy, FilingKind, Mark, Outcome,
    SeverityTest, Source, Told, ToldBy, WatchState,
};

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    let mut routes = pages::routes();
    routes.extend(api::routes());
    routes
}

/// Does one of this room's jobs.
pub async fn handle(app: &crate::web::App, job: crate::jobs::Job) -> anyhow::Result<()> {
    jobs::handle(app, job).await
}
