//! Work that must happen after a transaction, written in that transaction.
//!
//! A job carries ids, may run twice, and ends in done, try again, or given up. It is claimed
//! with a lease, so that a process that dies loses nothing. Each claim counts one attempt up, and
//! only whoever has the newest one may say how the job ended. The worker loop is in `worker.rs`.

use crate::ids::{CaseId, DeliveryId, NoticeId, OrganisationId, ReleaseId, WatchItemId};
use crate::statements;
use crate::store::{Error, Tx};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Everything that can be done later. Closed on purpose: the worker handles each by name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "job", rename_all = "kebab-case")]
pub enum Job {
    /// A known-exploited flaw was found in an organisation's releases: open a watch item or add
    /// a signal to it (`cases`).
    ConsiderExploited {
        organisation: OrganisationId,
        vulnerability: i64,
    },
    /// A release that was not on the market now is: what is known to be exploited in it must be
    /// considered (`findings`).
    ConsiderRelease {
        organisation: OrganisationId,
        release: ReleaseId,
    },
    /// A watch item still waits for a person: tell the next one (`cases`).
    EscalateWatchItem {
        organisation: OrganisationId,
        watch_item: WatchItemId,
        step: u32,
    },
    /// A deadline's reminder or the deadline itself has come (`cases`).
    DeadlineReached {
        organisation: OrganisationId,
        case: CaseId,
        deadline: crate::ids::DeadlineId,
        mark: String,
    },
    /// Work out who is told of a notice, and queue a delivery for each (`notices`).
    FanOut {
        organisation: OrganisationId,
        notice: NoticeId,
    },
    /// Send one delivery (`notices`).
    Deliver {
        organisation: OrganisationId,
        delivery: DeliveryId,
    },
    /// Nobody acknowledged a notice: go up the ladder (`notices`).
    EscalateNotice {
        organisation: OrganisationId,
        notice: NoticeId,
        step: u32,
    },
    /// Judgements whose time is over no longer hold (`findings`).
    ExpireAssessments { organisation: OrganisationId },
    /// Fetch the feeds that are due (`advisories`).
    SyncFeeds,
    /// Merge what tells which SBOMs hold a package version (`sboms`).
    SortPostings,
    /// Documents were read by an older program: read their originals again (`findings`).
    ReadSbomsAgain {},
}

/// Wakes the worker; a hint only, the database is what counts.
#[derive(Clone, Default)]
pub struct Wake(Arc<tokio::sync::Notify>);

impl Wake {
    pub fn up(&self) {
        self.0.notify_one();
    }

    pub async fn wait(&self) {
        self.0.notified().await;
    }
}

/// A claimed job.
#[derive(Debug, Clone)]
pub struct Claimed {
    pub id: i64,
    pub job: Job,
    /// How often it was claimed, this time included; it names the lease.
    pub attempts: i64,
}

/// How long a worker has before another may take the job over, unless it prolongs its lease.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// After this many attempts a job is given up; `bonafide health` tells.
pub const ATTEMPTS_MAX: i64 = 12;
const BACK_OFF_MAX_SECONDS: i64 = 3_600;
const ERROR_CHARS_MAX: usize = 1_000;

statements! {
    ENQUEUE: "insert into jobs (payload, run_at, attempts, state, created_at) \
              values ($1, $2, 0, 'waiting', $3)";
    DUE: "select id, payload, attempts from jobs where state = 'waiting' and run_at <= $1 \
          and (leased_until is null or leased_until <= $1) order by run_at, id limit $2";
    LEASE_ONE: "update jobs set leased_until = $2, attempts = attempts + 1 where id = $1";
    PROLONG: "update jobs set leased_until = $3 where id = $1 and attempts = $2 \
              and state = 'waiting'";
    FINISH: "delete from jobs where id = $1 and attempts = $2 and state = 'waiting'";
    TRY_AGAIN: "update jobs set leased_until = null, run_at = $3, last_error = $4 \
                where id = $1 and attempts = $2 and state = 'waiting'";
    GIVE_UP: "update jobs set leased_until = null, state = 'given-up', last_error = $3 \
              where id = $1 and attempts = $2 and state = 'waiting'";
    WAITING: "select count(*) from jobs where payload = $1 and state = 'waiting'";
    NEXT_AT: "select min(run_at) from jobs where state = 'waiting'";
    COUNTS: "select state, count(*) from jobs group by state order by state";
}

/// Queues a job for now, in the caller's transaction.
pub fn enqueue(tx: &mut Tx, job: &Job) -> Result<(), Error> {
    let now = tx.now();
    enqueue_at(tx, job, now)
}

/// Queues a job for an instant.
pub fn enqueue_at(tx: &mut Tx, job: &Job, run_at: Timestamp) -> Result<(), Error> {
    let payload = serde_json::to_string(job).map_err(|e| Error::Engine(e.to_string()))?;
    let now = tx.now();
    tx.execute(ENQUEUE, &[&payload, &run_at, &now])?;
    Ok(())
}

/// Whether this very job waits already.
pub fn is_waiting(tx: &mut Tx, job: &Job) -> Result<bool, Error> {
    let payload = serde_json::to_string(job).map_err(|e| Error::Engine(e.to_string()))?;
    Ok(tx.query_one(WAITING, &[&payload])?.int(0) > 0)
}

/// Takes up to `most` due jobs for this worker. One whose attempts are used up although none was
/// ever reported failed took its process down each time, and is given up.
pub fn claim(tx: &mut Tx, most: usize) -> anyhow::Result<Vec<Claimed>> {
    let now = tx.now();
    let sql = format!("{DUE}{}", tx.dialect().claim());
    let rows = tx.query(&sql, &[&now, &most])?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.int(0);
        if row.int(2) >= ATTEMPTS_MAX {
            tracing::error!(id, "a job that never came to an end is put aside");
            let attempts = row.int(2);
            tx.execute(GIVE_UP, &[&id, &attempts, &"no attempt came to an end"])?;
            continue;
        }
        tx.execute(LEASE_ONE, &[&id, &(now + LEASE)])?;
        match serde_json::from_str(&row.text(1)) {
            Ok(job) => claimed.push(Claimed {
                id,
                job,
                attempts: row.int(2) + 1,
            }),
            Err(error) => {
                tracing::error!(id, %error, "a job nobody understands is put aside");
                let attempts = row.int(2) + 1;
                tx.execute(GIVE_UP, &[&id, &attempts, &error.to_string()])?;
            }
        }
    }
    Ok(claimed)
}

/// Keeps the job for another [`LEASE`] from now; false when another worker has it meanwhile.
pub fn prolong(tx: &mut Tx, claimed: &Claimed) -> Result<bool, Error> {
    let until = tx.now() + LEASE;
    Ok(tx.execute(PROLONG, &[&claimed.id, &claimed.attempts, &until])? == 1)
}

/// The job is done; false when another worker has it meanwhile, whose word counts.
pub fn finish(tx: &mut Tx, claimed: &Claimed) -> Result<bool, Error> {
    Ok(tx.execute(FINISH, &[&claimed.id, &claimed.attempts])? == 1)
}

/// The job failed: try again later, or give it up so that a person looks. False when another
/// worker has it meanwhile, whose word counts.
pub fn fail(tx: &mut Tx, claimed: &Claimed, error: &str) -> Result<bool, Error> {
    let Claimed { id, attempts, .. } = claimed;
    let error: String = error.chars().take(ERROR_CHARS_MAX).collect();
    let changed = if *attempts >= ATTEMPTS_MAX {
        tx.execute(GIVE_UP, &[id, attempts, &error])?
    } else {
        let again = tx.now() + back_off(*attempts);
        tx.execute(TRY_AGAIN, &[id, attempts, &again, &error])?
    };
    Ok(changed == 1)
}

/// 1 s, 4 s, 16 s … at most an hour.
pub fn back_off(attempts: i64) -> SignedDuration {
    let exponent = u32::try_from(attempts.saturating_sub(1))
        .unwrap_or(0)
        .min(12);
    SignedDuration::from_secs(4i64.saturating_pow(exponent).min(BACK_OFF_MAX_SECONDS))
}

/// When the next job is due, if any waits.
pub fn next_at(tx: &mut Tx) -> Result<Option<Timestamp>, Error> {
    Ok(tx
        .query_opt(NEXT_AT, &[])?
        .and_then(|row| row.opt_instant(0)))
}

/// Jobs by state (`waiting`, `given-up`).
pub fn counts(tx: &mut Tx) -> Result<Vec<(String, i64)>, Error> {
    Ok(tx
        .query(COUNTS, &[])?
        .iter()
        .map(|row| (row.text(0), row.int(1)))
        .collect())
}
