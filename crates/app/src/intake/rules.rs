//! How an upload is understood: which release it means, and values as clients write them. Pure.

/// A build of a branch rolls: each upload takes the place of the one before. A tagged version
/// becomes a release, and counts as on the market until a person says otherwise. Clients of the
/// compatible API send only a version, so that its name decides. What is not plainly a branch
/// is taken for a release: forgetting to say so must not silence a 24-hour duty.
///
/// Returns the version and the branch, if it is one. `fixtures/intake/channels.txt` has a line
/// for each rule.
pub fn channel_of(version: &str) -> (String, Option<String>) {
    let version = version.trim();
    if let Some(tag) = version.strip_prefix("refs/tags/") {
        return (tag.to_owned(), None);
    }
    let name = version.strip_prefix("refs/heads/").unwrap_or(version);
    let rolls = name.len() < version.len()
        || version.starts_with("refs/")
        || is_branch_name(name)
        || is_snapshot(name);
    (name.to_owned(), rolls.then(|| name.to_owned()))
}

/// Names that mean a branch or its newest build, whatever the case.
const BRANCHES: &[&str] = &[
    "main",
    "master",
    "trunk",
    "develop",
    "development",
    "dev",
    "head",
    "nightly",
    "snapshot",
    "edge",
    "canary",
    "unstable",
];

/// First parts of branch names as the usual branching models have them.
const BRANCH_FOLDERS: &[&str] = &[
    "feature",
    "feat",
    "fix",
    "bugfix",
    "hotfix",
    "release",
    "releases",
    "support",
    "chore",
    "dependabot",
    "renovate",
    "user",
    "users",
    "wip",
];

fn is_branch_name(name: &str) -> bool {
    if BRANCHES
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
    {
        return true;
    }
    name.split_once('/').is_some_and(|(folder, rest)| {
        !rest.is_empty()
            && BRANCH_FOLDERS
                .iter()
                .any(|known| folder.eq_ignore_ascii_case(known))
    })
}

/// Maven's and Gradle's mark of a version that is not yet one.
fn is_snapshot(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("-snapshot") || name.ends_with(".snapshot")
}

/// Yes or no as clients write it: `true`, `"true"`, `1`. Nothing and `null` say nothing.
pub fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Labels from a comma list, each once, in their order.
pub fn labels(text: &str) -> Vec<String> {
    tidy_labels(text.split(','))
}

/// Labels without empty ones, repetitions and excess.
pub fn tidy_labels<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for text in texts.take(LABELS_READ_MAX) {
        let label: String = text
            .trim()
            .chars()
            .filter(|c| !c.is_control())
            .take(LABEL_CHARS_MAX)
            .collect();
        let label = label.trim().to_owned();
        if !label.is_empty() && labels.len() < LABELS_MAX && !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// As many and as long as a release takes.
const LABELS_MAX: usize = 20;
const LABELS_READ_MAX: usize = 1_000;
const LABEL_CHARS_MAX: usize = 60;
