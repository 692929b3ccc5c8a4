//! A database and its data directory belong together.

use crate::kit::{POSTGRES, TestApp, organisation};
use bonafide::advisories;
use bonafide::cli::serve;
use bonafide::config::{Config, FeedSources, Flags};
use bonafide::web::App;
use std::path::Path;
use tempfile::TempDir;

/// Opens as `bonafide serve` does; the error's words if it refuses.
fn open(data: &Path, schema: Option<&str>) -> Result<App, String> {
    let flags = Flags {
        data: Some(data.to_owned()),
        ..Flags::default()
    };
    let url = schema.and_then(|_| std::env::var(POSTGRES).ok());
    let env = |name: &str| url.clone().filter(|_| name == "BONAFIDE_DATABASE_URL");
    let mut config = Config::load(&flags, &env).unwrap();
    config.database_schema = schema.map(str::to_owned);
    serve::open(config).map_err(|error| format!("{error:#}"))
}

fn mark(data: &Path) -> String {
    std::fs::read_to_string(data.join("database-id")).unwrap()
}

#[test]
fn a_directory_is_marked_once_and_known_again() {
    let folder = TempDir::new().unwrap();
    drop(open(folder.path(), None).unwrap());
    let first = mark(folder.path());
    assert_eq!(first.trim().len(), 32, "{first}");
    drop(open(folder.path(), None).unwrap());
    assert_eq!(mark(folder.path()), first);
    // A database restored without the rest of its directory.
    std::fs::remove_file(folder.path().join("database-id")).unwrap();
    let told = open(folder.path(), None).err().unwrap();
    assert!(
        told.contains("is not the one this database was set up with"),
        "{told}"
    );
    assert!(told.contains(first.trim()), "what makes it right: {told}");
    std::fs::write(folder.path().join("database-id"), &first).unwrap();
    drop(open(folder.path(), None).unwrap());
}

#[test]
fn a_second_server_with_another_directory_is_refused() {
    if std::env::var(POSTGRES).is_err() {
        eprintln!("PostgreSQL: not tried, {POSTGRES} is not set");
        return;
    }
    let [one, other] = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let schema = format!("home{}", std::process::id());
    let app = open(one.path(), Some(&schema)).unwrap();
    organisation(&app.db);
    let told = open(other.path(), Some(&schema)).err().unwrap();
    assert!(told.contains("the same data directory"), "{told}");
    assert!(!other.path().join("database-id").exists());
    drop(open(one.path(), Some(&schema)).unwrap());
}

#[test]
fn servers_that_start_together_the_first_time_share_their_mark() {
    crate::kit::on_two_openings(|dbs| {
        for round in 0..25 {
            let folder = TempDir::new().unwrap();
            let meet = std::sync::Barrier::new(2);
            let bind = |db: &bonafide::store::Db| {
                meet.wait();
                db.bind(folder.path()).map_err(|error| format!("{error:#}"))
            };
            let both = std::thread::scope(|scope| {
                let other = scope.spawn(|| bind(&dbs[1]));
                [bind(&dbs[0]), other.join().unwrap()]
            });
            assert_eq!(both, [Ok(()), Ok(())], "round {round}");
            assert_eq!(mark(folder.path()).trim().len(), 32);
            let forget = "delete from installation_marks where name = 'data-directory'";
            dbs[0].write_now(|tx| tx.execute(forget, &[])).unwrap();
        }
    });
}

#[test]
fn a_command_beside_the_server_does_not_change_which_feeds_it_expects() {
    let folder = TempDir::new().unwrap();
    let app = open(folder.path(), None).unwrap();
    let sources = FeedSources {
        osv_ecosystems: vec!["npm".into()],
        ..FeedSources::default()
    };
    advisories::expect(&app.db, &sources).unwrap();
    drop(app);
    // A shell without the server's environment.
    let app = open(folder.path(), None).unwrap();
    let feeds = app.db.read_now(advisories::list_feeds).unwrap();
    let osv: Vec<&str> = feeds
        .iter()
        .filter(|feed| feed.is_expected)
        .filter_map(|feed| feed.name.strip_prefix("osv:"))
        .collect();
    assert_eq!(osv, ["npm"]);
}

#[tokio::test]
async fn a_file_that_is_gone_is_said_in_words() {
    let app = TestApp::new();
    let blobs = &app.app.blobs;
    let digest = blobs.put(b"a report").unwrap();
    let (hex, root) = (digest.hex(), app.app.config.data.join("blobs"));
    let path = root.join(&hex[..2]).join(format!("{hex}.zst"));
    let said = || {
        let trouble = bonafide::trouble::Trouble::from(blobs.get(&digest).unwrap_err());
        match trouble {
            bonafide::trouble::Trouble::Refusal(refusal) => refusal.code,
            bonafide::trouble::Trouble::Failure(error) => panic!("{error:?}"),
        }
    };
    std::fs::write(&path, b"not what it was").unwrap();
    assert_eq!(said(), "file-unusable");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(said(), "file-unusable");
}
