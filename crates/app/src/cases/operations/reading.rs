//! What pages, programs and the home page read; nothing here writes.

use super::{clocks, joining, store};
use crate::accounts::{self, Caller, Permission};
use crate::blobs::Digest;
use crate::cases::rules::prefill::{self, Known};
use crate::cases::rules::sheet::{self as sheets, Entry};
use crate::cases::store::case::Filter;
use crate::cases::types::{Affected, Case, CaseView, WatchItem, WatchView};
use crate::cases::words::{DeadlineState, WatchState};
use crate::ids::{CaseId, OrganisationId, ReleaseId, WatchItemId};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::Visit;
use crate::web::visit::Strip;
use bonafide_law::deadlines::Stage;
use bonafide_law::form::{Form, Lack, LawLack, Values, form_check, law_check};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Rows of one page of a list.
pub const PAGE_ROWS: i64 = 50;
const CHOICES_MAX: i64 = 500;

/// Everything the assess page shows of an item, or of the one it went into, in a constant number of statements.
pub fn watch_view(tx: &mut Tx, caller: &Caller, id: WatchItemId) -> Result<WatchView, Trouble> {
    caller.require(Permission::CasesRead)?;
    let org = caller.organisation;
    let item = joining::item_at(tx, org, id)?;
    let id = item.id;
    let text = id.to_string();
    let world = match item.vulnerability_id {
        Some(vulnerability) => store::world::world(tx, vulnerability)?,
        None => None,
    };
    let mut member_states: Vec<String> = store::world::placed(tx, org, &text, "")?
        .into_iter()
        .map(|placed| placed.member_state)
        .collect();
    member_states.sort();
    member_states.dedup();
    let standing = super::decisions::standing_case(tx, org, &item)?;
    Ok(WatchView {
        standing,
        own_member_state: super::opening::own_member_state(tx, caller)?,
        signals: store::watch::signals(tx, org, id)?,
        affected: store::world::affected(tx, org, &text, "", item.vulnerability_id)?,
        member_states,
        world,
        decisions: store::decision::decisions(tx, org, id)?,
        events: store::event::events(tx, org, &text, "")?,
        item,
    })
}

/// The bare watch item, or the one it went into, for whoever hands in a further signal of it.
pub fn watch_item_of(tx: &mut Tx, caller: &Caller, id: WatchItemId) -> Result<WatchItem, Trouble> {
    caller.require(Permission::CasesRead)?;
    joining::item_at(tx, caller.organisation, id)
}

/// The same; for an item that went into another, the address of that one.
pub fn find_watch_view(
    tx: &mut Tx,
    caller: &Caller,
    id: WatchItemId,
) -> Result<Result<WatchView, WatchItemId>, Trouble> {
    let view = watch_view(tx, caller, id)?;
    Ok(if view.item.id == id {
        Ok(view)
    } else {
        Err(view.item.id)
    })
}

/// A page of watch items, those that wait first, with how many stand in each state.
pub fn list_watch_items(
    tx: &mut Tx,
    caller: &Caller,
    decided: Option<bool>,
    page: i64,
) -> Result<(Vec<WatchItem>, BTreeMap<String, i64>), Trouble> {
    caller.require(Permission::CasesRead)?;
    let org = caller.organisation;
    let offset = page.max(0) * PAGE_ROWS;
    let items = store::watch::list(tx, org, decided, PAGE_ROWS, offset)?;
    Ok((items, store::watch::counts(tx, org)?))
}

/// A case in a list, with its next deadline.
#[derive(Debug, Clone)]
pub struct ListedCase {
    pub case: Case,
    pub next: Option<(Stage, Timestamp)>,
}

/// A page of cases and how many match in all.
pub fn list_cases(
    tx: &mut Tx,
    caller: &Caller,
    filter: &Filter,
    page: i64,
) -> Result<(Vec<ListedCase>, i64), Trouble> {
    caller.require(Permission::CasesRead)?;
    let org = caller.organisation;
    let (cases, total) = store::case::list(tx, org, filter, PAGE_ROWS, page.max(0) * PAGE_ROWS)?;
    let listed = cases
        .into_iter()
        .map(|(case, next)| ListedCase { case, next })
        .collect();
    Ok((listed, total))
}

/// The bare case.
pub fn case_of(tx: &mut Tx, caller: &Caller, id: CaseId) -> Result<Case, Trouble> {
    caller.require(Permission::CasesRead)?;
    store::case::get(tx, caller.organisation, id)
}

/// Everything the case page shows, in a constant number of statements.
pub fn case_view(tx: &mut Tx, caller: &Caller, id: CaseId) -> Result<CaseView, Trouble> {
    caller.require(Permission::CasesRead)?;
    let org = caller.organisation;
    let case = store::case::get(tx, org, id)?;
    let (text, watch) = (id.to_string(), case.watch_item.to_string());
    let decision = store::decision::decisions(tx, org, case.watch_item)?
        .into_iter()
        .find(|decision| decision.id == case.decision)
        .ok_or_else(|| anyhow::anyhow!("case {id} has lost its decision"))?;
    let world = match case.vulnerability_id {
        Some(vulnerability) => store::world::world(tx, vulnerability)?,
        None => None,
    };
    let (affected, missing) = affected(tx, org, &case)?;
    let mut deadlines = store::deadline::deadlines(tx, org, id)?;
    deadlines.sort_by_key(|deadline| (deadline.stage, deadline.generation));
    let (superseded, standing) = deadlines
        .into_iter()
        .partition(|deadline| deadline.state == DeadlineState::Superseded);
    let in_case: Vec<_> = affected.iter().map(|release| release.product).collect();
    let mut placed = store::world::placed(tx, org, &watch, &text)?;
    placed.retain(|placed| in_case.contains(&placed.product));
    Ok(CaseView {
        first_signal_at: decision.first_signal_at,
        decision,
        anchors: store::case::anchors(tx, org, id)?,
        deadlines: standing,
        superseded,
        affected,
        missing,
        placed,
        submissions: store::sheet::submissions(tx, org, id)?,
        informed: store::told::informed(tx, org, id)?,
        holidays: clocks::holidays_of(tx, org, &case)?,
        events: store::event::events(tx, org, &text, &watch)?,
        world,
        case,
    })
}

/// The releases in the case, and those that contain the flaw but are not in it.
fn affected(
    tx: &mut Tx,
    org: OrganisationId,
    case: &Case,
) -> Result<(Vec<Affected>, Vec<Affected>), Trouble> {
    let inside = store::case::releases(tx, org, case.id)?;
    let all = store::world::affected(
        tx,
        org,
        &case.watch_item.to_string(),
        &case.id.to_string(),
        case.vulnerability_id,
    )?;
    Ok(all
        .into_iter()
        .partition(|affected| inside.contains(&affected.release)))
}

/// Releases a person may choose for a case by hand: id, product, version, market; at most 500.
pub fn release_choices(
    tx: &mut Tx,
    caller: &Caller,
) -> Result<Vec<(ReleaseId, String, String, String)>, Trouble> {
    caller.require(Permission::CasesRead)?;
    store::world::choices(tx, caller.organisation, CHOICES_MAX)
}

/// A stage's sheet as a person sees it.
#[derive(Debug, Clone)]
pub struct SheetView {
    pub case: CaseView,
    pub organisation: String,
    pub stage: Stage,
    pub entries: Vec<Entry>,
    pub values: Values,
    /// 0 as long as nothing was saved.
    pub revision: i64,
    pub saved_by: Option<String>,
    pub saved_at: Option<Timestamp>,
    pub form_lacks: Vec<Lack>,
    pub law_lacks: Vec<LawLack>,
}

impl SheetView {
    /// What stands for the sheet as it was seen: its revision and a digest of its values. A
    /// sheet nobody saved is filled anew at every look, so the revision alone says too little.
    pub fn seal(&self) -> String {
        let values = serde_json::json!(self.values).to_string();
        let digest = Digest::of(values.as_bytes());
        format!("{}-{}", self.revision, digest.hex())
    }
}

/// The sheet of a stage: a saved draft, else the stage before and what we know.
pub fn sheet_view(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    stage: Stage,
) -> Result<SheetView, Trouble> {
    let case = case_view(tx, caller, id)?;
    if stage == Stage::IntermediateReport {
        return Err(Refusal::not_found().into());
    }
    let org = caller.organisation;
    let organisation = accounts::get_organisation(tx, org)?;
    let products = store::world::products(tx, org, id)?;
    let saved = store::sheet::sheets(tx, org, id)?;
    let zone = bonafide_law::zones::named(&case.case.zone)
        .map_err(|e| anyhow::anyhow!("the zone of case {id}: {e}"))?;
    let today = zone.to_datetime(tx.now()).date();
    let known = Known {
        view: &case,
        products: &products,
        organisation: &organisation.name,
        today,
    };
    let offers = prefill::offers(&known, stage);
    let form = Form::current();
    let kind = case.case.kind;
    let entries = sheets::entries(form, kind, stage, &saved, &offers);
    let values = sheets::values(&entries);
    let draft = saved.into_iter().find(|sheet| sheet.stage == stage);
    Ok(SheetView {
        form_lacks: form_check(form, kind, stage, &values),
        law_lacks: law_check(kind, stage, &values),
        organisation: organisation.name,
        stage,
        entries,
        values,
        revision: draft.as_ref().map_or(0, |sheet| sheet.revision),
        saved_by: draft.as_ref().map(|sheet| sheet.saved_by.clone()),
        saved_at: draft.map(|sheet| sheet.saved_at),
        case,
    })
}

/// A running deadline, for the home page.
#[derive(Debug, Clone)]
pub struct RunningClock {
    pub case: CaseId,
    pub title: String,
    pub stage: Stage,
    pub due_at: Timestamp,
    pub citation: String,
    /// As [`Strip::tone`].
    pub tone: &'static str,
}

/// The running deadlines of a caller's organisation, the least time left first.
pub fn running(tx: &mut Tx, caller: &Caller, most: i64) -> Result<Vec<RunningClock>, Trouble> {
    if !caller.may(Permission::CasesRead) {
        return Ok(Vec::new());
    }
    let now = tx.now();
    let rows = store::deadline::running(tx, caller.organisation, most)?;
    Ok(rows
        .into_iter()
        .map(|row| RunningClock {
            case: row.case,
            tone: tone(row.anchor_at.unwrap_or(now), row.due_at, now),
            title: row.vulnerability.unwrap_or(row.title),
            stage: row.stage,
            due_at: row.due_at,
            citation: row.citation,
        })
        .collect())
}

/// How close a deadline is: `calm`, `soon` (less than half left), `close` (less than a quarter),
/// `overdue`.
pub fn tone(anchor_at: Timestamp, due_at: Timestamp, now: Timestamp) -> &'static str {
    let whole = due_at.duration_since(anchor_at).as_secs().max(1);
    let left = due_at.duration_since(now).as_secs();
    match left {
        left if left <= 0 => "overdue",
        left if left * 4 < whole => "close",
        left if left * 2 < whole => "soon",
        _ => "calm",
    }
}

/// The running clock with the least time left, for the strip on every console page; a watch item
/// that waits for a person when no deadline runs.
pub fn most_urgent(tx: &mut Tx, caller: &Caller, visit: &Visit) -> Result<Option<Strip>, Trouble> {
    if !caller.may(Permission::CasesRead) {
        return Ok(None);
    }
    if let Some(clock) = running(tx, caller, 1)?.into_iter().next() {
        let key = match clock.tone {
            "overdue" => "strip-overdue",
            _ => "strip-running",
        };
        let args = [
            ("stage", clock.stage.as_str().to_owned()),
            ("title", clock.title.clone()),
            ("left", visit.span(&clock.due_at)),
            ("due", visit.utc(&clock.due_at)),
        ];
        return Ok(Some(Strip {
            href: format!("/cases/{}", clock.case),
            text: visit.lang.ta(key, &args),
            due_at: clock.due_at,
            tone: clock.tone,
        }));
    }
    let waiting = store::watch::list(tx, caller.organisation, Some(false), 1, 0)?;
    let Some(item) = waiting
        .into_iter()
        .find(|item| item.state == WatchState::Waiting)
    else {
        return Ok(None);
    };
    let args = [
        ("title", item.vulnerability.clone().unwrap_or(item.title)),
        ("waited", visit.span(&item.first_signal_at)),
    ];
    Ok(Some(Strip {
        href: format!("/watch/{}", item.id),
        text: visit.lang.ta("strip-waiting", &args),
        due_at: item.first_signal_at,
        tone: "close",
    }))
}
