//! Every message exists in every language, with the same arguments, and every message that is
//! asked for exists.

use super::files;
use bonafide::web::words::{Lang, MESSAGES_DE, MESSAGES_EN};
use std::collections::{BTreeMap, BTreeSet};

fn messages(files: &[(&str, &str)]) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut found = BTreeMap::new();
    for (room, text) in files {
        let mut key: Option<String> = None;
        for line in text.lines() {
            let starts = line.starts_with(|c: char| c.is_ascii_lowercase());
            if starts && let Some((name, _)) = line.split_once('=') {
                let name = name.trim().to_owned();
                let known = found.insert(name.clone(), ((*room).to_owned(), BTreeSet::new()));
                assert!(known.is_none(), "{name} stands twice");
                key = Some(name);
            }
            if let Some(entry) = key.as_ref().and_then(|key| found.get_mut(key)) {
                for argument in line.split('$').skip(1) {
                    let name: String = argument
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || "_-".contains(*c))
                        .collect();
                    entry.1.insert(name);
                }
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_arguments() {
    let (en, de) = (messages(MESSAGES_EN), messages(MESSAGES_DE));
    let keys = |m: &BTreeMap<String, _>| m.keys().cloned().collect::<BTreeSet<_>>();
    let (only_en, only_de): (Vec<_>, Vec<_>) = (
        keys(&en).difference(&keys(&de)).cloned().collect(),
        keys(&de).difference(&keys(&en)).cloned().collect(),
    );
    assert!(
        only_en.is_empty() && only_de.is_empty(),
        "en only: {only_en:?}\nde only: {only_de:?}"
    );
    for (key, (_, arguments)) in &en {
        assert_eq!(arguments, &de[key].1, "arguments of {key}");
    }
}

#[test]
fn a_length_of_time_stands_in_the_case_its_sentence_needs() {
    #[track_caller]
    fn check(lang: Lang, key: &str, seconds: i64, expected: &str) {
        let span = lang.duration(seconds);
        assert_eq!(lang.t1(key, "span", span), expected);
    }
    const DAY: i64 = 86_400;
    check(Lang::De, "home-ago", 2 * DAY + 7_200, "vor 2 Tagen 2 h");
    check(Lang::De, "home-ago", DAY, "vor 1 Tag 0 h");
    check(Lang::En, "home-ago", 2 * DAY, "2 days 0 h ago");
    assert_eq!(Lang::De.duration(42 * 60), "42 min");
    assert_eq!(Lang::De.duration(30), "weniger als 1 min");
}

#[test]
fn every_message_a_template_asks_for_exists() {
    let mut missing = Vec::new();
    for (path, text) in files("templates", "") {
        for call in [".t(\"", ".t1(\"", ".t2(\"", ".ta(\""] {
            for (at, _) in text.match_indices(call) {
                let key = text[at + call.len()..].split('"').next().unwrap();
                if !Lang::En.has(key) {
                    missing.push(format!("{path}: {key}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_refusal_has_its_sentence() {
    let mut missing = Vec::new();
    for (path, text) in files("crates/app/src", ".rs") {
        for call in [
            "Refusal::invalid(\"",
            "Refusal::conflict(\"",
            "Refusal::too_large(\"",
        ] {
            for (at, _) in text.match_indices(call) {
                let code = text[at + call.len()..].split('"').next().unwrap();
                if !Lang::En.has(&format!("refusal-{code}")) {
                    missing.push(format!("{path}: {code}"));
                }
            }
        }
        for call in ["Refusal::field(", "Refusal::new("] {
            for (at, _) in text.match_indices(call) {
                let inside = text[at + call.len()..].split(')').next().unwrap();
                let mut quoted = inside.split('"').skip(1).step_by(2);
                let code = if call.contains("field") {
                    quoted.nth(1)
                } else {
                    quoted.next()
                };
                if let Some(code) = code
                    && !Lang::En.has(&format!("refusal-{code}"))
                {
                    missing.push(format!("{path}: {code}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
