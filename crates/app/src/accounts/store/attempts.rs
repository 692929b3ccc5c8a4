//! Counted attempts to sign in.

use crate::accounts::rules::Counter;
use crate::statements;
use crate::store::{Error, Tx};
use jiff::Timestamp;

statements! {
    COUNT: "insert into sign_in_attempts (name, attempts, since, succeeded_at) \
            values ($1, 1, $2, null) on conflict (name) do update set \
            attempts = case when sign_in_attempts.since <= $3 then 1 \
            else sign_in_attempts.attempts + 1 end, \
            since = case when sign_in_attempts.since <= $3 then $2 \
            else sign_in_attempts.since end \
            returning attempts, since, succeeded_at";
    FORGET_PAIR: "update sign_in_attempts set attempts = 0, succeeded_at = $2 where name = $1";
    TAKE_BACK: "update sign_in_attempts set attempts = attempts - 1 \
                where name = $1 and attempts > 0";
    FORGET_OLD: "delete from sign_in_attempts where since < $1 \
                 and (succeeded_at is null or succeeded_at < $1)";
}

/// Adds an attempt; counting begins anew when the last began before `window_start`.
pub fn count(tx: &mut Tx, name: &str, window_start: Timestamp) -> Result<Counter, Error> {
    let now = tx.now();
    let row = tx.query_one(COUNT, &[&name, &now, &window_start])?;
    Ok(Counter {
        attempts: row.int(0),
        since: row.instant(1),
        succeeded_at: row.opt_instant(2),
    })
}

/// The attempt was right: the pair begins anew and is known; the others lose this attempt only,
/// so that an attacker's own sign-in does not wipe out what they did before.
pub fn succeeded(tx: &mut Tx, [pair, address, account]: &[String; 3]) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(FORGET_PAIR, &[pair, &now])?;
    tx.execute(TAKE_BACK, &[address])?;
    tx.execute(TAKE_BACK, &[account])?;
    Ok(())
}

pub fn forget_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.execute(FORGET_OLD, &[&before])?;
    Ok(())
}
