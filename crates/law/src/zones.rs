//! Time zones by IANA name, from the database inside the program, so that the same question gets
//! the same answer on every machine.

use crate::Refusal;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::sync::LazyLock;

/// The longest zone name that is looked up.
const NAME_BYTES_MAX: usize = 64;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The zone with an IANA name such as `Europe/Berlin` (capitals do not matter), or `UTC`.
pub fn named(name: &str) -> Result<TimeZone, Refusal> {
    let refusal = || {
        let shown: String = name.chars().take(NAME_BYTES_MAX).collect();
        Refusal::new(
            "unknown-zone",
            format!(
                "Find out the IANA name of the zone, such as Europe/Berlin: {shown:?} is none."
            ),
        )
    };
    if name.len() > NAME_BYTES_MAX {
        return Err(refusal());
    }
    let zone = DATABASE.get(name).map_err(|_| refusal())?;
    if zone.is_unknown() {
        Err(refusal())
    } else {
        Ok(zone)
    }
}

/// The names of all zones known here, sorted.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = DATABASE
        .available()
        .map(|name| name.as_str().to_owned())
        .collect();
    names.sort_unstable();
    names
}
