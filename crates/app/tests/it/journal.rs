//! The journal: what is in it stays in it, and a change is found and named.

use crate::kit::{Answer, TestApp, on_each_database, organisation};
use bonafide::accounts::{Actor, Caller, Role, Scope};
use bonafide::journal::{self, Entry, InstanceKey, Verified};
use bonafide::store::{Db, Dialect, Error};
use bonafide::time::Entropy;
use bonafide::trouble::Trouble;

fn write(db: &Db, caller: &Caller, count: usize) {
    db.write_now(|tx| -> Result<(), Trouble> {
        for number in 0..count {
            let text = "Grüße \u{1}\"\\\u{7f}\u{1F600}";
            let detail = serde_json::json!({"n": number, "text": text});
            let entry = Entry::new("thing-done", "thing_1", detail);
            journal::record(tx, caller.organisation, &Actor::Program("test"), entry)?;
        }
        Ok(())
    })
    .unwrap();
}

/// Eleven entries of one organisation: its founding, and ten things done.
fn chain(db: &Db) -> Caller {
    let caller = organisation(db);
    write(db, &caller, 10);
    caller
}

fn verify(db: &Db) -> Verified {
    journal::verify_database(db, None).unwrap()
}

fn sql(db: &Db, sql: &str) {
    let changed = db
        .write_now(|tx| -> Result<u64, Error> { tx.execute(sql, &[]) })
        .unwrap();
    assert!(changed > 0, "this changed nothing: {sql}");
}

#[test]
fn an_untouched_journal_verifies() {
    on_each_database(|db| {
        chain(&db);
        organisation(&db);
        let verified = verify(&db);
        assert_eq!(verified.findings, []);
        assert_eq!((verified.organisations, verified.entries), (2, 12));
    });
}

#[test]
fn every_column_of_an_entry_is_guarded() {
    // Each by a value that looks as if it belonged there.
    let changes = [
        "at = at + 1",
        "actor_key = 'user_00000000000000000000000000000000'",
        "actor_name = 'somebody else'",
        "action = 'thing-undone'",
        "subject = 'thing_2'",
        "detail = replace(detail, '4', '5')",
        "algorithm = 'md5'",
        "previous = digest",
        "digest = previous",
        "organisation_id = 'org_00000000000000000000000000000000'",
        "seq = 900",
    ];
    on_each_database(|db| {
        chain(&db);
        for change in changes {
            let (before, after) = (verify(&db), {
                sql(&db, "create table kept as select * from journal_entries");
                sql(
                    &db,
                    &format!("update journal_entries set {change} where seq = 6"),
                );
                verify(&db)
            });
            assert_eq!(before.findings, [], "{change}");
            let named: Vec<i64> = after.findings.iter().map(|f| f.seq).collect();
            let touched = [1, 5, 6, 7, 11, 12, 900];
            assert!(!named.is_empty(), "{change} was not found");
            assert!(named.contains(&6), "{change}: {named:?}");
            assert!(
                named.iter().all(|seq| touched.contains(seq)),
                "{change}: {named:?}"
            );
            sql(&db, "delete from journal_entries");
            sql(&db, "insert into journal_entries select * from kept");
            db.write_now(|tx| -> Result<u64, Error> { tx.execute("drop table kept", &[]) })
                .unwrap();
        }
    });
}

#[track_caller]
fn check_tampering(tampering: &[&str], expected_seq: i64, expected_words: &str) {
    on_each_database(|db| {
        chain(&db);
        for statement in tampering {
            sql(&db, statement);
        }
        let found = verify(&db).findings;
        assert!(
            found
                .iter()
                .any(|f| f.seq == expected_seq && f.what.contains(expected_words)),
            "{:?}: {found:?}",
            db.dialect() == Dialect::Sqlite
        );
    });
}

#[test]
fn a_removed_inserted_or_cut_off_entry_is_named() {
    check_tampering(
        &["delete from journal_entries where seq = 4"],
        4,
        "this entry was removed",
    );
    check_tampering(
        &["delete from journal_entries where seq in (4, 5, 6)"],
        4,
        "the entries up to 6 were removed",
    );
    check_tampering(&["delete from journal_entries where seq = 1"], 1, "removed");
    check_tampering(
        &["delete from journal_entries where seq > 8"],
        9,
        "from here to 11, the end, were removed",
    );
    check_tampering(
        &[
            "insert into journal_entries select organisation_id, 12, at, actor_key, actor_name, \
           action, subject, detail, algorithm, digest, digest from journal_entries where seq = 11",
        ],
        12,
        "what follows was added",
    );
    check_tampering(
        &[
            "insert into journal_entries select organisation_id, 0, at, actor_key, actor_name, \
           action, subject, detail, algorithm, previous, digest from journal_entries where seq = 1",
        ],
        0,
        "does not belong here",
    );
    // Two entries change places.
    check_tampering(
        &[
            "update journal_entries set seq = 99 where seq = 3",
            "update journal_entries set seq = 3 where seq = 4",
            "update journal_entries set seq = 4 where seq = 99",
        ],
        3,
        "changed",
    );
    check_tampering(
        &["delete from journal_heads"],
        11,
        "where this chain ends is missing",
    );
    check_tampering(
        &["update journal_heads set seq = 10"],
        11,
        "what follows was added",
    );
}

#[test]
fn a_chain_computed_anew_from_its_beginning_betrays_itself_at_the_checkpoint() {
    let folder = tempfile::TempDir::new().unwrap();
    let key = InstanceKey::open(folder.path(), &Entropy::seeded(7)).unwrap();
    on_each_database(|db| {
        let caller = chain(&db);
        let sign = || {
            db.write_now(|tx| journal::record_checkpoints(tx, &key))
                .unwrap()
        };
        assert_eq!(sign(), 1);
        assert_eq!(sign(), 0, "nothing has grown");
        write(&db, &caller, 1);
        assert_eq!(sign(), 1);
        let with = |key: &str| journal::verify_database(&db, Some(key)).unwrap();
        assert_eq!(with(&key.public()).findings, []);
        assert_eq!(with(&key.public()).checkpoints, 2);
        // Whoever owns the database takes everything out and writes a shorter, flawless chain.
        sql(&db, "delete from journal_entries");
        sql(&db, "delete from journal_heads");
        write(&db, &caller, 12);
        let found = with(&key.public()).findings;
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].what.contains("signed at a checkpoint"));
        // Signing it with a key of their own does not help either.
        let other = tempfile::TempDir::new().unwrap();
        let forged = InstanceKey::open(other.path(), &Entropy::seeded(8)).unwrap();
        sql(&db, "delete from journal_checkpoints");
        db.write_now(|tx| journal::record_checkpoints(tx, &forged))
            .unwrap();
        let found = with(&key.public()).findings;
        assert!(found[0].what.contains("another key"), "{found:?}");
        // A signature over something else is none.
        sql(&db, "update journal_checkpoints set at = at + 1");
        let found = with(&forged.public()).findings;
        assert!(found[0].what.contains("signature"), "{found:?}");
    });
}

#[test]
fn a_chain_that_nothing_signs_is_found_although_it_fits() {
    let folder = tempfile::TempDir::new().unwrap();
    let key = InstanceKey::open(folder.path(), &Entropy::seeded(7)).unwrap();
    on_each_database(|db| {
        let caller = chain(&db);
        let with_key = || journal::verify_database(&db, Some(&key.public())).unwrap();
        assert_eq!(with_key().findings, [], "a server signs every hour");
        db.clock().advance(jiff::SignedDuration::from_hours(3));
        write(&db, &caller, 1);
        let found = with_key().findings;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].what.contains("signed by nothing"), "{found:?}");
        db.write_now(|tx| journal::record_checkpoints(tx, &key))
            .unwrap();
        assert_eq!(with_key().findings, []);
        // All of one organisation taken out, and nothing left that says so.
        sql(&db, "delete from journal_entries");
        sql(&db, "delete from journal_heads");
        sql(&db, "delete from journal_checkpoints");
        let mut verified = with_key();
        verified.expect(&caller.organisation.to_string());
        assert!(verified.findings[0].what.contains("has no journal"));
    });
}

#[cfg(unix)]
#[test]
fn the_instance_key_is_made_once_and_only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::TempDir::new().unwrap();
    assert!(InstanceKey::find(folder.path()).unwrap().is_none());
    let first = InstanceKey::open(folder.path(), &Entropy::seeded(1)).unwrap();
    let again = InstanceKey::open(folder.path(), &Entropy::seeded(2)).unwrap();
    assert_eq!(first.public(), again.public());
    let mode = std::fs::metadata(folder.path().join("instance.key"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn writers_at_the_same_moment_never_follow_the_same_entry() {
    on_each_database(|db| {
        let caller = organisation(&db);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..10).for_each(|_| write(&db, &caller, 1)));
            }
        });
        let verified = verify(&db);
        assert_eq!(verified.findings, []);
        assert_eq!(verified.entries, 41);
    });
}

async fn export(app: &TestApp) -> Answer {
    app.token(&[Scope::JournalRead])
        .get("/journal.jsonl")
        .await
        .expect(200)
}

#[tokio::test]
async fn an_export_is_verified_without_the_server() {
    let app = TestApp::new();
    write(&app.app.db, &app.caller(Role::Admin), 2_345);
    let text = export(&app).await.text();
    let verified = journal::verify_export(text.as_bytes(), None).unwrap();
    assert_eq!(verified.findings, []);
    assert_eq!(verified.entries, text.lines().count() as u64);
    assert!(verified.entries > 2_345);
    // What was cut off at the beginning is missed, once.
    let part: Vec<&str> = text.lines().skip(100).take(50).collect();
    let found = journal::verify_export(part.join("\n").as_bytes(), None)
        .unwrap()
        .findings;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].what.contains("the entries up to 100 are missing"));
    // A line that was changed, taken out, or moved is named.
    let check = |lines: Vec<String>, seq: i64| {
        let found = journal::verify_export(lines.join("\n").as_bytes(), None)
            .unwrap()
            .findings;
        assert!(found.iter().any(|f| f.seq == seq), "{seq}: {found:?}");
    };
    let lines: Vec<String> = text.lines().take(200).map(str::to_owned).collect();
    let mut changed = lines.clone();
    changed[76] = changed[76].replace("thing-done", "thing-undone");
    assert_ne!(changed[76], lines[76]);
    check(changed, 77);
    let mut misdated = lines.clone();
    let begin = misdated[76].find("\"at\":").expect("an instant") + 5;
    misdated[76].replace_range(begin..begin + 1, "2");
    assert_ne!(misdated[76], lines[76]);
    check(misdated, 77);
    let mut shortened = lines.clone();
    shortened.remove(76);
    check(shortened, 77);
    let mut swapped = lines.clone();
    swapped.swap(76, 77);
    check(swapped, 77);
    assert!(journal::verify_export("nonsense".as_bytes(), None).is_err());
}

/// An export with checkpoints in its middle and at its end, and the key that signed them.
async fn signed_export() -> (Vec<String>, String) {
    let app = TestApp::new();
    let admin = app.caller(Role::Admin);
    let key = InstanceKey::open(&app.app.config.data, app.app.db.entropy()).unwrap();
    for _ in 0..3 {
        write(&app.app.db, &admin, 5);
        let sign = |tx: &mut bonafide::store::Tx| journal::record_checkpoints(tx, &key);
        app.app.db.write_now(sign).unwrap();
    }
    write(&app.app.db, &admin, 4);
    let text = export(&app).await.text();
    (text.lines().map(str::to_owned).collect(), key.public())
}

fn verify_lines(lines: &[String], key: Option<&str>) -> Verified {
    journal::verify_export(lines.join("\n").as_bytes(), key).unwrap()
}

#[tokio::test]
async fn an_export_carries_its_checkpoints_and_is_signed_to_its_end() {
    let (lines, key) = signed_export().await;
    for given in [None, Some(key.as_str())] {
        let verified = verify_lines(&lines, given);
        assert_eq!(verified.findings, []);
        assert_eq!((verified.checkpoints, verified.unsigned), (4, 0));
        assert_eq!(verified.keys.iter().collect::<Vec<_>>(), [&key]);
        assert_eq!(verified.entries + verified.checkpoints, lines.len() as u64);
    }
    assert!(lines.last().unwrap().contains("checkpoint"));
    let unsigned: Vec<String> = lines[..lines.len() - 1].to_vec();
    assert!(verify_lines(&unsigned, None).unsigned >= 4);
    assert!(!verify_lines(&unsigned, Some(&key)).is_intact());
    let stranger = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assert!(!verify_lines(&lines, Some(stranger)).is_intact());
}

/// A prime, so that no member of the lines is passed over; each look at a signature costs time.
const EVERY: usize = 7;

#[tokio::test]
async fn every_character_of_an_export_is_guarded() {
    let (lines, key) = signed_export().await;
    // An entry and the checkpoint behind it, many characters of each, one at a time.
    let part = &lines[lines.len() - 2..];
    for (number, line) in part.iter().enumerate() {
        for (at, old) in line.char_indices().step_by(EVERY) {
            let new = if old == 'x' { "y" } else { "x" };
            let mut changed = part.to_vec();
            changed[number].replace_range(at..at + old.len_utf8(), new);
            let found = journal::verify_export(changed.join("\n").as_bytes(), Some(&key));
            assert!(
                found.is_err() || !found.unwrap().is_intact(),
                "line {number}, character {at} ({old})"
            );
        }
    }
    // Lines that are gone, doubled, exchanged, put in, or carry more than they should.
    for number in (0..lines.len()).rev().take(7) {
        let mut gone = lines.clone();
        gone.remove(number);
        let was_checkpoint = lines[number].starts_with("{\"checkpoint\"");
        let is_last = number + 1 == lines.len();
        // The first may be missing from a part, and a checkpoint in the middle proves nothing new.
        if number > 0 && (!was_checkpoint || is_last) {
            assert!(
                !verify_lines(&gone, Some(&key)).is_intact(),
                "{number} gone"
            );
        }
        let mut doubled = lines.clone();
        doubled.insert(number, lines[number].clone());
        assert!(
            was_checkpoint || !verify_lines(&doubled, Some(&key)).is_intact(),
            "{number} doubled"
        );
        let mut longer = lines.clone();
        longer[number] = longer[number].replacen('{', "{\"more\":1,", 1);
        assert!(
            !verify_lines(&longer, Some(&key)).is_intact(),
            "{number} longer"
        );
        if number > 0 {
            let mut swapped = lines.clone();
            swapped.swap(number - 1, number);
            assert!(
                !verify_lines(&swapped, Some(&key)).is_intact(),
                "{number} swapped"
            );
        }
    }
    for count in (1..lines.len()).rev().take(5) {
        assert!(
            !verify_lines(&lines[..count], Some(&key)).is_intact()
                || lines[count - 1].starts_with("{\"checkpoint\""),
            "cut to {count}"
        );
    }
}

#[tokio::test]
async fn a_csv_export_holds_no_formula() {
    let app = TestApp::new();
    let caller = app.caller(Role::Admin);
    for subject in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "plain"] {
        app.app
            .db
            .write(move |tx| {
                let actor = Actor::Program("test");
                let entry = Entry::new("thing-done", subject, serde_json::json!({}));
                journal::record(tx, caller.organisation, &actor, entry)
            })
            .await
            .unwrap();
    }
    let answer = app
        .member(Role::Auditor)
        .get("/journal.csv?action=thing-done")
        .await
        .expect(200);
    assert!(answer.header("content-disposition").contains("attachment"));
    let mut reader = csv::Reader::from_reader(answer.body.as_slice());
    let subjects: Vec<String> = reader.records().map(|r| r.unwrap()[5].to_owned()).collect();
    let expected = ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "' =1", "plain"];
    assert_eq!(subjects, expected);
}

#[tokio::test]
async fn the_page_filters_and_pages_and_shows_one_organisation_only() {
    let app = TestApp::new();
    write(&app.app.db, &app.caller(Role::Admin), 60);
    let other = app.other_tenant();
    write(&app.app.db, &other.caller(Role::Admin), 3);
    let auditor = app.member(Role::Auditor);
    for lang in ["en", "de"] {
        let page = auditor
            .clone()
            .with("accept-language", lang)
            .get("/journal")
            .await
            .expect(200);
        assert!(page.text().contains("thing-done"));
    }
    let page = auditor
        .get("/journal?action=thing-done")
        .await
        .expect(200)
        .text();
    assert_eq!(page.matches("<tr id=\"entry-").count(), 50);
    assert!(page.contains("50 of 60"), "{page}");
    let older = page
        .split("href=\"")
        .find(|part| part.contains("before="))
        .unwrap();
    let older = older
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    let page = auditor.get(&older).await.expect(200).text();
    assert_eq!(page.matches("<tr id=\"entry-").count(), 10);
    let none = auditor
        .get("/journal?from=2030-01-01")
        .await
        .expect(200)
        .text();
    assert_eq!(none.matches("<tr id=\"entry-").count(), 0);
    let day = auditor
        .get("/journal?from=2026-11-23&to=2026-11-23")
        .await
        .expect(200)
        .text();
    assert!(day.matches("<tr id=\"entry-").count() > 0);
    auditor.get("/journal?from=yesterday").await.expect(422);
    auditor.get("/journal?to=2026-02-30").await.expect(422);
    for query in ["to=9999-12-31", "from=9999-12-31&to=9999-12-31"] {
        let page = auditor.get(&format!("/journal?{query}")).await.expect(422);
        assert!(page.text().contains("The calendar ends near"), "{query}");
    }
    auditor.get("/journal?from=0001-01-01").await.expect(200);
    auditor.get("/journal.csv?to=9999-12-31").await.expect(422);
    let theirs = other
        .member(Role::Auditor)
        .get("/journal?action=thing-done")
        .await
        .text();
    assert_eq!(theirs.matches("<tr id=\"entry-").count(), 3);
}
