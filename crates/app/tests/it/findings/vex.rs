//! VEX documents of a release: valid, stable, and never more than was said.

use super::*;
use crate::kit::{TestApp, on_each_database, organisation};
use bonafide::accounts::{Role, Scope};
use bonafide::findings::Judging;
use bonafide_engine::csaf::validate;
use bonafide_engine::vex::{self, Target, applies};
use jiff::SignedDuration;
use std::collections::BTreeSet;

const FORMATS: [&str; 3] = ["openvex", "cyclonedx", "csaf"];
const PARTS: [&str; 3] = ["pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0", "pkg:npm/c@1.0.0"];

/// A release with three flaws, of which nobody has judged any.
fn release(db: &Db, caller: &Caller, product: &str) -> ReleaseId {
    for (id, alias, name) in [
        ("GHSA-aaaa", "CVE-2026-80001", "a"),
        ("GHSA-bbbb", "CVE-2026-80002", "b"),
        ("GHSA-cccc", "CVE-2026-80003", "c"),
    ] {
        import(db, &osv(id, &[alias], ("npm", name), before("2.0.0")));
    }
    give(db, caller, product, "1", &PARTS)
}

fn judge(db: &Db, caller: &Caller, release: ReleaseId, flaw: &str, status: &str) {
    db.clock().advance(SignedDuration::from_secs(1));
    let rows = list(db, caller, release);
    let ids: Vec<_> = rows
        .iter()
        .filter(|row| row.vulnerability == flaw)
        .map(|row| row.id)
        .collect();
    let judging = Judging {
        status,
        justification: (status == "not_affected").then_some("vulnerable_code_not_present"),
        detail: "the function is compiled out",
        ..Judging::default()
    };
    done(db.write_now(|tx| findings::assess_findings(tx, caller, &ids, &judging)));
}

/// The schema of a format among the real data; none where these are absent.
fn schema(folder: &str, name: &str) -> Option<jsonschema::Validator> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("../shared/data/schemas").join(folder);
    if !folder.is_dir() {
        eprintln!("../shared/data is absent: {name} is not tried");
        return None;
    }
    let text = std::fs::read(folder.join(name)).unwrap();
    let options = jsonschema::options().with_retriever(Folder(folder));
    let schema: Value = serde_json::from_slice(&text).unwrap();
    Some(options.build(&schema).unwrap())
}

struct Folder(std::path::PathBuf);

impl jsonschema::Retrieve for Folder {
    fn retrieve(
        &self,
        uri: &jsonschema::Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let name = uri.as_str().rsplit('/').next().unwrap_or_default();
        Ok(serde_json::from_slice(&std::fs::read(self.0.join(name))?)?)
    }
}

/// The document is valid by its schema or, for CSAF, by our own judge.
#[track_caller]
fn check_valid(format: &str, document: &Value) {
    let schema = match format {
        "csaf" => {
            let report = validate(document.to_string().as_bytes()).unwrap();
            assert_eq!(report.errors, [], "{document:#}");
            return;
        }
        "openvex" => schema("openvex", "openvex_json_schema_0.2.0.json"),
        _ => schema("cyclonedx", "bom-1.6.schema.json"),
    };
    if let Some(schema) = schema {
        let errors: Vec<String> = schema
            .iter_errors(document)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
    }
}

fn version(format: &str, document: &Value) -> i64 {
    match format {
        "csaf" => document["document"]["tracking"]["version"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap(),
        _ => document["version"].as_i64().unwrap(),
    }
}

#[tokio::test]
async fn what_is_said_of_a_release_is_valid_in_each_format_and_says_no_more() {
    let test = TestApp::new();
    let db = &test.app.db;
    let caller = test.caller(Role::Admin);
    let release = release(db, &caller, "Gateway");
    judge(db, &caller, release, "CVE-2026-80001", "not_affected");
    judge(db, &caller, release, "CVE-2026-80002", "affected");
    let client = test.token(&[Scope::VexWrite]);
    for format in FORMATS {
        let path = format!("/api/bonafide/releases/{release}/vex?format={format}");
        let answer = client.get(&path).await.expect(200);
        assert_eq!(answer.header("bonafide-vex-unsaid"), "1");
        let document = answer.json();
        check_valid(format, &document);
        assert_eq!(version(format, &document), 2, "{document:#}");
        let read = vex::read(&answer.body).unwrap();
        let said = |flaw: &str, purl: &str| {
            let product = Target {
                name: Some("Gateway"),
                version: Some("1"),
                ..Target::default()
            };
            let component = Target {
                purl: Some(purl),
                ..Target::default()
            };
            let all = read.statements.iter();
            all.filter(|one| {
                let mut products = one.products.clone();
                // By its name: the address of the release is ours.
                // Each format names the product in its own way.
                for product in &mut products {
                    if !product.subcomponents.is_empty() {
                        product.identities.clear();
                        product.name = Some("Gateway".into());
                        product.version = None;
                    }
                }
                let one = vex::Statement {
                    products,
                    ..(*one).clone()
                };
                applies(&one, &product, &component, &[flaw])
            })
            .map(|one| one.status.as_str())
            .collect::<BTreeSet<_>>()
        };
        let only = |status| BTreeSet::from([status]);
        assert_eq!(
            said("GHSA-aaaa", PARTS[0]),
            only("not_affected"),
            "{format}"
        );
        assert_eq!(
            said("CVE-2026-80002", PARTS[1]),
            only("affected"),
            "{format}"
        );
        assert_eq!(
            said("CVE-2026-80003", PARTS[2]),
            BTreeSet::new(),
            "{format}"
        );
        assert_eq!(
            said("CVE-2026-80001", PARTS[1]),
            BTreeSet::new(),
            "{format}"
        );
    }
}

#[tokio::test]
async fn the_same_state_has_the_same_bytes_and_each_change_a_higher_version() {
    let test = TestApp::new();
    let db = &test.app.db;
    let caller = test.caller(Role::Admin);
    let release = release(db, &caller, "Gateway");
    let client = test.member(Role::Psirt);
    for format in FORMATS {
        let path = format!("/releases/{release}/vex?format={format}");
        let mut last = version_of(&client.get(&path).await, format).unwrap_or(0);
        for (flaw, status) in [
            ("CVE-2026-80001", "under_investigation"),
            ("CVE-2026-80001", "not_affected"),
            ("CVE-2026-80003", "fixed"),
        ] {
            judge(db, &caller, release, flaw, status);
            let first = client.get(&path).await.expect(200);
            test.advance(SignedDuration::from_hours(1));
            let again = client.get(&path).await.expect(200);
            assert_eq!(first.body, again.body, "{format}");
            check_valid(format, &first.json());
            let now = version_of(&first, format).unwrap();
            assert!(now > last, "{format}: {now} after {last}");
            last = now;
        }
    }
}

fn version_of(answer: &crate::kit::Answer, format: &str) -> Option<i64> {
    (answer.status == 200).then(|| version(format, &answer.json()))
}

#[tokio::test]
async fn the_page_and_its_twin_say_what_is_left_out() {
    let test = TestApp::new();
    let db = &test.app.db;
    let caller = test.caller(Role::Admin);
    let release = release(db, &caller, "Gateway");
    let page = format!("/releases/{release}/vex");
    let api = format!("/api/bonafide/releases/{release}/vex");
    for lang in ["en", "de"] {
        let client = test.member(Role::Psirt).with("accept-language", lang);
        client.get(&page).await.expect(200);
    }
    let client = test.member(Role::Psirt);
    client.get(&format!("{page}?format=csaf")).await.expect(404);
    client.get(&format!("{page}?format=pdf")).await.expect(422);
    judge(db, &caller, release, "CVE-2026-80002", "affected");
    let text = client.get(&page).await.expect(200).text();
    assert!(
        text.contains("Of 2 open findings the documents say nothing"),
        "{text}"
    );
    assert!(
        text.contains("none is given, and CSAF asks for one"),
        "{text}"
    );
    let twin = client.get_json(&api).await.expect(200).json();
    assert_eq!(twin["statements"], 1);
    assert_eq!(twin["open_findings_unsaid"], 2);
    let losses = twin["documents"]["csaf"]["losses"].as_array().unwrap();
    assert!(
        losses.iter().any(|loss| loss["field"] == "action"),
        "{twin}"
    );
    let stranger = test.other_tenant();
    for path in [page.as_str(), api.as_str()] {
        stranger.member(Role::Admin).get(path).await.expect(404);
        test.token(&[Scope::BomUpload]).get(path).await.expect(403);
        test.anonymous().get_json(path).await.expect(401);
    }
}

#[test]
fn a_judgement_that_is_over_is_no_longer_stated() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let release = release(&db, &caller, "Gateway");
        let today = db
            .clock()
            .now()
            .to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .date();
        let last = today.to_string();
        let ids: Vec<_> = list(&db, &caller, release).iter().map(|r| r.id).collect();
        let judging = Judging {
            status: "fixed",
            expires_on: Some(&last),
            ..Judging::default()
        };
        done(db.write_now(|tx| findings::assess_findings(tx, &caller, &ids[..2], &judging)));
        let said = |db: &Db| {
            let out = done(db.read_now(|tx| {
                findings::vex::outgoing(tx, &caller, release, "https://bonafide.example")
            }));
            (out.statements.len(), out.version(), out.unsaid)
        };
        assert_eq!(said(&db), (2, 1, 1));
        db.clock().advance(SignedDuration::from_hours(24));
        assert_eq!(said(&db), (0, 2, 3), "also before the job has said so");
        done(db.write_now(|tx| findings::expire(tx, caller.organisation)));
        assert_eq!(said(&db), (0, 2, 3));
    });
}
