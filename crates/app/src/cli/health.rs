//! `bonafide health`: whether the alarms of a database fire, what follows them was done, and
//! somebody was reached. A process of its own, to be asked by a timer or a monitor, because a loop
//! that is ill cannot be trusted to say so.

use super::exit;
use super::say::say;
use super::serve::{ServeArgs, look};
use crate::clock::{self, Health, Verdict};
use crate::config::Config;
use crate::jobs;
use crate::notices::{self, Unreached};
use crate::store::Tx;
use crate::trouble::Trouble;
use std::process::ExitCode;

/// What `health` takes.
#[derive(clap::Args, Debug, Default)]
pub struct HealthArgs {
    /// Where the database lives.
    #[arg(long, value_name = "DIR")]
    pub data: Option<std::path::PathBuf>,
    /// The configuration file; `bonafide.toml` here if there is one.
    #[arg(long, value_name = "FILE")]
    pub config: Option<std::path::PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// What was seen of a database.
pub struct Seen {
    pub health: Health,
    pub given_up: i64,
    /// What nobody could be told of, over all organisations.
    pub unreached: Option<Unreached>,
}

/// 0 when alarms fire; 1 when one is overdue by more than 30 seconds or unreadable, the loop has
/// stood still for longer, a job was given up, or nobody could be reached; 4 when no server ever
/// ran on this database; 2 when there is none, or one of another version; 8 when its server cannot
/// be reached.
pub fn run(args: HealthArgs) -> ExitCode {
    let seen = match look_at(&args) {
        Ok(seen) => seen,
        Err(error) => {
            return exit::from_error(&error);
        }
    };
    if args.json {
        say!("{}", json(&seen));
    } else {
        say!("{}", sentence(&seen));
    }
    ExitCode::from(match verdict(&seen) {
        Verdict::Well => 0,
        Verdict::Ill => exit::FOUND,
        Verdict::NeverRan => exit::NOTHING,
    })
}

/// A job that was given up may be somebody who was not told: that is never well.
pub fn verdict(seen: &Seen) -> Verdict {
    match seen.health.verdict() {
        Verdict::Well if seen.given_up > 0 || seen.unreached.is_some() => Verdict::Ill,
        verdict => verdict,
    }
}

/// The alarms, how many jobs were given up, and whether somebody could be told.
pub fn ask(tx: &mut Tx) -> Result<Seen, Trouble> {
    let counts = jobs::counts(tx)?;
    let given_up = counts.iter().find(|(state, _)| state == "given-up");
    Ok(Seen {
        health: clock::health(tx)?,
        given_up: given_up.map_or(0, |(_, count)| *count),
        unreached: notices::unreached_anywhere(tx)?,
    })
}

fn look_at(args: &HealthArgs) -> anyhow::Result<Seen> {
    let serve = ServeArgs {
        data: args.data.clone(),
        config: args.config.clone(),
        ..ServeArgs::default()
    };
    let config: Config = serve.load()?;
    let db = look(&config)?;
    db.read_now(ask).map_err(Trouble::into_error)
}

fn sentence(seen: &Seen) -> String {
    let (health, given_up) = (&seen.health, seen.given_up);
    let lag = match health.loop_lag_seconds() {
        Some(seconds) => format!("the loop last turned {seconds} s ago"),
        None => "no server ever ran on this database".into(),
    };
    let overdue = match health.overdue_seconds() {
        0 => "none overdue".into(),
        seconds => format!("the oldest overdue by {seconds} s"),
    };
    let (armed, unreadable) = (health.armed, health.unreadable);
    let unreached = match &seen.unreached {
        Some(unreached) => format!(
            "; nobody could be reached about {} notices since {}",
            unreached.notices,
            iso(unreached.since)
        ),
        None => String::new(),
    };
    format!(
        "{lag}; {armed} alarms armed, {overdue}; {unreadable} unreadable; {given_up} jobs given \
         up{unreached}"
    )
}

fn iso(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn json(seen: &Seen) -> serde_json::Value {
    let health = &seen.health;
    serde_json::json!({
        "verdict": match verdict(seen) {
            Verdict::Well => "well",
            Verdict::Ill => "ill",
            Verdict::NeverRan => "never-ran",
        },
        "loop_lag_seconds": health.loop_lag_seconds(),
        "armed": health.armed,
        "oldest_armed_due_at": health.oldest_armed_due_at.map(iso),
        "overdue_seconds": health.overdue_seconds(),
        "unreadable": health.unreadable,
        "jobs_given_up": seen.given_up,
        "unreached_notices": seen.unreached.map_or(0, |unreached| unreached.notices),
        "unreached_since": seen.unreached.map(|unreached| iso(unreached.since)),
    })
}
