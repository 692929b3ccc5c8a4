//! CVSS scores of all versions, and ratings.

use bonafide_engine::severity::{CvssVersion, Rating, SeverityText, choose, score, understand};
use proptest::prelude::*;

use crate::kit;

fn text(kind: &str, score: &str) -> SeverityText {
    SeverityText {
        kind: kind.to_owned(),
        score: score.to_owned(),
    }
}

#[track_caller]
fn check(vector: &str, tenths: u8, rating: Rating) {
    let severity = understand(&text("CVSS_V3", vector));
    assert_eq!(severity.score_tenths, Some(tenths), "{vector}");
    assert_eq!(severity.rating, Some(rating), "{vector}");
    assert_eq!(severity.vector.as_deref(), Some(vector));
}

#[test]
fn base_scores_follow_the_specification() {
    check(
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        98,
        Rating::Critical,
    );
    check(
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
        100,
        Rating::Critical,
    );
    check(
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N",
        61,
        Rating::Medium,
    );
    check(
        "CVSS:3.0/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H",
        70,
        Rating::High,
    );
    check(
        "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N",
        16,
        Rating::Low,
    );
    check(
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N",
        0,
        Rating::None,
    );
    // Temporal metrics are allowed and do not change the base score.
    check(
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O",
        98,
        Rating::Critical,
    );
}

#[track_caller]
fn check_unrated(vector: &str, version: Option<CvssVersion>, because: &str) {
    let severity = understand(&text("CVSS", vector));
    assert_eq!(severity.rating, None, "{vector}");
    assert_eq!(severity.score_tenths, None, "{vector}");
    assert_eq!(severity.cvss, version, "{vector}");
    assert_eq!(
        severity.unrated_because.as_deref(),
        Some(because),
        "{vector}"
    );
}

#[test]
fn what_is_no_vector_says_so() {
    use CvssVersion::{V2, V3_1, V4};
    for (version, broken) in [
        (V3_1, "CVSS:3.1/AV:N"),
        (V3_1, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X"),
        (V3_1, "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
        (V3_1, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/ZZ:1"),
        (V3_1, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:Z"),
        (V3_1, "CVSS:3.1/AV:NN/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
        (V3_1, "CVSS:3.1/"),
        (V2, "AV:N/AC:L/Au:N/C:P/I:P"),
        (V2, "AV:N/AC:L/AU:N/C:P/I:P/A:P"),
        (V2, "(AV:N/AC:L/Au:N/C:P/I:P/A:P"),
        (
            V4,
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N",
        ),
        (
            V4,
            "CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
        ),
        (
            V4,
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:S",
        ),
        (
            V4,
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/U:RED",
        ),
    ] {
        check_unrated(broken, Some(version), "cvss-vector-invalid");
    }
    check_unrated("terrible", None, "severity-word-unknown");
}

#[track_caller]
fn check_score(vector: &str, expected: &str) {
    let got = score(vector).map_or_else(|| "? invalid".to_owned(), |score| score.to_string());
    assert_eq!(got, expected, "{vector}");
}

#[test]
fn scores_of_all_versions_follow_their_specifications() {
    // 2.0 guide §3.3.1 and §3.3.2; 2.0 has no "critical".
    check_score("AV:N/AC:L/Au:N/C:N/I:N/A:C", "7.8 high");
    check_score("(AV:N/AC:L/Au:N/C:C/I:C/A:C)", "10.0 high");
    check_score("AV:L/AC:H/Au:N/C:C/I:C/A:C", "6.2 medium");
    check_score("AV:N/AC:L/Au:N/C:N/I:N/A:N", "0.0 low");
    check_score("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:U/CDP:ND", "10.0 high");
    let v4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H";
    check_score(v4, "10.0 critical");
    check_score(&format!("{v4}/E:U"), "9.1 critical");
    check_score(&format!("{v4}/E:X/S:P/U:Amber"), "10.0 critical");
    check_score(&format!("{v4}/"), "? invalid");
    check_score("CVSS:2.0/AV:N/AC:L/Au:N/C:C/I:C/A:C", "? invalid");
    check_score("", "? invalid");
    check_score(&format!("{v4}/{}", "E:X/".repeat(1000)), "? invalid");
}

#[test]
fn words_have_ratings_and_the_best_known_severity_is_chosen() {
    assert_eq!(
        understand(&text("word", "MODERATE")).rating,
        Some(Rating::Medium)
    );
    let v4 = text(
        "CVSS_V4",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
    );
    let v3 = text("CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
    let word = text("word", "HIGH");
    let rating = |texts: &[&SeverityText]| choose(texts.iter().copied()).and_then(|s| s.rating);
    let broken = text("CVSS_V4", "CVSS:4.0/AV:N");
    assert_eq!(rating(&[&v3, &v4, &word]), Some(Rating::Critical));
    assert_eq!(rating(&[&broken, &word]), Some(Rating::High));
    assert_eq!(rating(&[&broken]), None);
    assert_eq!(
        choose([&v3, &v4]).and_then(|s| s.vector),
        Some(v4.score.clone())
    );
    assert_eq!(choose([]), None);
    assert_eq!(choose([&v4]).and_then(|s| s.vector), Some(v4.score));
}

#[test]
fn the_published_scores_agree() {
    let Some(path) = kit::shared("cvss/consensus-vectors.csv") else {
        return;
    };
    let (mut count, mut wrong) = (0, Vec::new());
    for line in std::fs::read_to_string(path).unwrap().lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        // Vector, version, base, temporal or threat, environmental or overall, severity.
        let expected = if fields[1] == "4.0" {
            fields[4]
        } else {
            fields[2]
        };
        let expected: f64 = expected.parse().unwrap();
        let got = score(fields[0]).map(|score| score.to_string());
        count += 1;
        if got.as_deref() != Some(&format!("{expected:.1} {}", fields[5])) {
            wrong.push(format!("{line} (we say {got:?})"));
        }
    }
    println!("CVSS: {} of {count} agree", count - wrong.len());
    assert!(wrong.is_empty() && count > 0, "{wrong:#?}");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(score in any::<String>(), tail in "[A-Z:/]{0,60}") {
        let _ = understand(&text("CVSS_V3", &score));
        let _ = understand(&text("CVSS_V4", &format!("CVSS:4.0/{tail}")));
        let _ = understand(&text("CVSS_V2", &tail));
        let _ = understand(&text("CVSS_V3", &format!("CVSS:3.1/{tail}")));
    }

    #[test]
    fn every_whole_vector_of_4_0_has_a_score(picks in prop::collection::vec(0usize..8, 32)) {
        const METRICS: &str = "AV NALP,AC LH,AT NP,PR NLH,UI NPA,VC HLN,VI HLN,VA HLN,SC HLN,SI HLN,\
            SA HLN,E XAPU,CR XHML,IR XHML,AR XHML,MAV XNALP,MAC XLH,MAT XNP,MPR XNLH,MUI XNPA,\
            MVC XNLH,MVI XNLH,MVA XNLH,MSC XNLH,MSI XNLHS,MSA XNLHS,S XNP,AU XNY,R XAUI,V XDC,RE XHML";
        let parts = METRICS.split(',').zip(&picks).enumerate().filter_map(|(index, (metric, pick))| {
            let (name, values) = metric.split_once(' ')?;
            let value = values.as_bytes()[pick % values.len()];
            // Every metric after the base ones may be left out.
            let is_there = index < 11 || pick % 3 > 0;
            is_there.then(|| format!("/{name}:{}", char::from(value)))
        });
        let vector = format!("CVSS:4.0{}", parts.collect::<String>());
        let score = score(&vector);
        prop_assert!(score.is_some_and(|score| score.tenths <= 100), "{}: {:?}", vector, score);
    }
}
