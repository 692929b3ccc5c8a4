//! Templates escape everything, speak through the message files, and need no inline script.

use super::files;

#[test]
fn templates_never_trust_text_or_carry_script_and_style() {
    let mut faults = Vec::new();
    for (path, text) in files("templates", ".html") {
        for banned in [
            "|safe",
            "| safe",
            "<style",
            " style=\"",
            "onclick=",
            "onchange=",
            "onsubmit=",
            "javascript:",
        ] {
            if text.contains(banned) {
                faults.push(format!("{path}: {banned}"));
            }
        }
        if text.matches("<script").count() != text.matches("<script src=\"/assets/").count() {
            faults.push(format!("{path}: an inline script"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_source_silences_a_lint_or_leaves_a_hole() {
    let mut faults = Vec::new();
    for (path, text) in files("crates", ".rs") {
        for banned in ["#[allow(", "todo!(", "unimplemented!(", "dbg!("] {
            if text.contains(banned) && !path.contains("/tests/it/tidy/") {
                faults.push(format!("{path}: {banned}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
