//! `bonafide feeds …` as a person or a script runs it.

use super::*;
use std::process::{Command, Output};

struct Desk {
    folder: TempDir,
}

impl Desk {
    /// A data directory with an empty database.
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let file = bonafide::config::database_file(&data);
        let clock = bonafide::time::Clock::system();
        Db::open_sqlite(&file, clock, bonafide::time::Entropy::system()).unwrap();
        Self { folder }
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO_BIN_EXE_bonafide"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .output()
            .unwrap();
        let text = [stdout, stderr].concat();
        (status.code().unwrap(), String::from_utf8(text).unwrap())
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

fn records(count: usize) -> Vec<Value> {
    (0..count)
        .map(|n| {
            osv(
                &format!("RUSTSEC-{n:04}"),
                &[],
                ("crates.io", "p"),
                before("2.0.0"),
            )
        })
        .collect()
}

#[test]
fn exit_codes_tell_whole_from_part_and_from_nothing() {
    let desk = Desk::new();
    let mut part = records(20);
    for record in &mut part[..15] {
        record["affected"] = json!(9);
    }
    desk.write("whole/crates.io/all.zip", &zip(&records(510)));
    desk.write("part/crates.io/all.zip", &zip(&part));
    desk.write(
        "thin/npm/all.zip",
        &zip(&[osv("X-1", &[], ("npm", "p"), before("2"))]),
    );
    desk.write("none/npm/all.zip", b"PK\x03\x04");
    desk.write("other/readme.txt", b"hello");
    let import = |what: &str| desk.run(&["feeds", "import", "--data", "data", what]);
    for (what, expected, says) in [
        ("whole", 0, "counts as osv:crates.io"),
        ("part", 1, "15 of 20 records could not be read"),
        ("thin", 1, "the whole of it would have 2000 at the least"),
        ("none", 4, "FAULT"),
        ("other", 4, "nothing to import"),
        ("absent", 2, "no file or directory"),
    ] {
        let (code, text) = import(what);
        assert_eq!(code, expected, "{what}: {text}");
        assert!(text.contains(says), "{what}: {text}");
    }
    let (code, text) = desk.run(&["feeds", "status", "--data", "data"]);
    assert_eq!(code, 5, "{text}");
    assert!(
        text.contains("last import partial: 5 records read, 15 could not be read"),
        "{text}"
    );
}

#[test]
fn a_mistyped_data_directory_is_refused_and_not_made() {
    let desk = Desk::new();
    desk.write("one.json", records(1)[0].to_string().as_bytes());
    for arguments in [&["import", "one.json"][..], &["sync"], &["status"]] {
        let all = [&["feeds"], arguments, &["--data", "dta"]].concat();
        let (code, text) = desk.run(&all);
        assert_eq!(code, 2, "{all:?}: {text}");
        assert!(text.contains("there is no Bonafide data in dta"), "{text}");
    }
    assert!(!desk.folder.path().join("dta").exists());
    let (code, _) = desk.run(&["feeds", "import", "--ecosystem", "npn", "one.json"]);
    assert_eq!(code, 2);
}

#[test]
fn what_records_and_archives_are_called_moves_no_cursor() {
    use std::io::Write as _;
    let desk = Desk::new();
    let mut out = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = ::zip::write::SimpleFileOptions::default();
    out.start_file("\u{1b}[2Jred\u{9b}31m.json", options)
        .unwrap();
    out.write_all(b"{\"id\": ").unwrap();
    desk.write("npm/all.zip", &out.finish().unwrap().into_inner());
    for json in [&[][..], &["--json"]] {
        let all = [&["feeds", "import", "--data", "data", "npm/all.zip"], json].concat();
        let (_, text) = desk.run(&all);
        assert!(text.contains("red"), "{text:?}");
        assert!(!text.contains(['\u{1b}', '\u{9b}']), "{text:?}");
    }
    let (_, text) = desk.run(&["feeds", "status", "--data", "data"]);
    assert!(text.contains("\\u{1b}[2Jred\\u{9b}31m.json"), "{text:?}");
}

#[test]
fn status_waits_for_what_the_server_expects_whatever_the_shell_says() {
    let desk = Desk::new();
    let file = bonafide::config::database_file(&desk.folder.path().join("data"));
    let clock = bonafide::time::Clock::system();
    let db = Db::open_sqlite(&file, clock, bonafide::time::Entropy::system()).unwrap();
    let sources = bonafide::config::FeedSources {
        osv_ecosystems: vec!["crates.io".into()],
        ..Default::default()
    };
    bonafide::advisories::expect(&db, &sources).unwrap();
    drop(db);
    desk.write("c.toml", b"[feeds]\nosv_ecosystems = [\"npm\"]\n");
    for config in [&[][..], &["--config", "c.toml"]] {
        let all = [&["feeds", "status", "--data", "data"], config].concat();
        let (_, text) = desk.run(&all);
        let waits = |name: &str| text.contains(name);
        assert!(waits("osv:crates.io") && !waits("osv:npm"), "{text}");
    }
}
