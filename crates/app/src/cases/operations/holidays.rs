//! Public holidays as an organisation gives them, one list a Member State. They move the
//! legal-latest instants of days and months (Regulation (EEC, Euratom) No 1182/71, Articles 2(1)
//! and 3(4)), never an instant that is alarmed.

use super::{clocks, store};
use crate::accounts::{Caller, Permission};
use crate::cases::types::Holidays;
use crate::journal::{self, Entry};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_law::member_states::MemberState;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The lists given so far, by Member State.
pub fn list_holidays(tx: &mut Tx, caller: &Caller) -> Result<Vec<Holidays>, Trouble> {
    caller.require(Permission::CasesRead)?;
    store::told::holidays(tx, caller.organisation)
}

/// Puts a Member State's list in the place of the one there was, and counts the open cases whose
/// coordinator is there anew.
pub fn set_holidays(
    tx: &mut Tx,
    caller: &Caller,
    member_state: &str,
    days: &BTreeSet<Date>,
) -> Result<(), Trouble> {
    caller.require(Permission::CasesDecide)?;
    let state = MemberState::parse(member_state)
        .ok_or_else(|| Refusal::field("member_state", "coordinator-unknown"))?;
    let org = caller.organisation;
    store::told::set_holidays(tx, org, state.code(), days, &caller.actor)?;
    for case in store::told::open_cases_of(tx, org, state.code())? {
        clocks::rederive(tx, org, case)?;
    }
    let listed: Vec<String> = days.iter().map(ToString::to_string).collect();
    let detail = serde_json::json!({ "member_state": state.code(), "days": listed });
    let entry = Entry::new("public-holidays-set", org, detail);
    journal::record(tx, org, &caller.actor, entry)
}
