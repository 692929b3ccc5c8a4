//! Organisations and their people, made without going through the pages.

use super::{Client, TestApp};
use bonafide::accounts::{
    self, Actor, Caller, NewOrganisation, NewSession, NewToken, NewUser, Organisation, Role, Scope,
};
use bonafide::ids::{OrganisationId, UserId};
use bonafide::store::Db;
use bonafide::trouble::Trouble;
use bonafide::web::words::Lang;
use std::sync::atomic::{AtomicU32, Ordering};

/// An organisation on a program under test.
pub struct Tenant<'a> {
    app: &'a TestApp,
    pub organisation: Organisation,
}

impl<'a> Tenant<'a> {
    pub(super) fn of(app: &'a TestApp, organisation: Organisation) -> Self {
        Self { app, organisation }
    }

    /// Somebody of this organisation, freshly signed in.
    pub fn member(&self, role: Role) -> Client<'a> {
        let user = user(&self.app.app.db, self.organisation.id, role);
        self.client_of(user)
    }

    /// A further browser of a person.
    pub fn client_of(&self, user: UserId) -> Client<'a> {
        let organisation = self.organisation.id;
        let new = NewSession {
            address: "192.0.2.1".into(),
            user_agent: "a browser of the tests".into(),
        };
        let secret = self
            .app
            .app
            .db
            .write_now(|tx| accounts::create_session(tx, organisation, user, &new))
            .unwrap_or_else(|trouble| panic!("{trouble:?}"));
        Client::new(self.app).with_session(&secret)
    }

    /// A machine of this organisation.
    pub fn token(&self, scopes: &[Scope]) -> Client<'a> {
        Client::new(self.app).with("x-api-key", self.token_text(scopes))
    }

    /// The text of a fresh API token of this organisation.
    pub fn token_text(&self, scopes: &[Scope]) -> String {
        let caller = Caller::program(self.organisation.id, "test");
        let token = self
            .app
            .app
            .db
            .write_now(|tx| {
                let new = NewToken {
                    name: "a machine".into(),
                    scopes: scopes.to_vec(),
                    product: None,
                    expires_at: tx.now() + jiff::SignedDuration::from_hours(24),
                };
                accounts::create_token(tx, &caller, &new)
            })
            .unwrap_or_else(|trouble| panic!("{trouble:?}"));
        token.text
    }

    /// A person of this organisation, for calling operations without HTTP.
    pub fn caller(&self, role: Role) -> Caller {
        caller_of(&self.app.app.db, self.organisation.id, role)
    }
}

/// A fresh organisation, and the program acting for it: for stories about the store.
pub fn organisation(db: &Db) -> Caller {
    Caller::program(found(db, "Muster Werke GmbH").id, "test")
}

/// A fresh organisation.
pub fn found(db: &Db, name: &str) -> Organisation {
    let new = NewOrganisation {
        name: name.into(),
        address: "Werkstraße 1, 12345 Musterstadt".into(),
        country: Some("DE".into()),
        size: Some("small".into()),
        security_contact: Some("security@muster.example".into()),
        report_address: Some("https://muster.example/report".into()),
        zone: Some("Europe/Berlin".into()),
        ..NewOrganisation::default()
    };
    db.write_now(|tx| accounts::create_organisation(tx, &Actor::Program("test"), &new))
        .unwrap_or_else(|trouble| panic!("{trouble:?}"))
}

/// A fresh person of an organisation, for calling operations without HTTP.
pub fn caller_of(db: &Db, organisation: OrganisationId, role: Role) -> Caller {
    Caller {
        organisation,
        actor: Actor::User {
            id: user(db, organisation, role),
            name: format!("Kim {}", role.name()),
        },
        permissions: role.permissions(),
        lang: Lang::En,
        only_product: None,
    }
}

/// A fresh person without a password.
pub fn user(db: &Db, organisation: OrganisationId, role: Role) -> UserId {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let new = NewUser {
        name: format!("Kim {}", role.name()),
        email: format!("kim{number}@muster.example"),
        role,
        password: None,
        lang: Lang::En,
    };
    db.write_now(|tx| -> Result<UserId, Trouble> {
        accounts::create_user(tx, organisation, &Actor::Program("test"), &new)
    })
    .unwrap_or_else(|trouble| panic!("{trouble:?}"))
}
