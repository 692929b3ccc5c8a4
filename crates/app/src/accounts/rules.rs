//! Decisions about attempts to sign in, as pure functions.
//!
//! Counting per account alone would let anybody lock anybody out. So an account is closed only to
//! addresses it does not know: whoever signed in from an address lately still gets in from there.

use jiff::{SignedDuration, Timestamp};

/// Attempts are counted over this long.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Of one address on one account.
pub const PAIR_MAX: i64 = 8;
/// Of one address on all accounts: an office behind one address, mistyping on a Monday.
pub const ADDRESS_MAX: i64 = 60;
/// Of all addresses on one account.
pub const ACCOUNT_MAX: i64 = 40;
/// For this long an account knows an address it signed in from.
pub const KNOWN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// One counter after this attempt was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    pub attempts: i64,
    pub since: Timestamp,
    pub succeeded_at: Option<Timestamp>,
}

/// How long somebody must wait before they may try again; `None`: they may try now.
pub fn wait(
    now: Timestamp,
    pair: Counter,
    address: Counter,
    account: Counter,
) -> Option<SignedDuration> {
    let is_known = pair.succeeded_at.is_some_and(|at| at + KNOWN > now);
    let until = |counter: Counter, most: i64| {
        (counter.attempts > most).then(|| now.duration_until(counter.since + WINDOW))
    };
    [
        until(pair, PAIR_MAX),
        until(address, ADDRESS_MAX),
        until(account, ACCOUNT_MAX).filter(|_| !is_known),
    ]
    .into_iter()
    .flatten()
    .max()
}

/// What stands for an address: itself, or the network of an IPv6 address, for one customer has
/// 2^64 of those.
pub fn network(address: &str) -> String {
    match address.parse::<std::net::Ipv6Addr>() {
        Ok(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Err(_) => address.to_owned(),
    }
}
