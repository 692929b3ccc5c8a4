//! That users were informed (14(8)): recorded by a person, append-only. The law sets no hour and
//! asks no publication; nothing here is sent to anybody.

use super::cases::any_case;
use super::{REASON_CHARS_MAX, happened, store};
use crate::accounts::{Caller, Permission};
use crate::cases::rules::{informing, wording};
use crate::cases::types::NewInforming;
use crate::ids::CaseId;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};

/// Records that users were informed: by whom, when, how, of which releases, in which words. The
/// very same once more is the record that stands; a closed case stays closed.
pub fn record_informed(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    new: &NewInforming,
) -> Result<(), Trouble> {
    caller.require(Permission::CasesFile)?;
    // A closed case, too: users may have to be told long after the last report.
    any_case(tx, caller, id)?;
    let org = caller.organisation;
    let inside = store::case::releases(tx, org, id)?;
    informing::check(new, &inside, tx.now())?;
    if new.text.chars().count() > REASON_CHARS_MAX {
        return Err(Refusal::too_long("text_told", REASON_CHARS_MAX).into());
    }
    let standing = store::told::informed(tx, org, id)?;
    if standing.iter().any(|known| informing::is_same(known, new)) {
        // A second click.
        return Ok(());
    }
    store::told::insert_informed(tx, org, id, new, &caller.actor)?;
    let args = [
        ("told", new.told.as_str().to_owned()),
        ("how", new.by.as_str().to_owned()),
        ("informant", new.informant.clone()),
        ("at", wording::utc(new.informed_at)),
        ("releases", new.releases.len().to_string()),
    ];
    let subject = id.to_string();
    happened(tx, org, &caller.actor, &subject, "users-informed", &args)
}
