//! One watch item: the facts in words, the guidance's test beside them, and the decision.

use super::decision::{self, Choices, Reader, choices};
use super::keep_file;
use super::wording::{EventLine, event_lines, member_state, word};
use crate::accounts::Caller;
use crate::cases::operations::{decisions, reading};
use crate::cases::rules::awareness::{self, Matter};
use crate::cases::types::{Affected, Decision, Signal, WatchItem, WatchView, World};
use crate::cases::{CaseState, Kind, Outcome, WatchState};
use crate::ids::WatchItemId;
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Rows of releases a page shows before it says that there are more.
const RELEASES_SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "cases/watch.html")]
struct WatchPage {
    page: Visit,
    item: WatchItem,
    signals: Vec<Signal>,
    affected: Vec<Affected>,
    more_affected: usize,
    products: usize,
    releases: usize,
    member_states: String,
    world: Option<World>,
    decisions: Vec<Decision>,
    /// T0 of its case, when it has one, and whether that case is closed.
    standing: Option<(Timestamp, bool)>,
    own_missing: Option<String>,
    events: Vec<EventLine>,
    form: Shown,
    choices: Choices,
}

impl WatchPage {
    fn is_waiting(&self) -> bool {
        self.item.state == WatchState::Waiting
    }

    fn is_decided(&self) -> bool {
        self.item.state == WatchState::Decided
    }

    fn is_watching(&self) -> bool {
        self.item.state == WatchState::Watching
    }

    fn is_incident(&self) -> bool {
        self.item.kind == Kind::SevereIncident
    }

    /// Whether the decision in force is another than the one its case was opened by.
    fn is_case_doubted(&self) -> bool {
        let denied = self.is_decided() && self.item.outcome != Some(Outcome::Aware);
        denied && self.standing.is_some_and(|(_, closed)| !closed)
    }

    /// Why a decided item is open once more.
    fn again(&self) -> Option<&EventLine> {
        let open = self.item.generation > 1 && !self.is_decided();
        let mut latest_first = self.events.iter().rev();
        latest_first.find(|event| open && decision::BEGINNINGS.contains(&event.kind.as_str()))
    }

    fn word(&self, prefix: &str, code: &str) -> String {
        word(&self.page, prefix, code)
    }

    fn component(&self, purl: &str) -> String {
        crate::cases::rules::prefill::component_name(purl)
    }

    fn percent(&self, share: &f64) -> String {
        format!("{:.1} %", share * 100.0)
    }
}

pub async fn get_watch_item(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let machine = id.strip_suffix(".json").map(str::to_owned);
    let id: WatchItemId = route::id(machine.as_deref().unwrap_or(&id))?;
    let found = app
        .db
        .read(move |tx| reading::find_watch_view(tx, &caller, id))
        .await?;
    let view = match found {
        Ok(view) => view,
        Err(kept) => {
            let ending = machine.map_or("", |_| ".json");
            return see_other(&format!("/watch/{kept}{ending}"));
        }
    };
    if machine.is_some() {
        return answer::json(StatusCode::OK, &super::watch_item_json(&view));
    }
    let form = Shown::new(decision::first_shown(&page, &view));
    html(&watch_page(page, view, form))
}

/// One click: somebody looks at it now.
pub async fn post_assessment(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let id: WatchItemId = route::id(&id)?;
    app.db
        .write(move |tx| decisions::start_assessment(tx, &caller, id))
        .await?;
    app.wake.up();
    see_other(&format!("/watch/{id}"))
}

#[derive(Template)]
#[template(path = "cases/watch_anew.html")]
struct AnewPage {
    page: Visit,
    item: WatchItem,
    form: Shown,
}

/// Asks why a decided item is taken up again.
pub async fn get_anew(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let id: WatchItemId = route::id(&id)?;
    let item = app
        .db
        .read(move |tx| reading::watch_item_of(tx, &caller, id))
        .await?;
    if item.id != id {
        return see_other(&format!("/watch/{}/anew", item.id));
    }
    let form = Shown::new(Fields::default());
    html(&AnewPage { page, item, form })
}

pub async fn post_anew(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: WatchItemId = route::id(&id)?;
    let (asking, reason) = (caller.clone(), fields.get("reason").to_owned());
    let done = app
        .db
        .write(move |tx| decisions::decide_anew(tx, &caller, id, &reason))
        .await;
    if let Err(trouble) = done {
        let item = app
            .db
            .read(move |tx| reading::watch_item_of(tx, &asking, id))
            .await?;
        let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return answer::html_status(status, &AnewPage { page, item, form });
    }
    app.wake.up();
    see_other(&format!("/watch/{id}#decide"))
}

pub async fn post_decision(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: WatchItemId = route::id(&id)?;
    let asking = caller.clone();
    let view = app
        .db
        .read(move |tx| reading::watch_view(tx, &asking, id))
        .await?;
    if view.item.id != id {
        // What was typed about an item that went into another is not lost, but whoever typed it
        // has not seen that other one.
        let revision = view.item.revision.to_string();
        let kept = fields.pairs().iter().filter(|(name, _)| name != "revision");
        let typed = kept.cloned().chain([("revision".to_owned(), revision)]);
        let refusal = Refusal::conflict("watch-joined-meanwhile");
        return show_again(page, view, Fields::from_pairs(typed), refusal.into());
    }
    match decide(&app, caller, &view, &fields, page.now).await {
        Ok(path) => {
            app.wake.up();
            see_other(&path)
        }
        Err(trouble) => show_again(page, view, fields, trouble),
    }
}

async fn decide(
    app: &App,
    caller: Caller,
    view: &WatchView,
    fields: &Fields,
    now: jiff::Timestamp,
) -> Result<String, Trouble> {
    let id = view.item.id;
    let mut reader = Reader::new(fields);
    let mut new = decision::read(&mut reader, view.item.kind, Vec::new(), now)?;
    // What cannot even be read is said together with what the rules find.
    if !reader.wrong.is_empty() {
        let standing = view.standing.as_ref().map(|(_, aware_at)| *aware_at);
        let matter = Matter::of(&view.item, standing);
        reader.refuse(awareness::problems(&matter, &new, now))?;
    }
    let proof = keep_file(app, fields, "evidence", id.to_string(), "decision-evidence").await?;
    new.evidence.extend(proof);
    let (_, case) = app
        .db
        .write(move |tx| decisions::decide(tx, &caller, id, &new))
        .await?;
    Ok(match case {
        Some(case) => format!("/cases/{case}"),
        None => format!("/watch/{id}"),
    })
}

fn show_again(page: Visit, view: WatchView, fields: Fields, trouble: Trouble) -> Answer {
    let status = match &trouble {
        Trouble::Refusal(refusal) if refusal.status == 409 => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let form = Shown::refused(fields, trouble, page.lang, "case-field")?;
    answer::html_status(status, &watch_page(page, view, form))
}

fn watch_page(page: Visit, view: WatchView, form: Shown) -> WatchPage {
    let releases = view.affected.len();
    let products: BTreeSet<_> = view.affected.iter().map(|a| a.product).collect();
    let names: Vec<String> = view
        .member_states
        .iter()
        .map(|code| member_state(&page, code))
        .collect();
    let own_missing = view
        .own_member_state
        .filter(|own| !view.member_states.is_empty() && !view.member_states.contains(own))
        .map(|own| member_state(&page, &own));
    let mut affected = view.affected;
    affected.truncate(RELEASES_SHOWN);
    let mut decisions = view.decisions;
    decisions.reverse();
    WatchPage {
        events: event_lines(&page, &view.events),
        choices: choices(view.item.kind),
        item: view.item,
        signals: view.signals,
        more_affected: releases - affected.len(),
        affected,
        products: products.len(),
        releases,
        member_states: names.join(", "),
        world: view.world,
        standing: view
            .standing
            .map(|(case, aware_at)| (aware_at, case.state == CaseState::Closed)),
        own_missing,
        decisions,
        form,
        page,
    }
}
