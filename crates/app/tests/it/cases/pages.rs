//! The case page and its sheets as a person meets them when something was corrected, mistyped,
//! or sent too late.

use super::http::{aware, house};
use crate::kit::{Client, Part};
use bonafide::accounts::Role;
use jiff::SignedDuration;

/// The seal of the sheet a filing page was made of.
pub(super) fn seal_in(page: &str) -> String {
    let start = page.find("name=\"seal\" value=\"").unwrap() + 19;
    page[start..].split('"').next().unwrap().to_owned()
}

/// Records the early warning as filed through its pages.
async fn file_early_warning(client: &Client<'_>, case: &str) {
    let filed = format!("{case}/sheets/early-warning/filed");
    let seal = seal_in(&client.get(&filed).await.expect(200).text());
    let parts = [
        Part::Text("platform_reference", "SRP-DE-V-2026-00000018"),
        Part::Text("kind", "first"),
        Part::Text("seal", &seal),
    ];
    client.multipart(&filed, &parts).await.expect(303);
}

/// The value of the field with this id.
fn value_of<'a>(page: &'a str, id: &str) -> &'a str {
    let at = page.find(&format!("id=\"{id}\"")).expect(id);
    let rest = &page[at..];
    let start = rest.find("value=\"").expect("a value") + 7;
    rest[start..].split('"').next().expect("an end")
}

#[tokio::test]
async fn a_corrected_t0_is_said_on_the_case_with_what_to_do() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    file_early_warning(&psirt, &case).await;
    let before = psirt.get(&case).await.expect(200).text();
    assert!(!before.contains("gives T0 as"), "{before}");
    let change = [
        ("aware_at", "2026-11-23T08:30"),
        ("reason", "The log says so"),
    ];
    let path = format!("{case}/awareness");
    // T0 stands there in the reader's zone, and in UTC beneath.
    let form = psirt.get(&path).await.expect(200).text();
    assert_eq!(value_of(&form, "aware_at"), "2026-11-23 10:00");
    assert!(form.contains("= 23 Nov 2026 09:00 UTC"), "{form}");
    psirt.post_form(&path, &change).await.expect(303);
    let page = psirt.get(&case).await.expect(200).text();
    assert!(
        page.contains("Early warning, SRP-DE-V-2026-00000018) gives T0 as 23 Nov 2026 09:00 UTC"),
        "{page}"
    );
    assert!(page.contains("record it here as an update"), "{page}");
    // The sheet offers what stands now.
    let sheet = format!("{case}/sheets/early-warning");
    let sheet = psirt.get(&sheet).await.expect(200).text();
    assert!(sheet.contains("2026-11-23T08:30") || sheet.contains("2026-11-23 08:30"));
}

#[tokio::test]
async fn instants_on_a_sheet_are_local_and_copied_in_utc() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let sheet = format!("{case}/sheets/early-warning");
    let save = |at: &'static str| {
        let (psirt, sheet) = (&psirt, &sheet);
        async move {
            let page = psirt.get(sheet).await.expect(200).text();
            let revision = page
                .split("name=\"revision\" value=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .expect("a revision")
                .to_owned();
            let form = [
                ("revision", revision.as_str()),
                ("f_awareness_at", at),
                ("f_awareness_at_zone", "Europe/Berlin"),
                ("f_product_type", "important"),
                ("f_member_states_available", "DE"),
                ("f_member_states_available", "FR"),
            ];
            psirt.post_form(sheet, &form).await.expect(303);
            psirt.get(sheet).await.expect(200).text()
        }
    };
    let page = save("2026-11-23 10:00").await;
    assert!(
        page.contains("id=\"f-awareness-at-platform\" lang=\"en\">2026-11-23 09:00 UTC<"),
        "{page}"
    );
    // Choices are copied in the words of the platform's form, whatever the page speaks.
    assert!(page.contains("value=\"important\" data-platform=\"Important\" selected"));
    assert!(page.contains("value=\"FR\" data-platform=\"France\" checked"));
    assert!(
        page.contains("Germany, your coordinator’s Member State"),
        "{page}"
    );
    assert!(page.contains("choose there: France"), "{page}");
    // What cannot be read is kept as typed and said beside its field and in the summary.
    let page = save("tomorrow noon").await;
    assert_eq!(value_of(&page, "f-awareness-at"), "tomorrow noon");
    assert!(page.contains("href=\"#f-awareness-at-box\""), "{page}");
    assert!(page.contains("aria-invalid=\"true\""), "{page}");
}

#[tokio::test]
async fn holidays_are_given_as_a_list_and_the_case_says_whether_they_count() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let measure = format!("{case}/measure");
    let form = [
        ("measure_at", "2026-11-23T09:00"),
        ("reason", "Workaround is out"),
    ];
    psirt.post_form(&measure, &form).await.expect(303);
    let page = psirt.get(&case).await.expect(200).text();
    assert!(page.contains("none are given for Germany"), "{page}");
    let path = "/settings/holidays";
    let wrong = [
        Part::Text("member_state", "DE"),
        Part::Text("days", "# 2026\n2026-12-25\n25.12.2026"),
    ];
    let refused = psirt.multipart(path, &wrong).await.expect(422).text();
    assert!(refused.contains("Line 3 is no date"), "{refused}");
    assert!(
        refused.contains("25.12.2026</textarea>"),
        "what was typed stays"
    );
    let right = [
        Part::Text("member_state", "DE"),
        Part::Text("days", ""),
        Part::File("file", "de.txt", b"# Germany\n2026-12-25\n2026-12-26\n"),
    ];
    psirt.multipart(path, &right).await.expect(303);
    let page = psirt.get(path).await.expect(200).text();
    assert!(
        page.contains("<td class=\"num\">2</td><td>2026</td>"),
        "{page}"
    );
    let page = psirt.get(&case).await.expect(200).text();
    assert!(page.contains("given for Germany were counted"), "{page}");
    // One page a list: France's is empty and says so; the second editor sees the first one's.
    let german = "/settings/holidays?state=DE";
    let page = psirt.get(german).await.expect(200).text();
    assert!(page.contains("2026-12-25\n2026-12-26</textarea>"), "{page}");
    assert!(page.contains("Remove the list of Germany"), "{page}");
    let french = psirt
        .get("/settings/holidays?state=FR")
        .await
        .expect(200)
        .text();
    assert!(!french.contains("2026-12-25\n"), "{french}");
    assert!(
        french.contains("name=\"member_state\" value=\"FR\""),
        "{french}"
    );
    let refused = psirt.multipart(path, &right).await.expect(409).text();
    assert!(
        refused.contains("Somebody else changed this list"),
        "{refused}"
    );
    let seen = |page: &str| {
        let rest = page.split("name=\"seen\" value=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let seen = seen(&refused);
    let empty = [
        Part::Text("member_state", "DE"),
        Part::Text("seen", &seen),
        Part::Text("days", " "),
    ];
    let refused = psirt.multipart(path, &empty).await.expect(422).text();
    assert!(refused.contains("The list has no day"), "{refused}");
    let removed = [
        Part::Text("member_state", "DE"),
        Part::Text("seen", &seen),
        Part::Text("days", "2026-12-25"),
        Part::Text("remove", "yes"),
    ];
    psirt.multipart(path, &removed).await.expect(303);
    let page = psirt.get(&case).await.expect(200).text();
    assert!(page.contains("none are given for Germany"), "{page}");
    let reader = house.app.member(Role::Auditor);
    reader.get(path).await.expect(200);
    reader.multipart(path, &right).await.expect(403);
}

#[tokio::test]
async fn informing_users_is_recorded_from_the_case() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let page = psirt.get(&case).await.expect(200).text();
    assert!(page.contains("Nobody has recorded that users"), "{page}");
    let path = format!("{case}/users");
    let form = psirt.get(&path).await.expect(200).text();
    let release = form
        .split("name=\"releases\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a release to choose")
        .to_owned();
    let filled = |text| {
        [
            ("told", "impacted"),
            ("told_by", "mail"),
            ("informed_at", "2026-11-23T09:00"),
            ("informant", "Support"),
            ("releases", release.clone().leak()),
            ("text_told", text),
        ]
    };
    let refused = psirt.post_form(&path, &filled("")).await.expect(422).text();
    assert_eq!(value_of(&refused, "informant"), "Support");
    let words = "Switch off the <parser>.";
    psirt.post_form(&path, &filled(words)).await.expect(303);
    let page = psirt.get(&case).await.expect(200).text();
    assert!(
        page.contains("Users of every release in the case"),
        "{page}"
    );
    let page = psirt.get(&path).await.expect(200).text();
    assert!(page.contains("Switch off the &#60;parser&#62;."), "{page}");
    assert!(page.contains("Gateway 1.0"), "{page}");
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_comes_back_with_what_was_typed() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let sheet = format!("{case}/sheets/early-warning");
    let form = [("revision", "0"), ("f_title", "Typed for \"half\" an hour")];
    house.app.advance(SignedDuration::from_hours(24 * 60));
    let kept = psirt.post_form(&sheet, &form).await.expect(401).text();
    assert!(kept.contains("Nothing you typed is lost"), "{kept}");
    assert!(kept.contains("Typed for &#34;half&#34; an hour"), "{kept}");
    assert!(kept.contains(&format!("action=\"{sheet}\"")), "{kept}");
    // Another site's form is never shown as one of ours, and a password never comes back.
    let stranger = house.app.anonymous().with("sec-fetch-site", "cross-site");
    let sent = stranger.post_form(&sheet, &form).await;
    assert_eq!(sent.expect(303).location(), "/sign-in");
    let secret = [("password", "correct horse")];
    let path = "/settings/profile/password";
    let own = house.app.anonymous().on_own_page();
    let sent = own.post_form(path, &secret).await;
    assert!(!sent.text().contains("correct horse"));
}

#[tokio::test]
async fn nobody_overwrites_an_instant_they_have_not_seen() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    let path = format!("{case}/awareness");
    let form = psirt.get(&path).await.expect(200).text();
    let begin = form.find("name=\"seen\" value=\"").expect("what was seen") + 19;
    let seen = form[begin..].split('"').next().unwrap().to_owned();
    let send = |at: &'static str| {
        let (psirt, path, seen) = (&psirt, &path, seen.clone());
        async move {
            let fields = [
                ("aware_at", at),
                ("reason", "The log says so"),
                ("seen", seen.as_str()),
            ];
            psirt.post_form(path, &fields).await
        }
    };
    send("2026-11-23T08:30Z").await.expect(303);
    // A second click, and somebody who still looks at the old value.
    send("2026-11-23T08:30Z").await.expect(303);
    let refused = send("2026-11-23T08:00Z").await.expect(422).text();
    assert!(refused.contains("Somebody else recorded"), "{refused}");
    assert_eq!(value_of(&refused, "aware_at"), "2026-11-23T08:00Z");
    let page = psirt.get(&path).await.expect(200).text();
    assert_eq!(page.matches("The log says so").count(), 1, "{page}");
}

#[tokio::test]
async fn a_filing_sent_twice_is_one_record() {
    let house = house().await;
    let psirt = house.app.member(Role::Psirt);
    let case = aware(&psirt).await;
    file_early_warning(&psirt, &case).await;
    file_early_warning(&psirt, &case).await;
    let page = psirt
        .get_json(&format!("{case}.json"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        page["submissions"].as_array().map(Vec::len),
        Some(1),
        "{page:#}"
    );
}
