//! The base score of CVSS v3.0 and v3.1 (specification §7.1, weights §7.4).
//!
//! The two versions differ in rounding and, for a changed scope, in nothing else of the base
//! score: v3.0 takes the ceiling of a floating-point product, v3.1 rounds on integers (appendix A).

use super::grammar::{V3, Values};

/// The score in tenths; `None` unless all eight base metrics stand there once with known values, and
/// whatever else stands there is known too.
pub(super) fn base_score_tenths(vector: &str) -> Option<u8> {
    let (prefix, rest) = vector.split_once('/')?;
    let metrics = Metrics(V3.read(rest)?);
    let score = metrics.base_score();
    Some(if prefix == "CVSS:3.0" {
        ceiling_tenths(score)
    } else {
        round_up_tenths(score)
    })
}

struct Metrics<'a>(Values<'a>);

impl Metrics<'_> {
    fn value(&self, index: usize) -> u8 {
        self.0.letter(index)
    }

    fn base_score(&self) -> f64 {
        let changed = self.value(4) == b'C';
        let kept = |index| 1.0 - impact_weight(self.value(index));
        let iss = 1.0 - kept(5) * kept(6) * kept(7);
        let impact = if changed {
            7.52 * (iss - 0.029) - 3.25 * (iss - 0.02).powi(15)
        } else {
            6.42 * iss
        };
        if impact <= 0.0 {
            return 0.0;
        }
        let exploitability = 8.22
            * attack_vector(self.value(0))
            * if self.value(1) == b'L' { 0.77 } else { 0.44 }
            * privileges(self.value(2), changed)
            * if self.value(3) == b'N' { 0.85 } else { 0.62 };
        let sum = impact + exploitability;
        (if changed { 1.08 * sum } else { sum }).min(10.0)
    }
}

fn attack_vector(letter: u8) -> f64 {
    match letter {
        b'N' => 0.85,
        b'A' => 0.62,
        b'L' => 0.55,
        _ => 0.2,
    }
}

fn privileges(letter: u8, changed: bool) -> f64 {
    match (letter, changed) {
        (b'N', _) => 0.85,
        (b'L', true) => 0.68,
        (b'L', false) => 0.62,
        (_, true) => 0.5,
        (_, false) => 0.27,
    }
}

fn impact_weight(letter: u8) -> f64 {
    match letter {
        b'H' => 0.56,
        b'L' => 0.22,
        _ => 0.0,
    }
}

fn ceiling_tenths(score: f64) -> u8 {
    to_tenths((score * 10.0).ceil())
}

fn round_up_tenths(score: f64) -> u8 {
    let scaled = (score * 100_000.0).round();
    let below = (scaled / 10_000.0).floor();
    if scaled % 10_000.0 == 0.0 {
        to_tenths(below)
    } else {
        to_tenths(below + 1.0)
    }
}

fn to_tenths(value: f64) -> u8 {
    // The score lies between 0 and 10, so its tenths fit.
    (0..=100u8)
        .rev()
        .find(|tenths| f64::from(*tenths) <= value)
        .unwrap_or(0)
}
