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
    let secret = place.path("secret").display().to_string();
    let mounted = place.load(&[("BONAFIDE_DATABASE_URL_FILE", secret)]);
    assert!(!format!("{mounted:?}").contains("from-a-mounted-secret"));
    assert_eq!(
        mounted.database_url.unwrap().reveal(),
        "from-a-mounted-secret"
    );
}

#[test]
fn the_demo_takes_nothing_from_a_real_instance() {
    let bare = Config::bare(&Place::new().flags()).unwrap();
    assert!(bare.smtp.is_none() && bare.database_url.is_none());
    assert_eq!(bare.base_url, "http://127.0.0.1:8080");
}
