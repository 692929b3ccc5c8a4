//! What the operator says counts in its order: defaults, file, variables, flags.

use bonafide::config::{Config, Flags};
use std::path::PathBuf;

const FILE: &str = r#"
database_url = "postgres://from-the-file/db"
base_url = "https://file.example"

[smtp]
host = "mail.file.example"
user = "file"
security = "starttls"
"#;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::TempDir::new().unwrap());
        std::fs::write(place.path("bonafide.toml"), FILE).unwrap();
        std::fs::write(place.path("secret"), "from-a-mounted-secret\n").unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn flags(&self) -> Flags {
        Flags {
            config: Some(self.path("bonafide.toml")),
            ..Flags::default()
        }
    }

    fn load(&self, variables: &[(&str, String)]) -> Config {
        let env = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.clone())
        };
        Config::load(&self.flags(), &env).unwrap()
    }
}

#[test]
fn each_mail_variable_wins_over_its_key_in_the_file() {
    let place = Place::new();
    let file = place.load(&[]).smtp.unwrap();
    assert_eq!((file.port, file.security.as_str()), (465, "starttls"));
    let smtp = place
        .load(&[
            ("BONAFIDE_SMTP_PORT", "2525".into()),
            ("BONAFIDE_SMTP_USER", "variable".into()),
            (
                "BONAFIDE_SMTP_PASSWORD_FILE",
                place.path("secret").display().to_string(),
            ),
        ])
        .smtp
        .unwrap();
    assert_eq!(smtp.host, "mail.file.example");
    assert_eq!((smtp.port, smtp.user.as_deref()), (2525, Some("variable")));
    assert_eq!(smtp.security, "starttls");
    let password = smtp.password.as_ref().unwrap();
    assert_eq!(password.reveal(), "from-a-mounted-secret");
    assert!(!format!("{smtp:?}").contains("from-a-mounted-secret"));
}

#[test]
fn a_mounted_secret_wins_over_the_address_in_the_file() {
    let place = Place::new();
    let file = place.load(&[]);
    assert_eq!(
        file.database_url.unwrap().reveal(),
        "postgres://from-the-file/db"
    );
    let address = "postgres://from-a-mounted-secret/db";
    std::fs::write(place.path("address"), format!("{address}\n")).unwrap();
    let secret = place.path("address").display().to_string();
    let mounted = place.load(&[("BONAFIDE_DATABASE_URL_FILE", secret)]);
    assert!(!format!("{mounted:?}").contains("from-a-mounted-secret"));
    assert_eq!(mounted.database_url.unwrap().reveal(), address);
}

#[test]
fn the_demo_takes_nothing_from_a_real_instance() {
    let bare = Config::bare(&Place::new().flags()).unwrap();
    assert!(bare.smtp.is_none() && bare.database_url.is_none());
    assert_eq!(bare.base_url, "http://127.0.0.1:8080");
}

#[test]
fn every_key_and_every_variable_stands_in_the_guide() {
    let guide = include_str!("../../../../docs/guide/operators.md");
    let file = include_str!("../../src/config/file.rs");
    let keys = file.lines().filter_map(|line| {
        let (key, _) = line.trim().strip_prefix("pub ")?.split_once(':')?;
        key.bytes()
            .all(|b| b.is_ascii_lowercase() || b == b'_')
            .then_some(key)
    });
    let keys: Vec<&str> = keys.collect();
    assert!(keys.len() >= 11, "{keys:?}");
    for key in keys {
        assert!(
            guide.contains(&format!("`{key}")) || guide.contains(&format!("`[{key}] ")),
            "{key}"
        );
    }
    let mut seen = 0;
    for source in [
        include_str!("../../src/config/mod.rs"),
        include_str!("../../src/config/variables.rs"),
    ] {
        for word in source
            .split('"')
            .filter(|word| word.starts_with("BONAFIDE_"))
        {
            seen += 1;
            let parts: Vec<&str> = word.splitn(3, '_').collect();
            let short = format!("`_{}`", parts.get(2).unwrap_or(&""));
            let known = guide.contains(&format!("`{word}`")) || guide.contains(&short);
            assert!(known, "{word}");
        }
    }
    assert!(seen >= 19, "{seen}");
}

#[test]
fn each_feed_variable_wins_over_its_key_in_the_file() {
    let place = Place::new();
    let config = place.load(&[
        ("BONAFIDE_FEEDS_OSV", "https://mirror.example/osv".into()),
        ("BONAFIDE_FEEDS_OSV_ECOSYSTEMS", "npm, Go".into()),
        ("BONAFIDE_FEEDS_EVERY_HOURS", "6".into()),
        ("BONAFIDE_TRUSTED_PROXIES", "127.0.0.1, ::1".into()),
        ("BONAFIDE_DEPENDENCY_TRACK_HEADER", "false".into()),
    ]);
    assert_eq!(config.feeds.osv, "https://mirror.example/osv");
    assert_eq!(config.feeds.osv_ecosystems, ["npm", "Go"]);
    assert_eq!(config.feeds.every_hours, 6);
    assert_eq!(config.trusted_proxies.len(), 2);
    assert!(!config.dependency_track_header);
    let env = |name: &str| (name == "BONAFIDE_FEEDS_EVERY_HOURS").then(|| "often".to_owned());
    let refused = Config::load(&place.flags(), &env).unwrap_err();
    assert!(
        refused.to_string().contains("\"often\" is not"),
        "{refused}"
    );
}
