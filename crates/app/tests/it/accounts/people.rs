//! What admins do with people, and what they cannot do.

use crate::kit::{TestApp, caller_of, on_each_database, organisation};
use bonafide::accounts::{self, Caller, NewOrganisation, Permission, PermissionSet, Role, Scope};
use bonafide::ids::UserId;
use bonafide::store::Db;
use bonafide::trouble::{Refusal, Trouble};

fn refusal<T>(result: Result<T, Trouble>) -> Refusal {
    match result {
        Err(Trouble::Refusal(refusal)) => refusal,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was not refused"),
    }
}

fn change_role(db: &Db, caller: &Caller, user: UserId, role: Role) -> Result<(), Trouble> {
    db.write_now(|tx| accounts::change_role(tx, caller, user, role))
}

#[test]
fn an_organisation_never_loses_its_last_admin() {
    on_each_database(|db| {
        let org = organisation(&db).organisation;
        let admin = caller_of(&db, org, Role::Admin);
        let me = admin.user().unwrap();
        assert_eq!(
            refusal(change_role(&db, &admin, me, Role::Auditor)).code,
            "last-admin"
        );
        let gone = db.write_now(|tx| accounts::disable_member(tx, &admin, me));
        assert_eq!(refusal(gone).code, "last-admin");
        let second = caller_of(&db, org, Role::Admin).user().unwrap();
        change_role(&db, &admin, me, Role::Auditor).unwrap();
        // Admins of other organisations do not count.
        caller_of(&db, organisation(&db).organisation, Role::Admin);
        let gone = change_role(&db, &admin, second, Role::Psirt);
        assert_eq!(refusal(gone).code, "last-admin");
    });
}

#[test]
fn two_admins_cannot_remove_each_other_at_the_same_moment() {
    on_each_database(|db| {
        let org = organisation(&db).organisation;
        let (one, two) = (
            caller_of(&db, org, Role::Admin),
            caller_of(&db, org, Role::Admin),
        );
        let (first, second) = (one.user().unwrap(), two.user().unwrap());
        std::thread::scope(|scope| {
            scope.spawn(|| change_role(&db, &one, second, Role::Auditor));
            scope.spawn(|| change_role(&db, &two, first, Role::Auditor));
        });
        let admins = db
            .read_now(|tx| accounts::list_members(tx, org))
            .unwrap()
            .into_iter()
            .filter(|member| member.role == Role::Admin)
            .count();
        assert_eq!(admins, 1);
    });
}

#[test]
fn nobody_gives_what_they_do_not_have() {
    on_each_database(|db| {
        let org = organisation(&db).organisation;
        // Somebody who may manage users and tokens, but little else.
        let mut narrow = caller_of(&db, org, Role::Admin);
        narrow.permissions = PermissionSet::of(&[
            Permission::UsersManage,
            Permission::TokensManage,
            Permission::ProductsRead,
            Permission::FindingsRead,
            Permission::CasesRead,
            Permission::JournalRead,
        ]);
        let psirt = caller_of(&db, org, Role::Psirt).user().unwrap();
        let auditor = caller_of(&db, org, Role::Auditor).user().unwrap();
        let up = change_role(&db, &narrow, auditor, Role::Psirt);
        assert_eq!(refusal(up).code, "grant-beyond-own");
        // Nor may they touch somebody who has more.
        let down = change_role(&db, &narrow, psirt, Role::Auditor);
        assert_eq!(refusal(down).code, "grant-beyond-own");
        let out = db.write_now(|tx| accounts::disable_member(tx, &narrow, psirt));
        assert_eq!(refusal(out).code, "grant-beyond-own");
        let invite = |role| {
            db.write_now(|tx| accounts::create_invitation(tx, &narrow, "x@muster.example", role))
        };
        assert_eq!(refusal(invite(Role::Admin)).code, "grant-beyond-own");
        invite(Role::Auditor).unwrap();
        let token = |scope| {
            db.write_now(|tx| {
                let new = accounts::NewToken {
                    name: "x".into(),
                    scopes: vec![scope],
                    product: None,
                    expires_at: tx.now() + jiff::SignedDuration::from_hours(1),
                };
                accounts::create_token(tx, &narrow, &new)
            })
        };
        assert_eq!(
            refusal(token(Scope::BomUpload).map(|_| ())).code,
            "grant-beyond-own"
        );
        token(Scope::JournalRead).map(|_| ()).unwrap();
    });
}

#[test]
fn other_organisations_people_are_unknown() {
    on_each_database(|db| {
        let ours = caller_of(&db, organisation(&db).organisation, Role::Admin);
        let theirs = caller_of(&db, organisation(&db).organisation, Role::Psirt)
            .user()
            .unwrap();
        let unknown: UserId = "user_00000000000000000000000000000000".parse().unwrap();
        for user in [theirs, unknown] {
            assert_eq!(
                refusal(change_role(&db, &ours, user, Role::Auditor)),
                Refusal::not_found()
            );
            let gone = db.write_now(|tx| accounts::disable_member(tx, &ours, user));
            assert_eq!(refusal(gone), Refusal::not_found());
            let back = db.write_now(|tx| accounts::enable_member(tx, &ours, user));
            assert_eq!(refusal(back), Refusal::not_found());
        }
    });
}

#[tokio::test]
async fn whoever_is_disabled_is_out_at_once_with_their_tokens() {
    let app = TestApp::new();
    let boss = app.member(Role::Admin);
    let admin = app.caller(Role::Admin);
    let user = admin.user().unwrap();
    let (browser, other_browser) = (app.tenant().client_of(user), app.tenant().client_of(user));
    let form = [
        ("name", "ci"),
        ("scope", "journal:read"),
        ("expires_on", "2027-01-01"),
    ];
    let page = browser
        .post_form("/settings/tokens", &form)
        .await
        .expect(200)
        .text();
    let token = page
        .split("<code id=\"token\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    let machine = app
        .anonymous()
        .with("authorization", format!("Bearer {token}"));
    machine.get("/journal.jsonl").await.expect(200);
    boss.post_form(&format!("/settings/users/{user}/disable"), &[])
        .await
        .expect(303);
    for out in [&browser, &other_browser] {
        assert_eq!(out.get("/settings").await.status, 303);
    }
    machine.get_json("/journal.jsonl").await.expect(401);
    let members = app
        .app
        .db
        .read_now(|tx| accounts::list_members(tx, app.organisation.id))
        .unwrap();
    assert!(members.iter().all(|member| member.user != user));
    // Let in again, they sign in anew; the token stays revoked.
    boss.post_form(&format!("/settings/users/{user}/enable"), &[])
        .await
        .expect(303);
    assert_eq!(browser.get("/settings").await.status, 303);
    app.tenant()
        .client_of(user)
        .get("/settings")
        .await
        .expect(200);
    machine.get_json("/journal.jsonl").await.expect(401);
}

#[tokio::test]
async fn another_role_counts_with_the_next_request() {
    let app = TestApp::new();
    let user = app.caller(Role::Auditor).user().unwrap();
    let browser = app.tenant().client_of(user);
    browser.get("/journal").await.expect(200);
    let form = [("role", "developer")];
    let path = format!("/settings/users/{user}/role");
    app.member(Role::Admin)
        .post_form(&path, &form)
        .await
        .expect(303);
    browser.get("/journal").await.expect(403);
    app.member(Role::Admin)
        .post_form(&path, &[("role", "owner")])
        .await
        .expect(422);
    app.other_tenant()
        .member(Role::Admin)
        .post_form(&path, &form)
        .await
        .expect(404);
}

#[tokio::test]
async fn the_organisation_says_who_it_is_and_nothing_else_can_be_written() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    let form = [
        ("organisation", "Neue <b>Werke</b> GmbH"),
        ("address", "Weg 2\r\n10115 Berlin"),
        ("country", "EL"),
        ("size", "micro"),
        ("security_contact", "https://neue.example/security"),
        ("report_address", "psirt@neue.example"),
        ("website", "https://neue.example"),
        ("zone", "Europe/Athens"),
        // Columns that no form has.
        ("slug", "stolen"),
        ("trust_published", "true"),
        ("id", "org_0"),
        ("num", "1"),
    ];
    admin
        .post_form("/settings/organisation", &form)
        .await
        .expect(303);
    let id = app.organisation.id;
    let saved = app
        .app
        .db
        .read_now(|tx| accounts::get_organisation(tx, id))
        .unwrap();
    assert_eq!(saved.country.as_deref(), Some("GR"));
    assert_eq!(saved.address, "Weg 2\n10115 Berlin");
    assert_eq!(saved.slug, app.organisation.slug);
    assert!(!saved.trust_published);
    let page = admin.get("/settings/organisation").await.expect(200).text();
    assert!(!page.contains("<b>Werke</b>"), "names are text");
    for (field, value, words) in [
        ("country", "XYZ", "is longer than 2"),
        ("size", "huge", "Choose one of the sizes"),
        ("zone", "Europe/Atlantis", "no such time zone"),
        ("website", "javascript:alert(1)", "begins with https"),
        ("security_contact", "shout loudly", "Write a mail address"),
    ] {
        let form = [("organisation", "X"), (field, value)];
        let page = admin
            .post_form("/settings/organisation", &form)
            .await
            .expect(422)
            .text();
        assert!(page.contains(words), "{field}: {page}");
    }
}

#[test]
fn slugs_are_readable_and_never_taken_twice() {
    on_each_database(|db| {
        for (name, slug) in [
            ("Müller & Söhne GmbH", "mueller-soehne-gmbh"),
            ("Müller & Söhne GmbH", "mueller-soehne-gmbh-2"),
            ("  ACME   Inc. ", "acme-inc"),
            ("Ελληνική", "organisation"),
            ("../../etc", "etc"),
        ] {
            let new = NewOrganisation {
                name: name.into(),
                ..NewOrganisation::default()
            };
            let actor = accounts::Actor::Program("test");
            let made = db
                .write_now(|tx| accounts::create_organisation(tx, &actor, &new))
                .unwrap();
            assert_eq!(made.slug, slug);
            let found = db
                .read_now(|tx| accounts::find_organisation_by_slug(tx, slug))
                .unwrap();
            assert_eq!(found, Some(made));
        }
    });
}
