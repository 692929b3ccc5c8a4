//! Organisations, people, sessions and tokens.

mod invitations;
mod passwords;
mod people;
mod setup;
mod sign_in;
mod tokens;
mod walk;

use crate::kit::{TestApp, caller_of, on_each_database, organisation};
use bonafide::accounts::{self, Credentials, NewSession, Role};
use bonafide::trouble::Trouble;

#[test]
fn a_session_recognises_its_person_and_nobody_elses() {
    on_each_database(|db| {
        let org = organisation(&db).organisation;
        let caller = caller_of(&db, org, Role::Psirt);
        let user = caller.user().unwrap();
        let secret = db
            .write_now(|tx| accounts::create_session(tx, org, user, &NewSession::default()))
            .unwrap();
        let who = |secret: &str| {
            let credentials = Credentials {
                session: Some(secret.to_owned()),
                token: None,
            };
            db.read_now(|tx| accounts::authenticate(tx, &credentials))
                .unwrap()
        };
        let found = who(&secret).unwrap();
        assert_eq!(found.caller.user(), Some(user));
        assert_eq!(found.caller.organisation, org);
        assert_eq!(found.person.role, "psirt");
        assert!(who("nonsense").is_none());
    });
}

#[test]
fn a_fresh_instance_waits_for_its_admin() {
    on_each_database(|db| {
        let links = db
            .write_now(|tx| -> Result<_, Trouble> {
                Ok((accounts::needs_setup(tx)?, accounts::issue_setup_link(tx)?))
            })
            .unwrap();
        assert!(links.0 && links.1.is_some());
        let org = organisation(&db).organisation;
        caller_of(&db, org, Role::Admin);
        let none = db.write_now(accounts::issue_setup_link).unwrap();
        assert!(none.is_none());
    });
}

#[tokio::test]
async fn a_token_opens_only_what_it_may() {
    let app = TestApp::new();
    let nobody = app.anonymous().get("/evidence/evid_0").await;
    assert_eq!(nobody.location(), "/sign-in?next=%2Fevidence%2Fevid_0");
}

/// A password that nobody guesses.
const PASSWORD: &str = "violet harbour ticket ninety";
const OTHER_PASSWORD: &str = "copper meadow lantern sixteen";

/// A person with a password, of our organisation; their mail address.
fn person(app: &TestApp, role: Role, email: &str) -> bonafide::ids::UserId {
    let hash = accounts::hash_password(app.app.db.entropy(), PASSWORD, &[]).unwrap();
    let new = accounts::NewUser {
        name: "Robin Example".into(),
        email: email.into(),
        role,
        password: Some(hash),
        lang: bonafide::web::words::Lang::En,
    };
    let organisation = app.organisation.id;
    app.app
        .db
        .write_now(|tx| {
            accounts::create_user(tx, organisation, &accounts::Actor::Program("test"), &new)
        })
        .unwrap()
}

/// Signs in as a browser does; the answer.
async fn sign_in(app: &TestApp, email: &str, password: &str) -> crate::kit::Answer {
    let form = [("email", email), ("password", password)];
    app.anonymous()
        .on_own_page()
        .post_form("/sign-in", &form)
        .await
}

const COOKIE: &str = "__Host-bonafide_session";
