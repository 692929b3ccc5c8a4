//! Our own advisories: from a draft to everybody, and back.

use crate::kit::{TestApp, caller_of, on_each_database, organisation};
use crate::products::{create, refused, release};
use bonafide::accounts::Role;
use bonafide::disclosures::{self, NewPublication};
use bonafide::releases::{self, Market, NewRelease};
use bonafide::trouble::Trouble;
use serde_json::json;

fn advisory(title: &str) -> NewPublication {
    NewPublication {
        title: title.into(),
        text: "An attacker on the network can restart it.\n\nInstall 1.1.".into(),
        severity: "High (CVSS 8.1)".into(),
        cves: vec!["cve-2026-12345".into(), "CVE-2026-12345".into()],
        releases: Vec::new(),
    }
}

#[test]
fn an_advisory_is_drafted_published_and_withdrawn_and_never_changed_in_between() {
    on_each_database(|db| {
        let program = organisation(&db);
        let product = create(&db, &program, "Gateway");
        let affected = release(&db, &program, product, "1.0");
        let psirt = caller_of(&db, program.organisation, Role::Psirt);
        let trust = caller_of(&db, program.organisation, Role::Trust);
        db.write_now(|tx| -> Result<(), Trouble> {
            let new = NewPublication {
                releases: vec![affected],
                ..advisory("Restart over the network")
            };
            let id = disclosures::create_draft(tx, &psirt, product, new.clone())?;
            let draft = disclosures::get_publication(tx, &psirt, id)?;
            assert_eq!((draft.state(), draft.cves.len()), ("draft", 1));
            assert_eq!(draft.cves[0], "CVE-2026-12345");
            assert_eq!(draft.releases[0].version, "1.0");
            assert_eq!(
                refused(disclosures::publish_publication(tx, &psirt, id)),
                "forbidden"
            );
            assert_eq!(
                refused(disclosures::withdraw_publication(tx, &trust, id, "x")),
                "publication-not-published"
            );
            disclosures::publish_publication(tx, &trust, id)?;
            assert_eq!(
                refused(disclosures::update_draft(tx, &psirt, id, new)),
                "publication-not-draft"
            );
            assert_eq!(
                refused(disclosures::publish_publication(tx, &trust, id)),
                "publication-not-draft"
            );
            assert_eq!(
                refused(disclosures::withdraw_publication(tx, &trust, id, " ")),
                "field-required"
            );
            disclosures::withdraw_publication(tx, &trust, id, "It was not ours")?;
            let withdrawn = disclosures::get_publication(tx, &trust, id)?;
            assert_eq!(withdrawn.state(), "withdrawn");
            assert_eq!(
                withdrawn.withdrawn_reason.as_deref(),
                Some("It was not ours")
            );
            assert_eq!(
                refused(disclosures::publish_publication(tx, &trust, id)),
                "publication-not-draft"
            );
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn what_cannot_be_published_is_refused() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let product = create(&db, &caller, "Gateway");
        let other = create(&db, &caller, "Other");
        let foreign = release(&db, &caller, other, "1.0");
        let not_yet = release(&db, &caller, product, "2.0");
        let draft = |new: NewPublication| {
            db.write_now(|tx| disclosures::create_draft(tx, &caller, product, new.clone()))
        };
        db.write_now(|tx| -> Result<(), Trouble> {
            releases::set_market(tx, &caller, not_yet, Market::NotYet)?;
            let branch = NewRelease {
                branch: Some("main".into()),
                ..NewRelease::default()
            };
            let branch = releases::create_release(tx, &caller, product, branch)?;
            for unnameable in [foreign, not_yet, branch] {
                let new = NewPublication {
                    releases: vec![unnameable],
                    ..advisory("x")
                };
                let code = refused(disclosures::create_draft(tx, &caller, product, new));
                assert_eq!(code, "publication-release-unknown");
            }
            Ok(())
        })
        .unwrap();
        let unreadable = NewPublication {
            cves: vec!["CVE-26-1".into()],
            ..advisory("x")
        };
        assert_eq!(refused(draft(unreadable)), "cve-unreadable");
        assert_eq!(refused(draft(advisory(" "))), "field-required");
        let silent = NewPublication {
            text: String::new(),
            ..advisory("Nothing to say")
        };
        let id = draft(silent).unwrap();
        let code = refused(db.write_now(|tx| disclosures::publish_publication(tx, &caller, id)));
        assert_eq!(code, "publication-without-text");
        let stranger = organisation(&db);
        let code = refused(db.read_now(|tx| disclosures::get_publication(tx, &stranger, id)));
        assert_eq!(code, "not-found");
    });
}

#[tokio::test]
async fn an_advisory_goes_from_the_form_to_everybody() {
    let app = TestApp::new();
    let admin = app.member(Role::Admin);
    let product = admin
        .post_form("/products", &[("name", "Gateway")])
        .await
        .location();
    let advisories = format!("{product}/advisories");
    let form = [
        ("title", "Restart <script>alert(1)</script>"),
        ("text", "First.\n\nSecond <b>line</b>."),
        ("cves", "CVE-2026-12345, cve-2026-1"),
    ];
    let again = admin.post_form(&advisories, &form).await.expect(422).text();
    assert!(again.contains("CVE-2026-1” is not a CVE id"), "{again}");
    assert!(again.contains("First."), "what was typed stays");
    let form = [form[0], form[1], ("cves", "CVE-2026-12345")];
    let path = admin
        .post_form(&advisories, &form)
        .await
        .expect(303)
        .location();
    let shown = admin.get(&path).await.expect(200).text();
    assert!(!shown.contains("<script>alert") && !shown.contains("<b>line"));
    let publish = format!("{path}/publish");
    let asked = admin.get(&publish).await.expect(200).text();
    assert!(
        asked.contains("nobody will see this until it is"),
        "{asked}"
    );
    admin.post_form(&publish, &[]).await.expect(422);
    admin
        .post_form(&publish, &[("understood", "yes")])
        .await
        .expect(303);
    let list = admin.get(&advisories).await.expect(200).text();
    assert!(list.contains("One advisory is published"), "{list}");
    let withdraw = format!("{path}/withdraw");
    admin.post_form(&withdraw, &[]).await.expect(422);
    admin
        .post_form(&withdraw, &[("reason", "A mistake")])
        .await
        .expect(303);
    let shown = admin.get(&path).await.text();
    assert!(shown.contains("Withdrawn because: A mistake"), "{shown}");
    for role in Role::ALL {
        let may = role.permissions().names().contains(&"trust-publish");
        let status = if may { 200 } else { 403 };
        app.member(role).get(&publish).await.expect(status);
    }
    let auditor = app.member(Role::Auditor);
    auditor.get(&format!("{advisories}/new")).await.expect(403);
    auditor.post_form(&advisories, &form).await.expect(403);
    let stranger = app.other_tenant().member(Role::Admin);
    stranger.get(&path).await.expect(404);
    stranger
        .post_form(&publish, &[("understood", "yes")])
        .await
        .expect(404);
    let id = path.strip_prefix("/publications/").unwrap();
    let api = admin
        .get_json(&format!("/api/bonafide/publications/{id}"))
        .await
        .json();
    assert_eq!(api["state"], "withdrawn");
    let product = product.strip_prefix("/products/").unwrap();
    let list = format!("/api/bonafide/products/{product}/publications");
    let body = json!({ "title": "By a machine" });
    admin.post_json(&list, &body).await.expect(201);
    let drafts = admin.get_json(&list).await.json();
    let states: Vec<&str> = drafts["publications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert!(states.contains(&"draft") && states.contains(&"withdrawn"));
}
