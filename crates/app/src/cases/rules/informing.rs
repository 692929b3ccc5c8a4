//! What a record of informing users (14(8)) must bring with it, and what is still open.

use crate::cases::types::{Affected, Informing, NewInforming};
use crate::ids::ReleaseId;
use crate::trouble::Refusal;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The longest name of who informed them.
pub const INFORMANT_CHARS_MAX: usize = 200;
/// The longest address or number under which it can be read again.
pub const REFERENCE_CHARS_MAX: usize = 500;

/// Refuses a record nobody could use as proof later.
pub fn check(new: &NewInforming, inside: &[ReleaseId], now: Timestamp) -> Result<(), Refusal> {
    if new.informed_at > now {
        return Err(Refusal::field("informed_at", "informed-in-future"));
    }
    if new.informant.trim().is_empty() {
        return Err(Refusal::field("informant", "informed-by-nobody"));
    }
    if new.text.trim().is_empty() {
        return Err(Refusal::field("text_told", "informed-without-text"));
    }
    if !inside.is_empty() && new.releases.is_empty() {
        return Err(Refusal::field("releases", "informed-of-no-release"));
    }
    if new.releases.iter().any(|release| !inside.contains(release)) {
        return Err(Refusal::not_found());
    }
    Ok(())
}

/// Whether a record says all that a new one would.
pub fn is_same(known: &Informing, new: &NewInforming) -> bool {
    let sorted = |releases: &[ReleaseId]| releases.iter().copied().collect::<BTreeSet<_>>();
    (known.told, known.by, known.informed_at) == (new.told, new.by, new.informed_at)
        && (&known.informant, &known.text) == (&new.informant, &new.text)
        && known.reference == new.reference
        && sorted(&known.releases) == sorted(&new.releases)
}

/// The releases of the case about which no record says that users were informed.
pub fn still_open<'a>(affected: &'a [Affected], informed: &[Informing]) -> Vec<&'a Affected> {
    let told = |release| informed.iter().any(|i| i.releases.contains(&release));
    affected.iter().filter(|a| !told(a.release)).collect()
}
