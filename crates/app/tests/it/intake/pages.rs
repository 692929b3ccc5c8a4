//! The pages, walked as a person does, in both languages.

use super::{ci, document, rows};
use crate::kit::{Client, Part, TestApp};
use crate::sboms::cyclonedx;
use axum::http::Method;
use bonafide::accounts::{Actor, NewUser, Role};
use bonafide::store::Tx;
use bonafide::web::words::Lang;
use bonafide_engine::export::Target;
use bonafide_engine::sbom::{Limits, document as full};

/// The same person with the other language chosen.
async fn in_german(client: &Client<'_>, path: &str) -> String {
    let client = client.clone().with("accept-language", "de");
    client.get(path).await.expect(200).text()
}

#[tokio::test]
async fn a_person_drops_a_document_and_reads_what_came_of_it() {
    let app = TestApp::new();
    let member = app.member(Role::Developer);
    let form = member.get("/upload").await.expect(200).text();
    assert!(form.contains("enctype=\"multipart/form-data\""), "{form}");
    let parts = [
        Part::Text("product", "Gateway"),
        Part::Text("version", "4.2.1"),
        Part::Text("branch", ""),
        Part::Text("create", "true"),
        Part::File("sbom", "sbom.json", &document()),
    ];
    let location = member
        .multipart("/upload", &parts)
        .await
        .expect(303)
        .location();
    assert!(location.ends_with("/received?as=recorded"), "{location}");
    let page = member.get(&location).await.expect(200).text();
    assert!(page.contains("revision 1 of Gateway 4.2.1"), "{page}");
    assert!(page.contains("all of them can be looked up"), "{page}");

    let again = member
        .multipart("/upload", &parts)
        .await
        .expect(303)
        .location();
    assert!(again.ends_with("as=unchanged"), "{again}");
    let sbom = location.split("/received").next().unwrap();
    let show = member.get(sbom).await.expect(200).text();
    assert!(show.contains("pkg:npm/part-1@1.0.0"), "{show}");
    for path in [location.as_str(), sbom, "/upload"] {
        let text = in_german(&member, path).await;
        assert!(
            !text.contains("sbom-") || !text.contains("intake-"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn what_is_refused_stands_beside_its_field_with_what_was_typed() {
    let app = TestApp::new();
    let member = app.member(Role::Developer);
    let before = rows(&app);
    let parts = [
        Part::Text("product", "Gate \"way\" <b>"),
        Part::Text("version", "4.2.1"),
        Part::File("sbom", "sbom.json", &document()),
    ];
    let page = member.multipart("/upload", &parts).await.expect(404).text();
    assert!(page.contains("There is no product named"), "{page}");
    assert!(
        page.contains("value=\"Gate &#34;way&#34; &#60;b&#62;\""),
        "{page}"
    );
    let parts = [
        Part::Text("product", "Gateway"),
        Part::Text("version", "4.2.1"),
        Part::Text("create", "true"),
        Part::File("sbom", "sbom.json", b"not an SBOM"),
    ];
    let page = member.multipart("/upload", &parts).await.expect(422).text();
    assert!(page.contains("id=\"sbom-error\""), "{page}");
    assert!(
        page.contains("name=\"create\" value=\"true\" checked"),
        "{page}"
    );
    let parts = [
        Part::Text("product", "Gateway"),
        Part::Text("version", "4.2.1"),
    ];
    let page = member.multipart("/upload", &parts).await.expect(422).text();
    assert!(page.contains("Choose an SBOM file"), "{page}");
    assert_eq!(rows(&app), before);
}

#[tokio::test]
async fn a_release_shows_its_revisions_and_takes_another() {
    let app = TestApp::new();
    let path = "/api/bonafide/sboms?product=Gateway&version=1&create=true";
    let receipt = ci(&app).send(Method::POST, path, &[], document()).await;
    let receipt = receipt.expect(201).json();
    let list = format!("/releases/{}/sboms", receipt["release"].as_str().unwrap());
    let member = app.member(Role::Developer);
    let other = cyclonedx(0, 5).to_string().into_bytes();
    let parts = [Part::File("sbom", "sbom.json", &other)];
    let location = member.multipart(&list, &parts).await.expect(303).location();
    assert!(location.contains("as=recorded"), "{location}");
    let page = member.get(&list).await.expect(200).text();
    assert!(
        page.contains("id=\"r2\"") && page.contains("id=\"r1\""),
        "{page}"
    );
    in_german(&member, &list).await;
    let parts = [Part::File("sbom", "sbom.json", &document())];
    let location = member.multipart(&list, &parts).await.expect(303).location();
    assert!(location.contains("as=restored"), "{location}");
    let second = page.split("<a href=\"/sboms/").nth(1).unwrap();
    let second = format!("/sboms/{}/received", second.split('"').next().unwrap());
    let text = member.get(&second).await.expect(200).text();
    assert!(
        text.contains("A newer revision has taken its place"),
        "{text}"
    );
    let parts = [Part::File("sbom", "sbom.json", b"nothing")];
    let page = member.multipart(&list, &parts).await.expect(422).text();
    assert!(page.contains("id=\"sbom-error\""), "{page}");
    let auditor = app.member(Role::Auditor);
    let page = auditor.get(&list).await.expect(200).text();
    assert!(!page.contains("type=\"file\""), "{page}");
    auditor.multipart(&list, &parts).await.expect(403);
}

#[tokio::test]
async fn components_are_paged_and_filtered_from_the_original() {
    let app = TestApp::new();
    let path = "/api/bonafide/sboms?product=Gateway&version=1&create=true";
    let body = cyclonedx(0, 250).to_string().into_bytes();
    let receipt = ci(&app).send(Method::POST, path, &[], body).await;
    let sbom = receipt.expect(201).json()["sbom"]
        .as_str()
        .unwrap()
        .to_owned();
    let member = app.member(Role::Developer);
    let page = |query: &str| format!("/sboms/{sbom}{query}");
    let first = member.get(&page("")).await.expect(200).text();
    assert!(
        first.contains("1–100 of 250") && first.contains("rel=\"next\""),
        "{first}"
    );
    let third = member.get(&page("?page=3")).await.expect(200).text();
    assert!(
        third.contains("201–250 of 250") && !third.contains("rel=\"next\""),
        "{third}"
    );
    let one = member.get(&page("?q=PART-249")).await.expect(200).text();
    assert!(one.contains("1–1 of 1"), "{one}");
    let none = member
        .get(&page("?only=unidentified"))
        .await
        .expect(200)
        .text();
    assert!(none.contains("No component fits"), "{none}");
    let beyond = member
        .get(&page("?page=99999999999"))
        .await
        .expect(200)
        .text();
    assert!(beyond.contains("No component fits"), "{beyond}");
}

#[tokio::test]
async fn the_original_comes_back_byte_for_byte_with_its_media_type() {
    let app = TestApp::new();
    let spaced = [b"\xef\xbb\xbf  ".as_slice(), &document(), b"\n\n"].concat();
    let path = "/api/bonafide/sboms?product=Gateway&version=1&create=true";
    let receipt = ci(&app).send(Method::POST, path, &[], spaced.clone()).await;
    let sbom = receipt.expect(201).json()["sbom"]
        .as_str()
        .unwrap()
        .to_owned();
    let member = app.member(Role::Auditor);
    let answer = member
        .get(&format!("/sboms/{sbom}/original"))
        .await
        .expect(200);
    assert_eq!(answer.body, spaced);
    assert_eq!(
        answer.header("content-type"),
        "application/vnd.cyclonedx+json; version=1.6"
    );
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"gateway-1-r1.cdx.json\""
    );
}

#[tokio::test]
async fn a_document_can_be_had_in_every_format_and_the_same_bytes_twice() {
    let app = TestApp::new();
    let path = "/api/bonafide/sboms?product=Gateway&version=1&create=true";
    let receipt = ci(&app).send(Method::POST, path, &[], document()).await;
    let sbom = receipt.expect(201).json()["sbom"]
        .as_str()
        .unwrap()
        .to_owned();
    let member = app.member(Role::Auditor);
    let page = member
        .get(&format!("/sboms/{sbom}"))
        .await
        .expect(200)
        .text();
    for target in Target::ALL {
        let address = format!("/sboms/{sbom}/as/{}", target.as_str());
        assert!(page.contains(&address), "{address}");
        let answer = member.get(&address).await.expect(200);
        assert_eq!(answer.header("content-type"), target.media_type());
        let again = member.get(&address).await.expect(200);
        assert_eq!(answer.body, again.body, "{address}");
        let back = full::read(&answer.body, &Limits::default());
        if let Ok(back) = back {
            let source = full::read(&document(), &Limits::default()).unwrap();
            assert_eq!(back.parts.len(), source.parts.len(), "{address}");
        }
    }
    member
        .get(&format!("/sboms/{sbom}/as/pdf"))
        .await
        .expect(404);
    let stranger = app.other_tenant().member(Role::Auditor);
    stranger
        .get(&format!("/sboms/{sbom}/as/spdx-2.3"))
        .await
        .expect(404);
}

#[tokio::test]
async fn two_releases_of_a_product_are_compared() {
    let app = TestApp::new();
    let send = async |product: &str, version: &str, body: Vec<u8>| {
        let path = format!("/api/bonafide/sboms?product={product}&version={version}&create=true");
        let receipt = ci(&app).send(Method::POST, &path, &[], body).await;
        receipt.expect(201).json()["release"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let of = |version: &str| {
        let mut document = cyclonedx(0, 2);
        document["components"][0]["version"] = version.into();
        document["components"][0]["purl"] = format!("pkg:npm/part-0@{version}").into();
        document.to_string().into_bytes()
    };
    let old = send("Gateway", "1", of("1.9.0")).await;
    let member = app.member(Role::Auditor);
    let alone = member
        .get(&format!("/releases/{old}/diff"))
        .await
        .expect(200)
        .text();
    assert!(alone.contains("no other release"), "{alone}");
    let new = send("Gateway", "2", of("1.10.0")).await;
    let address = format!("/releases/{new}/diff?with={old}");
    let page = member.get(&address).await.expect(200).text();
    assert!(
        page.contains("<td>1.9.0</td><td>1.10.0</td><td>newer</td>"),
        "{page}"
    );
    assert!(!page.contains("part-1</th>"), "{page}");
    assert!(page.contains("None among what could be checked"), "{page}");
    let german = german_member(&app).get(&address).await.expect(200).text();
    assert!(german.contains("<td>neuer</td>"), "{german}");
    let same = member
        .get(&format!("/releases/{new}/diff?with={new}"))
        .await
        .expect(200)
        .text();
    assert!(same.contains("the same components"), "{same}");
    let other = send("Router", "1", of("1.9.0")).await;
    member
        .get(&format!("/releases/{new}/diff?with={other}"))
        .await
        .expect(404);
    member
        .get(&format!("/releases/{new}/diff?with=nonsense"))
        .await
        .expect(404);
    let stranger = app.other_tenant().member(Role::Auditor);
    stranger.get(&address).await.expect(404);
}

/// Somebody who has chosen German.
fn german_member(app: &TestApp) -> Client<'_> {
    let new = NewUser {
        name: "Kim".into(),
        email: "kim@deutsch.example".into(),
        role: Role::Auditor,
        password: None,
        lang: Lang::De,
    };
    let (organisation, actor) = (app.organisation.id, Actor::Program("test"));
    let make = |tx: &mut Tx| bonafide::accounts::create_user(tx, organisation, &actor, &new);
    let user = app.app.db.write_now(make);
    let user = user.unwrap_or_else(|trouble| panic!("{trouble:?}"));
    app.tenant().client_of(user)
}

#[tokio::test]
async fn the_quality_of_an_sbom_has_a_page() {
    let app = TestApp::new();
    let path = "/api/bonafide/sboms?product=Gateway&version=1&create=true";
    let receipt = ci(&app).send(Method::POST, path, &[], document()).await;
    let sbom = receipt.expect(201).json()["sbom"]
        .as_str()
        .unwrap()
        .to_owned();
    let member = app.member(Role::Auditor);
    let address = format!("/sboms/{sbom}/quality");
    let show = member.get(&format!("/sboms/{sbom}")).await.expect(200);
    assert!(show.text().contains(&address));
    let page = member.get(&address).await.expect(200).text();
    for words in [
        "BSI TR-03183-2 v2.1.0",
        "bsi-component-executable",
        "ntia-author",
        "names not compared with the paper",
        "our reading",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let stranger = app.other_tenant().member(Role::Auditor);
    stranger.get(&address).await.expect(404);
}
