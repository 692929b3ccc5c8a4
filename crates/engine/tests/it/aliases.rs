//! Alias groups.

use bonafide_engine::alias::{canonical, groups};
use proptest::prelude::*;

/// `id alias alias; id …` into `canonical: members; …`.
#[track_caller]
fn check(records: &str, expected: &str) {
    let read = |records: &str| -> Vec<(String, Vec<String>)> {
        let records = records.split(';').map(str::split_whitespace);
        records
            .filter_map(|mut words| {
                Some((words.next()?.to_owned(), words.map(str::to_owned).collect()))
            })
            .collect()
    };
    let mut records = read(records);
    for _ in 0..2 {
        let input = records
            .iter()
            .map(|(id, aliases)| (id.as_str(), aliases.iter().map(String::as_str)));
        let got: Vec<String> = groups(input)
            .iter()
            .map(|group| format!("{}: {}", group.canonical, group.members.join(" ")))
            .collect();
        assert_eq!(got.join("; "), expected);
        // The order of the records must not matter.
        records.reverse();
    }
}

#[test]
fn aliases_are_symmetric_and_transitive_and_a_cve_id_comes_first() {
    check("RUSTSEC-2021-0001", "RUSTSEC-2021-0001: RUSTSEC-2021-0001");
    check(
        "RUSTSEC-2021-0001 GHSA-aaaa-bbbb-cccc; GHSA-aaaa-bbbb-cccc CVE-2021-5",
        "CVE-2021-5: CVE-2021-5 GHSA-aaaa-bbbb-cccc RUSTSEC-2021-0001",
    );
    check(
        "PYSEC-2020-1 CVE-2020-7; GO-2020-9 CVE-2020-7",
        "CVE-2020-7: CVE-2020-7 GO-2020-9 PYSEC-2020-1",
    );
    check("EUVD-2024-1 X-1", "EUVD-2024-1: EUVD-2024-1 X-1");
    check(
        "EUVD-2024-1 GHSA-9999-bbbb-cccc",
        "GHSA-9999-bbbb-cccc: GHSA-9999-bbbb-cccc EUVD-2024-1",
    );
    check("A-1 B-1; C-1 D-1", "A-1: A-1 B-1; C-1: C-1 D-1");
}

#[test]
fn the_lowest_number_counts_not_the_lowest_text() {
    assert_eq!(
        canonical(["CVE-2021-10000", "CVE-2021-9999"]),
        Some("CVE-2021-9999")
    );
    assert_eq!(
        canonical(["CVE-2021-1", "CVE-2019-99999"]),
        Some("CVE-2019-99999")
    );
    assert_eq!(canonical([]), None);
}

proptest! {
    #[test]
    fn groups_part_the_ids_whatever_their_order(
        pairs in prop::collection::vec((0..40u8, 0..40u8), 0..40),
        seed in any::<u64>(),
    ) {
        let names: Vec<String> = (0..40).map(|n| format!("{}-2020-{n}", ["CVE", "GHSA", "PYSEC"][n % 3])).collect();
        let records: Vec<(&str, [&str; 1])> = pairs
            .iter()
            .map(|(a, b)| (names[usize::from(*a)].as_str(), [names[usize::from(*b)].as_str()]))
            .collect();
        let mut turned = records.clone();
        turned.rotate_left(seed as usize % records.len().max(1));
        let found = groups(records.clone());
        prop_assert_eq!(&found, &groups(turned));
        for (a, [b]) in records {
            let holding = found.iter().filter(|group| group.members.iter().any(|m| m == a));
            let holding: Vec<_> = holding.collect();
            prop_assert_eq!(holding.len(), 1);
            prop_assert!(holding[0].members.iter().any(|m| m == b));
        }
    }
}
