//! CVSS v3 base scores and ratings.

use bonafide_engine::severity::{CvssVersion, Rating, SeverityText, choose, understand};
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
fn what_we_do_not_score_says_so() {
    use CvssVersion::{V2, V3_1, V4};
    let v4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
    check_unrated(v4, Some(V4), "cvss-version-not-scored");
    check_unrated(
        "AV:N/AC:L/Au:N/C:P/I:P/A:P",
        Some(V2),
        "cvss-version-not-scored",
    );
    for broken in [
        "CVSS:3.1/AV:N",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X",
        "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/ZZ:1",
        "CVSS:3.1/AV:NN/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/",
    ] {
        check_unrated(broken, Some(V3_1), "cvss-vector-invalid");
    }
    check_unrated("terrible", None, "severity-word-unknown");
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
    assert_eq!(rating(&[&v4, &v3, &word]), Some(Rating::Critical));
    assert_eq!(rating(&[&v4, &word]), Some(Rating::High));
    assert_eq!(rating(&[&v4]), None);
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
        if !fields[1].starts_with('3') {
            continue;
        }
        count += 1;
        let tenths = understand(&text("CVSS_V3", fields[0])).score_tenths;
        let expected: f64 = fields[2].parse().unwrap();
        if tenths.map(|tenths| f64::from(tenths) / 10.0) != Some(expected) {
            wrong.push(format!("{line} (we say {tenths:?} tenths)"));
        }
    }
    println!("CVSS v3: {} of {count} agree", count - wrong.len());
    assert!(wrong.is_empty() && count > 0, "{wrong:#?}");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(score in any::<String>(), tail in "[A-Z:/]{0,60}") {
        let _ = understand(&text("CVSS_V3", &score));
        let _ = understand(&text("CVSS_V3", &format!("CVSS:3.1/{tail}")));
    }
}
