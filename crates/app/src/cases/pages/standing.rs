//! What a case page says beside its clocks: which filed report carries an old value, whether
//! public holidays were counted, whether users were informed.

use super::wording::{member_state, word};
use crate::cases::rules::{holidays, informing, stale};
use crate::cases::types::CaseView;
use crate::cases::{CaseState, Trigger};
use crate::ids::SubmissionId;
use crate::web::Visit;
use bonafide_law::coordinators;
use bonafide_law::deadlines::Stage;
use jiff::Timestamp;

/// A filed report that says something else than the case, and what to do.
pub struct Outdated {
    pub text: String,
    pub act: String,
    pub stage: Stage,
    pub submission: SubmissionId,
}

/// What is to be done next, as an address and its words: the report whose time ends first, else
/// what the next one waits for, else telling the users, else closing.
pub fn next(page: &Visit, view: &CaseView) -> Option<(String, String)> {
    if view.case.state == CaseState::Closed {
        return None;
    }
    let case = view.case.id;
    let unfiled = || view.deadlines.iter().filter(|d| d.met_at.is_none());
    let prepare = |stage: Stage| {
        let name = word(page, "case-stage", stage.as_str());
        let address = format!("/cases/{case}/sheets/{stage}");
        (address, page.t1("case-next-sheet", "stage", name))
    };
    let first_due = unfiled()
        .filter(|d| d.due_at.is_some())
        .min_by_key(|d| (d.due_at, d.stage));
    if let Some(deadline) = first_due {
        return Some(prepare(deadline.stage));
    }
    match unfiled().next() {
        Some(deadline) if deadline.trigger == Trigger::MeasureAvailableAt => Some((
            format!("/cases/{case}/measure"),
            page.t("case-next-measure"),
        )),
        Some(deadline) => Some(prepare(deadline.stage)),
        None if users(page, view).1 => {
            Some((format!("/cases/{case}/users"), page.t("case-users-record")))
        }
        None => Some((
            format!("/cases/{case}/close"),
            page.t("case-act-close-title"),
        )),
    }
}

/// The filed reports that carry an old value.
pub fn outdated(page: &Visit, view: &CaseView) -> Vec<Outdated> {
    let is_final = view.filed(Stage::FinalReport).is_some();
    let contact = view
        .case
        .coordinator
        .as_deref()
        .and_then(coordinators::by_member_state)
        .map_or_else(|| "CSIRT".to_owned(), |c| c.csirt.clone());
    let act = if is_final {
        "case-stale-do-closed"
    } else {
        "case-stale-do-update"
    };
    let unknown = view.unknown().into_iter().map(|found| {
        let key = match found.anchor {
            Trigger::AwareAt => "case-stale-unknown-aware",
            _ => "case-stale-unknown-measure",
        };
        let now = found.stands_at.map(|at| page.utc(&at));
        let args = [
            ("stage", word(page, "case-stage", found.stage.as_str())),
            ("reference", found.reference),
            ("now", now.unwrap_or_else(|| "-".to_owned())),
        ];
        Outdated {
            text: page.lang.ta(key, &args),
            act: page.t("case-stale-unknown-do"),
            stage: found.stage,
            submission: found.submission,
        }
    });
    let known = view.outdated();
    let known = known.into_iter().map(|found| {
        let key = match (found.anchor, found.stands_at) {
            (Trigger::AwareAt, _) => "case-stale-aware",
            (_, Some(_)) => "case-stale-measure",
            (_, None) => "case-stale-measure-none",
        };
        let args = [
            ("stage", word(page, "case-stage", found.stage.as_str())),
            ("reference", found.reference),
            ("filed", page.utc(&found.filed_at)),
            (
                "now",
                found.stands_at.map(|at| page.utc(&at)).unwrap_or_default(),
            ),
        ];
        Outdated {
            text: page.lang.ta(key, &args),
            act: page.t1(act, "csirt", &contact),
            stage: found.stage,
            submission: found.submission,
        }
    });
    known.chain(unknown).collect()
}

/// Records of filing whose instant was corrected: what they said before, and what follows.
pub fn corrected(page: &Visit, view: &CaseView) -> Vec<String> {
    stale::corrected(&view.submissions)
        .into_iter()
        .map(|found| {
            let args = [
                ("stage", word(page, "case-stage", found.stage.as_str())),
                ("was", page.utc(&found.was)),
                ("is", page.utc(&found.is)),
            ];
            page.lang.ta("case-record-corrected", &args)
        })
        .collect()
}

/// Whether public holidays moved a legal-latest instant that is shown; only days and months know
/// them (Regulation (EEC, Euratom) No 1182/71, Article 3(4)).
pub fn holidays(page: &Visit, view: &CaseView) -> Option<String> {
    let zone = bonafide_law::zones::named(&view.case.zone).ok()?;
    let day = |at: Timestamp| zone.to_datetime(at).date();
    let mut latest = view
        .deadlines
        .iter()
        .filter(|deadline| deadline.trigger != Trigger::AwareAt)
        .filter_map(|deadline| deadline.legal_latest_at)
        .map(day)
        .peekable();
    latest.peek()?;
    let Some(state) = &view.case.coordinator else {
        return Some(page.t("case-holidays-nowhere"));
    };
    let state = member_state(page, state);
    if view.holidays.is_empty() {
        return Some(page.t1("case-holidays-none", "state", state));
    }
    let years = holidays::years_missing(&view.holidays, latest);
    if years.is_empty() {
        return Some(page.t1("case-holidays-counted", "state", state));
    }
    let years: Vec<String> = years.iter().map(i16::to_string).collect();
    Some(page.t2(
        "case-holidays-years",
        "state",
        state,
        "years",
        years.join(", "),
    ))
}

/// Whether users were informed (14(8)), in a sentence, and whether something is open.
pub fn users(page: &Visit, view: &CaseView) -> (String, bool) {
    let open = informing::still_open(&view.affected, &view.informed);
    if view.informed.is_empty() {
        return (page.t("case-users-nobody"), true);
    }
    if open.is_empty() {
        return (page.t("case-users-all-told"), false);
    }
    const NAMES_MAX: usize = 5;
    let mut names: Vec<String> = open
        .iter()
        .take(NAMES_MAX)
        .map(|a| format!("{} {}", a.product_name, a.version))
        .collect();
    if open.len() > NAMES_MAX {
        names.push(format!("(+{})", open.len() - NAMES_MAX));
    }
    (page.t1("case-users-open", "names", names.join(", ")), true)
}
