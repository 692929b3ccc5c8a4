//! The lists: watch items, those that wait first, and cases, open ones first.

use super::wording::word;
use crate::accounts::Caller;
use crate::cases::operations::joining;
use crate::cases::operations::reading::{self, ListedCase, PAGE_ROWS};
use crate::cases::store::case::Filter;
use crate::cases::types::WatchItem;
use crate::cases::{CaseState, Kind, Outcome, WatchState};
use crate::web::{Answer, App, Visit, html, see_other};
use askama::Template;
use axum::extract::{Query, State};
use std::collections::BTreeMap;

const FILTER_CHARS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "cases/watch_list.html")]
struct WatchListPage {
    page: Visit,
    items: Vec<WatchLine>,
    waiting: i64,
    assessing: i64,
    watching: i64,
    decided: i64,
    shows_decided: bool,
    number: i64,
    total: i64,
}

struct WatchLine {
    item: WatchItem,
    state: &'static str,
    glyph: &'static str,
    word: String,
    outcome: Option<String>,
}

pub async fn get_watch_items(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    if let Some(name) = query.get("vulnerability").cloned() {
        let asking = caller.clone();
        let found = app
            .db
            .read(move |tx| joining::find_of(tx, &asking, &name))
            .await?;
        return see_other(&found.map_or("/watch".to_owned(), |id| format!("/watch/{id}")));
    }
    let shows_decided = query.get("show").is_some_and(|show| show == "decided");
    let number = page_number(&query);
    let (items, counts) = app
        .db
        .read(move |tx| reading::list_watch_items(tx, &caller, Some(shows_decided), number))
        .await?;
    let count = |state: WatchState| counts.get(state.as_str()).copied().unwrap_or(0);
    let open: i64 = [
        WatchState::Waiting,
        WatchState::Assessing,
        WatchState::Watching,
    ]
    .into_iter()
    .map(count)
    .sum();
    let decided = count(WatchState::Decided);
    let items = items
        .into_iter()
        .map(|item| watch_line(&page, item))
        .collect();
    html(&WatchListPage {
        items,
        waiting: count(WatchState::Waiting),
        assessing: count(WatchState::Assessing),
        watching: count(WatchState::Watching),
        decided,
        shows_decided,
        number,
        total: if shows_decided { decided } else { open },
        page,
    })
}

fn watch_line(page: &Visit, item: WatchItem) -> WatchLine {
    let (state, glyph) = match item.state {
        WatchState::Waiting => ("not-assessed", "○"),
        WatchState::Assessing | WatchState::Watching => ("watching", "◔"),
        // Decided either way; what we are aware of is no "not affected".
        WatchState::Decided if item.outcome == Some(Outcome::Aware) => ("affected", "●"),
        WatchState::Decided => ("not-affected", "◇"),
    };
    WatchLine {
        state,
        glyph,
        word: word(page, "watch-state", item.state.as_str()),
        outcome: item
            .outcome
            .map(|outcome| word(page, "case-outcome", outcome.as_str())),
        item,
    }
}

#[derive(Template)]
#[template(path = "cases/list.html")]
struct CasesPage {
    page: Visit,
    cases: Vec<CaseLine>,
    total: i64,
    number: i64,
    kinds: [Kind; 2],
    states: [CaseState; 2],
    filter: Filter,
}

struct CaseLine {
    listed: ListedCase,
    kind: String,
    stage: Option<String>,
    is_open: bool,
}

pub async fn get_cases(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let filter = filter_of(&query);
    let number = page_number(&query);
    let asked = filter.clone();
    let (cases, total) = app
        .db
        .read(move |tx| reading::list_cases(tx, &caller, &asked, number))
        .await?;
    let cases = cases
        .into_iter()
        .map(|listed| CaseLine {
            kind: word(&page, "case-kind", listed.case.kind.as_str()),
            stage: listed
                .next
                .map(|(stage, _)| word(&page, "case-stage", stage.as_str())),
            is_open: listed.case.state == CaseState::Open,
            listed,
        })
        .collect();
    html(&CasesPage {
        page,
        cases,
        total,
        number,
        kinds: [Kind::ActivelyExploitedVulnerability, Kind::SevereIncident],
        states: [CaseState::Open, CaseState::Closed],
        filter,
    })
}

impl CasesPage {
    fn is_state(&self, state: &CaseState) -> bool {
        self.filter.state.as_deref() == Some(state.as_str())
    }

    fn is_kind(&self, kind: &Kind) -> bool {
        self.filter.kind.as_deref() == Some(kind.as_str())
    }

    fn is_filtered(&self) -> bool {
        self.filter.state.is_some() || self.filter.kind.is_some() || self.filter.text.is_some()
    }

    fn text(&self) -> &str {
        self.filter.text.as_deref().unwrap_or_default()
    }

    fn has_more(&self) -> bool {
        (self.number + 1) * PAGE_ROWS < self.total
    }

    /// The same list, another page.
    fn link(&self, number: i64) -> String {
        let part = |name: &str, value: &Option<String>| {
            value.as_ref().map_or_else(String::new, |value| {
                format!("&{name}={}", crate::web::route::encode(value))
            })
        };
        format!(
            "/cases?page={number}{}{}{}",
            part("state", &self.filter.state),
            part("kind", &self.filter.kind),
            part("q", &self.filter.text)
        )
    }
}

/// The filter of a query; words that are none filter nothing.
pub fn filter_of(query: &BTreeMap<String, String>) -> Filter {
    let known = |name: &str, words: &[&str]| {
        query
            .get(name)
            .filter(|value| words.contains(&value.as_str()))
            .cloned()
    };
    let text = query
        .get("q")
        .map(|text| text.trim())
        .filter(|text| !text.is_empty());
    Filter {
        state: known("state", &["open", "closed"]),
        kind: known(
            "kind",
            &["actively-exploited-vulnerability", "severe-incident"],
        ),
        text: text.map(|text| text.chars().take(FILTER_CHARS_MAX).collect()),
    }
}

/// The page of a query, from 0.
pub fn page_number(query: &BTreeMap<String, String>) -> i64 {
    const PAGES_MAX: i64 = 10_000;
    let number = query.get("page").and_then(|text| text.parse().ok());
    number.unwrap_or(0i64).clamp(0, PAGES_MAX)
}
