//! Which release a version means: `fixtures/intake/channels.txt`.

use crate::tidy::root;
use bonafide::intake::channel_of;

#[track_caller]
fn check(version: &str, expected: &str) {
    let (name, branch) = channel_of(version);
    let got = match branch {
        Some(branch) => {
            assert_eq!(
                branch, name,
                "{version}: a branch build is named by its branch"
            );
            format!("branch {branch}")
        }
        None => format!("release {name}"),
    };
    assert_eq!(got, expected, "{version}");
}

#[test]
fn a_version_means_a_release_unless_it_is_plainly_a_branch() {
    let text = std::fs::read_to_string(root().join("fixtures/intake/channels.txt")).unwrap();
    let mut checked = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (version, expected) = line.split_once('|').unwrap();
        check(version.trim(), expected.trim());
        checked += 1;
    }
    assert!(checked > 20, "{checked}");
}
