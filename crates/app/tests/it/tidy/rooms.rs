//! The order of rooms, and what each kind of file may not do.

use super::files;
use bonafide::ROOMS;

const PLUMBING: &[&str] = &[
    "ids", "time", "trouble", "store", "jobs", "blobs", "config", "feeds", "mail", "web",
];
/// What plumbing may take from a room although it stands above all rooms: the permission a route
/// names is the one exception, for a route without one must not compile.
const EXCEPTIONS: &[(&str, &str)] = &[("web", "accounts")];

fn room_of(path: &str) -> &str {
    let inside = path.strip_prefix("crates/app/src/").unwrap();
    inside.split(['/', '.']).next().unwrap()
}

fn used_rooms(text: &str) -> Vec<String> {
    let mut used = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let line_start = text[..at].rfind('\n').map_or(0, |n| n + 1);
        if text[line_start..at].trim_start().starts_with("//") {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let end = group.find(';').unwrap_or(group.len());
            for word in group[..end].split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
            {
                used.push(word.split("::").next().unwrap().to_owned());
            }
        } else {
            used.push(
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    used
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let mut faults = Vec::new();
    for (path, text) in files("crates/app/src", ".rs") {
        let room = room_of(&path);
        let Some(own) = ROOMS.iter().position(|r| *r == room) else {
            continue;
        };
        for used in used_rooms(&text) {
            if let Some(other) = ROOMS.iter().position(|r| *r == used)
                && other > own
            {
                faults.push(format!("{path} uses {used}, which stands below {room}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn plumbing_knows_no_room() {
    let mut faults = Vec::new();
    for (path, text) in files("crates/app/src", ".rs") {
        let part = room_of(&path);
        if !PLUMBING.contains(&part) {
            continue;
        }
        for used in used_rooms(&text) {
            let excepted = EXCEPTIONS.contains(&(part, used.as_str()));
            if ROOMS.contains(&used.as_str()) && !excepted {
                faults.push(format!("{path} uses the room {used}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rooms_are_entered_through_their_door_only() {
    let mut faults = Vec::new();
    for (path, text) in files("crates/app/src", ".rs") {
        let own = room_of(&path);
        for room in ROOMS.iter().filter(|room| **room != own) {
            for inner in ["store", "rules", "pages", "api", "jobs"] {
                let behind = format!("crate::{room}::{inner}::");
                if text.contains(&behind) && !path.ends_with("src/lib.rs") {
                    faults.push(format!("{path} goes behind the door of {room}: {behind}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rules_are_pure() {
    let banned = [
        "async ", ".await", "store::", "web::", "sqlx", "axum", "rusqlite", "std::fs", "Tx",
    ];
    let mut faults = Vec::new();
    for (path, text) in files("crates/app/src", ".rs") {
        if !path.ends_with("/rules.rs") && !path.contains("/rules/") {
            continue;
        }
        let code: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        for word in banned {
            if code.iter().any(|line| line.contains(word)) {
                faults.push(format!("{path} is not pure: {word}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn sql_stands_in_stores_and_html_does_not() {
    let mut faults = Vec::new();
    for (path, text) in files("crates/app/src", ".rs") {
        let is_room = ROOMS.contains(&room_of(&path));
        let is_store = path.contains("/store.rs") || path.contains("/store/");
        if is_room && !is_store {
            for verb in [
                "tx.execute(",
                "tx.query(",
                "tx.query_opt(",
                "tx.query_one(",
                "tx.insert_rows(",
                "tx.query_keys(",
                "tx.execute_keys(",
            ] {
                if text.contains(verb) {
                    faults.push(format!("{path} talks to the database itself: {verb}"));
                }
            }
        }
        if is_store && text.contains("askama") {
            faults.push(format!("{path} makes HTML"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_table_is_written_by_its_own_room_only() {
    let mut owners = std::collections::BTreeMap::new();
    for (path, text) in files("migrations", ".sql") {
        let room = path.rsplit('/').next().unwrap()[5..]
            .trim_end_matches(".sql")
            .to_owned();
        for (at, _) in text.match_indices("create table ") {
            let name: String = text[at + "create table ".len()..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            owners.insert(name, room.clone());
        }
    }
    let mut faults = Vec::new();
    for (path, text) in files("crates/app/src", ".rs") {
        let room = room_of(&path);
        let text = text.to_lowercase();
        for (table, owner) in &owners {
            let shares = owner == "jobs_and_alarms" && ["jobs", "clock"].contains(&room)
                // The dictionary is filled by whoever meets a package first.
                || ["packages", "package_versions"].contains(&table.as_str())
                    && ["sboms", "advisories", "findings"].contains(&room)
                || table == "matches" && room == "findings";
            if owner == room || shares {
                continue;
            }
            for verb in ["insert into ", "update ", "delete from "] {
                let written = format!("{verb}{table}");
                if text.match_indices(&written).any(|(at, _)| {
                    !text[at + written.len()..]
                        .starts_with(|c: char| c.is_alphanumeric() || c == '_')
                }) {
                    faults.push(format!("{path} writes {table}, which belongs to {owner}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
