//! Signing in: throttled per account and per address, the same answer whether the account or the
//! password is unknown, a new session every time.

use super::origin::Arrival;
use super::passwords::{self, PasswordHash};
use super::rules::{self, Counter};
use super::store::{attempts, people, sessions as store};
use super::{secrets, sessions};
use crate::caller::Actor;
use crate::ids::{OrganisationId, UserId};
use crate::journal::{self, Entry};
use crate::store::{Db, Tx};
use crate::trouble::{Refusal, Trouble};
use anyhow::Context as _;

/// How many passwords are checked at once; each takes 19 MiB on purpose.
static CHECKS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(4);

/// Signs somebody in; the session's secret.
pub async fn sign_in(
    db: &Db,
    email: &str,
    password: &str,
    arrival: &Arrival,
) -> Result<String, Trouble> {
    let (key, address) = (people::email_key(email), arrival.address.clone());
    let counted = (key.clone(), address.clone());
    db.write(move |tx| count_attempt(tx, &counted.0, &counted.1))
        .await?;
    let person = {
        let key = key.clone();
        db.read(move |tx| -> Result<_, Trouble> { Ok(people::find_by_email(tx, &key)?) })
            .await?
    };
    let hash = person.as_ref().and_then(|person| person.password.clone());
    let fits = check_password(password.to_owned(), hash.clone()).await?;
    let Some(person) = person.filter(|_| fits) else {
        return Err(Refusal::new(422, "sign-in-failed").into());
    };
    let new = arrival.session();
    db.write(move |tx| -> Result<_, Trouble> {
        // It may have been changed or disabled while we looked at the password.
        let still = people::find_by_email(tx, &key)?.filter(|now| now.password == hash);
        let home = people::first_organisation(tx, person.id)?;
        let (Some(person), Some(organisation)) = (still, home) else {
            return Err(Refusal::new(422, "sign-in-failed").into());
        };
        attempts::succeeded(tx, &names(&key, &address))?;
        attempts::forget_old(tx, tx.now() - rules::KNOWN)?;
        store::forget_expired(tx)?;
        begin(tx, organisation, person.id, &person.name, &new)
    })
    .await
}

/// Begins a session and writes it down.
pub(super) fn begin(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    name: &str,
    new: &sessions::NewSession,
) -> Result<String, Trouble> {
    let secret = sessions::create_session(tx, organisation, user, new)?;
    let actor = Actor::User {
        id: user,
        name: name.to_owned(),
    };
    let entry = Entry::new("signed-in", user, serde_json::json!({}));
    journal::record(tx, organisation, &actor, entry)?;
    Ok(secret)
}

/// Counts an attempt on an account; refuses when there were too many.
pub fn count_attempt(tx: &mut Tx, email_key: &str, address: &str) -> Result<(), Trouble> {
    let now = tx.now();
    let mut counters = [Counter {
        attempts: 0,
        since: now,
        succeeded_at: None,
    }; 3];
    for (counter, name) in counters.iter_mut().zip(names(email_key, address)) {
        *counter = attempts::count(tx, &name, now - rules::WINDOW)?;
    }
    let [pair, by_address, by_account] = counters;
    match rules::wait(now, pair, by_address, by_account) {
        None => Ok(()),
        Some(wait) => {
            let minutes = (wait.as_secs() + 59) / 60;
            let refusal = Refusal::new(429, "too-many-attempts").with("minutes", minutes.max(1));
            Err(refusal.into())
        }
    }
}

/// Whether a password fits, checked off the async threads, a few at a time.
pub(super) async fn check_password(
    password: String,
    hash: Option<PasswordHash>,
) -> Result<bool, Trouble> {
    let _turn = CHECKS.acquire().await.context("wait for a turn")?;
    Ok(
        tokio::task::spawn_blocking(move || passwords::fits(&password, hash.as_ref()))
            .await
            .context("check a password")?,
    )
}

/// A new password's hash, made off the async threads, a few at a time.
pub(super) async fn new_password(
    db: &Db,
    password: &str,
    context: Vec<String>,
) -> Result<PasswordHash, Trouble> {
    let _turn = CHECKS.acquire().await.context("wait for a turn")?;
    let (entropy, password) = (db.entropy().clone(), password.to_owned());
    tokio::task::spawn_blocking(move || {
        let context: Vec<&str> = context.iter().map(String::as_str).collect();
        passwords::hash_password(&entropy, &password, &context)
    })
    .await
    .context("hash a password")?
}

/// The counters an attempt adds to: the pair, the address, the account. Only digests are kept.
fn names(email_key: &str, address: &str) -> [String; 3] {
    let network = rules::network(address);
    [
        format!(
            "pair:{}",
            secrets::digest(&format!("{email_key}\n{network}"))
        ),
        format!("address:{}", secrets::digest(&network)),
        format!("account:{}", secrets::digest(email_key)),
    ]
}
