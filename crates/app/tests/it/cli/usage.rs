//! Faults of whoever is at the keyboard: each has its exit code and one sentence.

use super::{bonafide, run, stderr};
use bonafide::config::database_file;
use bonafide::store::Db;
use bonafide::time::{Clock, Entropy};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;

/// `words | exit code | what stderr says`
const CASES: &str = "\
law | 2 | Say which command is meant: deadlines,
law deadlnes | 2 | there is deadlines
law penalty | 2 | --provision <PROVISION>
law penalty --provison 13 | 2 | there is --provision
law penalty --provision 13 --size tiny --role importer | 2 | micro, small, medium, large
law deadlines --kind severe-incident | 2 | --aware-at
law deadlines --kind severe-incident --aware-at now | 2 | --aware-at
law retention --placed-on 2027-02-30 --support-ends-on 2032-01-01 | 2 | --placed-on
law coordinator | 2 | Find out
law modification --affects-annex-1-part-1 maybe --changes-intended-purpose no | 2 | yes, no
serve --listen foo | 2 | --listen
serve --base-url http://a.example/path | 2 | has a path
serve --base-url a.example | 2 | http:// or https://
serve --config nope.toml | 2 | nope.toml
serve --config slip.toml | 2 | line 2: there is no key \"bse_url\"; did you mean \"base_url\"?
serve --config nested.toml | 2 | did you mean \"host\"?
serve --config far.toml | 2 | known here are
serve --config broken.toml | 2 | broken.toml, line 1
serve --config kind.toml | 2 | socket address
serve --data none | 2 | no SQLite database
serve --data none/bonafide.sqlite/data | 2 | cannot be made
journal verify --data nowhere | 2 | no database at
journal verify --data none | 2 | no SQLite database
journal verify --file nowhere | 2 | nowhere
journal verify --file broken.toml | 2 | line 1
journal verify --data old | 2 | older version
health --data old | 2 | older version
health --data empty | 2 | nothing in this database yet
feeds status --data old | 2 | older version
feeds status --data empty | 2 | nothing in this database yet
health --data new | 2 | newer version
health --data nowhere | 2 | no database at
user reset a@b.example --data nowhere | 2 | no database at
user reset a@b.example --data old | 2 | older version
sbom check nowhere | 2 | nowhere
sbom check broken.toml | 3 | 
sbom push a.json --product p --server http://127.0.0.1:1 | 2 | --branch
sbom push a.json --product p --version 1 --server http://127.0.0.1:1 | 7 | BONAFIDE_TOKEN
";

fn furnish(place: &Path) {
    fs::write(place.join("slip.toml"), "data = \"d\"\nbse_url = \"x\"\n").unwrap();
    fs::write(place.join("nested.toml"), "[smtp]\nhots = \"x\"\n").unwrap();
    fs::write(place.join("far.toml"), "colour = \"blue\"\n").unwrap();
    fs::write(place.join("broken.toml"), "listen = \n").unwrap();
    fs::write(place.join("kind.toml"), "listen = 3\n").unwrap();
    for name in ["none", "old", "new", "empty"] {
        fs::create_dir(place.join(name)).unwrap();
    }
    fs::write(database_file(&place.join("none")), "not one\n").unwrap();
    fs::write(database_file(&place.join("empty")), "").unwrap();
    let change = |name: &str, sql: &str| {
        let file = database_file(&place.join(name));
        let db = Db::open_sqlite(&file, Clock::system(), Entropy::system()).unwrap();
        db.write_now(|tx| tx.execute(sql, &[])).unwrap();
    };
    change(
        "old",
        "delete from schema_migrations where name = (select max(name) from schema_migrations)",
    );
    change(
        "new",
        "insert into schema_migrations (name, applied_at) values ('9999_later', 1)",
    );
}

#[test]
fn a_fault_of_the_operator_has_its_code_and_one_sentence() {
    let place = tempfile::TempDir::new().unwrap();
    furnish(place.path());
    for case in CASES.lines() {
        let parts: Vec<&str> = case.split('|').map(str::trim).collect();
        let output = run(place.path(), parts[0]);
        let said = stderr(&output);
        assert_eq!(
            output.status.code(),
            parts[1].parse().ok(),
            "{case}: {said}"
        );
        assert_eq!(said.lines().count(), 1, "{case}: {said}");
        assert!(said.contains(parts[2]), "{case}: {said}");
        assert!(output.stdout.is_empty(), "{case}");
    }
    let untouched = fs::read(database_file(&place.path().join("none"))).unwrap();
    assert_eq!(untouched, b"not one\n");
    assert!(
        !place.path().join("nowhere").exists(),
        "looking makes nothing"
    );
}

#[test]
fn a_port_that_is_taken_is_said_before_anything_is_done() {
    let place = tempfile::TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap();
    let output = run(place.path(), &format!("serve --data d --listen {listen}"));
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("another program uses"));
}

#[test]
fn a_database_server_that_is_away_is_not_a_fault_of_ours() {
    let place = tempfile::TempDir::new().unwrap();
    let mut command = bonafide(place.path());
    command
        .env(
            "BONAFIDE_DATABASE_URL",
            "postgres://nobody@127.0.0.1:1/none",
        )
        .arg("health");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(8), "{}", stderr(&output));
    assert!(stderr(&output).contains("does not answer"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_trouble() {
    let place = tempfile::TempDir::new().unwrap();
    let mut child = bonafide(place.path())
        .args(["law", "timeline"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Closed before the first line, which is the worst a reader can do.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
}

#[test]
fn every_command_has_help_with_an_example_and_all_of_it_is_true() {
    let place = tempfile::TempDir::new().unwrap();
    let mut open = vec![(Vec::<String>::new(), ::bonafide::cli::command())];
    while let Some((path, command)) = open.pop() {
        let output = bonafide(place.path())
            .args(&path)
            .arg("--help")
            .output()
            .unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{path:?}");
        let below: Vec<_> = command.get_subcommands().cloned().collect();
        for child in below.iter().filter(|child| child.get_name() != "help") {
            let mut path = path.clone();
            path.push(child.get_name().to_owned());
            open.push((path, child.clone()));
        }
        assert!(help.contains("bonafide"), "{path:?}");
        // The feeds' verbs have theirs together, one level up.
        if below.is_empty() && path.first().is_none_or(|noun| noun != "feeds") {
            assert!(help.contains("Example"), "{path:?} has no example:\n{help}");
        }
        for argument in command.get_arguments() {
            let (id, about) = (argument.get_id(), argument.get_help());
            assert!(about.is_some(), "{path:?}: {id} is not explained");
        }
    }
}
