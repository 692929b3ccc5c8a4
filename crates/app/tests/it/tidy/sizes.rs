//! Files and functions stay short enough to be read, and what they print cannot panic.

use super::files;

const FILE_LINES_MAX: usize = 800;
const FUNCTION_LINES_MAX: usize = 70;

#[test]
fn no_file_is_longer_than_one_can_hold_in_mind() {
    let long: Vec<String> = files("crates", ".rs")
        .iter()
        .filter(|(path, text)| !path.contains("/target/") && text.lines().count() > FILE_LINES_MAX)
        .map(|(path, text)| format!("{path}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn no_function_is_longer_than_a_screen() {
    let mut long = Vec::new();
    for (path, text) in files("crates", ".rs") {
        if path.contains("/tests/") {
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let bare = line.trim_start();
            let begins = [
                "fn ",
                "pub fn ",
                "async fn ",
                "pub async fn ",
                "pub(super) fn ",
                "pub(crate) fn ",
            ]
            .iter()
            .any(|word| bare.starts_with(word));
            if !begins {
                continue;
            }
            let indent = line.len() - bare.len();
            let end = format!("{}}}", " ".repeat(indent));
            let length = lines[number..].iter().position(|l| *l == end).unwrap_or(0);
            if length > FUNCTION_LINES_MAX {
                long.push(format!("{path}:{}: {length} lines", number + 1));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_file_of_tests_is_listed_and_so_run() {
    let tests = files("crates", ".rs");
    let mut forgotten = Vec::new();
    for (path, _) in &tests {
        let Some((folder, name)) = path.rsplit_once('/') else {
            continue;
        };
        if !folder.contains("/tests/it") || ["main.rs", "mod.rs"].contains(&name) {
            continue;
        }
        let line = format!("mod {};", name.trim_end_matches(".rs"));
        let parents = [
            format!("{folder}/main.rs"),
            format!("{folder}/mod.rs"),
            format!("{folder}.rs"),
        ];
        let listed = tests
            .iter()
            .any(|(parent, text)| parents.contains(parent) && text.contains(&line));
        if !listed {
            forgotten.push(format!("{path} is listed nowhere, so it never runs"));
        }
    }
    assert!(forgotten.is_empty(), "{}", forgotten.join("\n"));
}

#[test]
fn what_is_printed_goes_through_one_door_that_cannot_panic() {
    let mut found = Vec::new();
    for (path, text) in files("crates", ".rs") {
        if !path.contains("/src/") || path.ends_with("/cli/say.rs") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let bare = line.split("//").next().unwrap_or_default();
            if ["println!", "print!", "dbg!"]
                .iter()
                .any(|word| bare.contains(word))
            {
                found.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
