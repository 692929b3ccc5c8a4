//! Reading fixtures: one case a line, parts separated by `|`, comments after `#`.

use std::path::Path;

/// One case, with the place it stands at.
pub struct Case {
    pub place: String,
    pub parts: Vec<String>,
}

/// The cases of a file below `fixtures/`; every line must have `parts` parts.
#[track_caller]
pub fn cases(file: &str, parts: usize) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(file);
    let text = std::fs::read_to_string(&path).expect("the fixture is there");
    let cases: Vec<Case> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(index, line)| {
            let split: Vec<String> = line.split('|').map(|part| part.trim().to_owned()).collect();
            assert_eq!(split.len(), parts, "{file}:{}: {line}", index + 1);
            Case {
                place: format!("{file}:{}: {line}", index + 1),
                parts: split,
            }
        })
        .collect();
    assert!(!cases.is_empty(), "{file} has no cases");
    cases
}

/// `exploited` and `incident`, as fixtures call the two kinds.
pub fn kind(word: &str) -> bonafide_law::deadlines::Kind {
    match word {
        "exploited" => bonafide_law::deadlines::Kind::ActivelyExploitedVulnerability,
        "incident" => bonafide_law::deadlines::Kind::SevereIncident,
        other => panic!("{other} is no kind"),
    }
}
