//! VERS: our own cases, the published suite, and hostile texts.

use std::cmp::Ordering;

use bonafide_engine::vers::{Range, VersError, from_native, order_of};
use proptest::prelude::*;
use serde_json::Value;

use crate::kit;

/// `RANGE holds VERSION`, `RANGE leaves out VERSION`, or `RANGE is refused: reason`.
#[track_caller]
fn check(line: &str) {
    if let Some((range, why)) = line.split_once(" is refused: ") {
        let error = Range::parse(range).expect_err(line);
        assert!(error.to_string().contains(why), "{line}: {error}");
        return;
    }
    let (range, version, expected) = match line.split_once(" leaves out ") {
        Some((range, version)) => (range, version, false),
        None => {
            let (range, version) = line
                .split_once(" holds ")
                .unwrap_or_else(|| panic!("{line}"));
            (range, version, true)
        }
    };
    let range = Range::read(range).unwrap_or_else(|error| panic!("{line}: {error}"));
    assert_eq!(range.contains(version), Ok(expected), "{line}");
}

#[test]
fn our_own_cases_hold() {
    for (_, line) in kit::cases("versions/ranges/vers.txt") {
        check(&line);
    }
}

/// `type | native range | VERS`
#[test]
fn native_ranges_become_vers() {
    for (number, line) in kit::cases("versions/ranges/native.txt") {
        let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let [scheme, native, expected] = fields[..] else {
            panic!("line {number}: {line}");
        };
        let got = from_native(scheme, native).map_or_else(
            |error| format!("refused: {}", error.code()),
            |range| range.to_string(),
        );
        assert_eq!(got, expected, "line {number}");
    }
}

#[test]
fn types_without_an_order_say_so() {
    let range = Range::parse("vers:example/1|2").unwrap();
    let error = range.contains("1").unwrap_err();
    assert_eq!(error.code(), "vers-type-unknown");
    assert_eq!(
        Range::parse("vers:example/*").unwrap().contains("1"),
        Ok(true)
    );
    assert_eq!(Range::parse("vers:invalid/1"), Err(VersError::Shape));
    let error = Range::parse("vers:npm/>=1|<next").unwrap_err();
    assert_eq!(error.code(), "version-unparsable");
    let many = format!("vers:npm/{}", vec!["1"; 5000].join("|"));
    assert_eq!(Range::read(&many).unwrap_err().code(), "vers-too-long");
}

/// Cases of the suite that we do not follow, with the sentence they run against.
const CONTRADICTED: [(&str, &str); 4] = [
    (
        r#"npm ">= 0.2.0 <= 0.9.6 || ~0.8.0-pre""#,
        "node-semver: a tilde range with a patch number allows patch-level changes, so ~0.8.0-pre \
         is >=0.8.0-pre <0.9.0, not <0.8.1",
    ),
    (
        r#"npm ">= 1.x""#,
        "node-semver: a partial version with >= only sets the lower bound; nothing ends it at 2.0.0",
    ),
    (
        r#"npm "<=2.1 >=1.1""#,
        "node-semver: a partial version is an x-range, so <=2.1 holds all of 2.1 and means <2.2.0",
    ),
    (
        r#"conan """#,
        "VERS 5.3.3: constraints shall contain one or more constraints; vers:conan/ has none",
    ),
];

#[test]
fn the_published_suite_holds() {
    let Some(folder) = kit::shared("vers/tests") else {
        return;
    };
    let (mut count, mut wrong) = (0, Vec::new());
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|one| one.unwrap())
        .collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        let suite: Value = serde_json::from_slice(&std::fs::read(file.path()).unwrap()).unwrap();
        for case in suite["tests"].as_array().unwrap() {
            count += 1;
            wrong.extend(suite_case(case).err());
        }
    }
    let known = |line: &String| {
        CONTRADICTED
            .iter()
            .any(|(known, _)| line.starts_with(known))
    };
    let contradicted = wrong.iter().filter(|line| known(line)).count();
    println!(
        "vers suite: {} of {count} hold; {contradicted} contradicted: {CONTRADICTED:#?}",
        count - wrong.len()
    );
    wrong.retain(|line| !known(line));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(contradicted, CONTRADICTED.len());
}

fn suite_case(case: &Value) -> Result<(), String> {
    let (input, expected) = (&case["input"], &case["expected_output"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let agree = |name: String, got: String, expected: String| match got == expected {
        true => Ok(()),
        false => Err(format!("{name}: {got}, not {expected}")),
    };
    match case["test_type"].as_str().unwrap() {
        "comparison" | "equality" => comparison(input, expected),
        "from_native" => {
            let (scheme, native) = (text(&input["scheme"]), text(&input["native_range"]));
            let got =
                from_native(&scheme, &native).map_or_else(|e| e.to_string(), |r| r.to_string());
            agree(format!("{scheme} {native:?}"), got, text(expected))
        }
        "containment" => {
            let got = Range::read(&text(&input["vers"]))
                .and_then(|r| r.contains(&text(&input["version"])));
            agree(
                input.to_string(),
                format!("{got:?}"),
                format!("{:?}", Ok::<_, VersError>(expected == true)),
            )
        }
        // The suite takes redundant and repeated constraints here, so the text is only read.
        "validate" => {
            let got = Range::read(&text(input)).map_or_else(|e| e.to_string(), |r| r.to_string());
            agree(input.to_string(), got, text(expected))
        }
        "parse" if case["expected_failure"] == true => {
            let got = Range::parse(&text(input)).map_or_else(|e| e.to_string(), |r| r.to_string());
            agree(input.to_string(), got, text(&case["expected_message"]))
        }
        "parse" => {
            let range = Range::parse(&text(input)).map_err(|error| format!("{input}: {error}"))?;
            let constraints: Vec<[String; 2]> = range
                .constraints
                .iter()
                .flatten()
                .map(|one| [one.comparator.as_str().to_owned(), one.version.clone()])
                .collect();
            let got =
                serde_json::json!({"scheme": range.scheme, "version_constraints": constraints});
            agree(input.to_string(), got.to_string(), expected.to_string())
        }
        other => Err(format!("{input}: unknown kind of test {other}")),
    }
}

fn comparison(input: &Value, expected: &Value) -> Result<(), String> {
    let order = order_of(input["input_scheme"].as_str().unwrap())
        .ok_or_else(|| format!("{input}: no order"))?;
    let texts: Vec<&str> = input["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    let read = |text: &str| {
        order
            .parse(text)
            .map_err(|error| format!("{input}: {error}"))
    };
    let (a, b) = (read(texts[0])?, read(texts[1])?);
    let got = a.compare(&b).unwrap();
    let holds = match expected {
        Value::Bool(equal) => got.is_eq() == *equal,
        sorted if texts[0] == texts[1] => sorted[0] == texts[0] && got.is_eq(),
        sorted if sorted[0] == texts[0] => got == Ordering::Less,
        sorted if sorted[0] == texts[1] => got == Ordering::Greater,
        // NuGet's expectations are written in lower case.
        sorted if sorted[0] == texts[0].to_ascii_lowercase() => got == Ordering::Less,
        _ => got == Ordering::Greater,
    };
    holds
        .then_some(())
        .ok_or_else(|| format!("{input}: {got:?}, not {expected}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_a_reader_panic(
        text in any::<String>(),
        scheme in prop::sample::select(vec!["npm", "pypi", "conan", "nginx", "openssl", "deb", "gem", "datetime", "example"]),
        tail in "[0-9a-c.<>=!|*%^~ ,x+-]{0,40}",
    ) {
        let _ = Range::parse(&text);
        for read in [Range::parse, Range::read] {
            if let Ok(range) = read(&format!("vers:{scheme}/{tail}")) {
                let _ = range.contains("1.0");
                prop_assert_eq!(read(&range.to_string()), Ok(range));
            }
        }
        let _ = from_native(scheme, &tail);
        let _ = from_native(scheme, &text);
    }

    #[test]
    fn what_is_canonical_is_also_clear_and_means_the_same(
        bounds in prop::collection::btree_set(0u8..20, 1..6),
        first_is_upper in any::<bool>(),
        asked in 0u8..20,
    ) {
        // Alternating bounds; membership by counting is the oracle.
        let bounds: Vec<u8> = bounds.into_iter().collect();
        let sign = |index: usize| if index.is_multiple_of(2) == first_is_upper { "<" } else { ">=" };
        let parts: Vec<String> = bounds.iter().enumerate().map(|(i, b)| format!("{}{b}", sign(i))).collect();
        let text = format!("vers:npm/{}", parts.join("|"));
        let passed = bounds.iter().filter(|bound| **bound <= asked).count();
        let expected = (passed % 2 == 0) == first_is_upper;
        let range = Range::parse(&text).unwrap();
        prop_assert_eq!(range.contains(&asked.to_string()), Ok(expected), "{} {}", text, asked);
        prop_assert_eq!(Range::read(&text), Ok(range));
    }
}
