//! Public holidays as an organisation gives them, one list a Member State. They move the
//! legal-latest instants of days and months (Regulation (EEC, Euratom) No 1182/71, Articles 2(1)
//! and 3(4)), never an instant that is alarmed.

use super::{clocks, happened, store};
use crate::accounts::{Caller, Permission};
use crate::cases::rules::wording;
use crate::cases::types::{Deadline, Holidays, NewHolidays};
use crate::ids::CaseId;
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_law::deadlines::Stage;
use bonafide_law::member_states::MemberState;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The lists given so far, by Member State.
pub fn list_holidays(tx: &mut Tx, caller: &Caller) -> Result<Vec<Holidays>, Trouble> {
    caller.require(Permission::CasesRead)?;
    let mut given = store::told::holidays(tx, caller.organisation)?;
    given.retain(|list| !list.days.is_empty());
    Ok(given)
}

/// A Member State's list as it was changed last; one that was removed has no days. None when
/// nobody ever gave one.
pub fn find_holidays(
    tx: &mut Tx,
    caller: &Caller,
    member_state: &str,
) -> Result<Option<Holidays>, Trouble> {
    caller.require(Permission::CasesRead)?;
    let given = store::told::holidays(tx, caller.organisation)?;
    let mut given = given.into_iter();
    // A row nobody changed yet only holds the place to lock.
    let is_it = |list: &Holidays| {
        list.member_state == member_state && list.changed_at != Timestamp::UNIX_EPOCH
    };
    Ok(given.find(is_it))
}

/// Puts a Member State's list in the place of the one the person saw, or removes it, and counts
/// the open cases whose coordinator is there anew; a case opened at this moment counts by it, too.
/// Each case says which legal-latest instants moved.
pub fn set_holidays(tx: &mut Tx, caller: &Caller, new: &NewHolidays) -> Result<(), Trouble> {
    caller.require(Permission::CasesDecide)?;
    let state = MemberState::parse(&new.member_state)
        .ok_or_else(|| Refusal::field("member_state", "coordinator-unknown"))?;
    if new.days.is_empty() && !new.remove {
        return Err(Refusal::field("days", "holidays-empty").into());
    }
    let org = caller.organisation;
    store::told::lock_holidays(tx, org, state.code())?;
    let stands = find_holidays(tx, caller, state.code())?;
    if stands.map(|list| list.changed_at) != new.seen {
        return Err(Refusal::conflict("holidays-changed-meanwhile").into());
    }
    let none = BTreeSet::new();
    let days = if new.remove { &none } else { &new.days };
    store::told::set_holidays(tx, org, state.code(), days, &caller.actor)?;
    for case in store::told::open_cases_of(tx, org, state.code())? {
        count_anew(tx, caller, case, state.code())?;
    }
    let listed: Vec<String> = days.iter().map(ToString::to_string).collect();
    let detail = serde_json::json!({ "member_state": state.code(), "days": listed });
    let entry = Entry::new("public-holidays-set", org, detail);
    journal::record(tx, org, &caller.actor, entry)
}

/// Derives a case's deadlines by the new list; its timeline and the journal say what moved.
fn count_anew(tx: &mut Tx, caller: &Caller, case: CaseId, state: &str) -> Result<(), Trouble> {
    let org = caller.organisation;
    store::case::lock(tx, org, case)?;
    let before = in_force(&store::deadline::deadlines(tx, org, case)?);
    clocks::rederive(tx, org, case)?;
    let subject = case.to_string();
    for (stage, latest) in in_force(&store::deadline::deadlines(tx, org, case)?) {
        let old = before.get(&stage).copied().flatten();
        if old == latest {
            continue;
        }
        let words = |at: Option<Timestamp>| at.map_or_else(|| "-".to_owned(), wording::utc);
        let args = [
            ("stage", stage.as_str().to_owned()),
            ("old", words(old)),
            ("at", words(latest)),
            ("state", state.to_owned()),
        ];
        let kind = "legal-latest-moved";
        happened(tx, org, &caller.actor, &subject, kind, &args)?;
    }
    Ok(())
}

/// The legal-latest instant in force of each stage.
fn in_force(deadlines: &[Deadline]) -> BTreeMap<Stage, Option<Timestamp>> {
    let mut newest: Vec<&Deadline> = deadlines.iter().collect();
    newest.sort_by_key(|deadline| deadline.generation);
    newest
        .into_iter()
        .map(|deadline| (deadline.stage, deadline.legal_latest_at))
        .collect()
}
