//! The base score of CVSS v2.0 (guide §3.2.1, weights §2.1).

use super::grammar::V2;

/// The score in tenths; `None` for a bad or incomplete vector.
pub(super) fn base_score_tenths(vector: &str) -> Option<u8> {
    let text = match vector.strip_prefix('(') {
        Some(inner) => inner.strip_suffix(')')?,
        None => vector,
    };
    let values = V2.read(text)?;
    let kept = |index| 1.0 - impact_weight(values.letter(index));
    let impact = 10.41 * (1.0 - kept(3) * kept(4) * kept(5));
    let vector_weight = match values.letter(0) {
        b'N' => 1.0,
        b'A' => 0.646,
        _ => 0.395,
    };
    let complexity = match values.letter(1) {
        b'L' => 0.71,
        b'M' => 0.61,
        _ => 0.35,
    };
    let authentication = match values.letter(2) {
        b'N' => 0.704,
        b'S' => 0.56,
        _ => 0.45,
    };
    let exploitability = 20.0 * vector_weight * complexity * authentication;
    let factor = if impact == 0.0 { 0.0 } else { 1.176 };
    let score = (0.6 * impact + 0.4 * exploitability - 1.5) * factor;
    Some(nearest_tenths(score))
}

fn impact_weight(letter: u8) -> f64 {
    match letter {
        b'C' => 0.66,
        b'P' => 0.275,
        _ => 0.0,
    }
}

/// The nearest tenth, the higher one half-way; the products carry errors far below a millionth.
fn nearest_tenths(score: f64) -> u8 {
    let tenths = (score * 10.0 + 0.5 + 1e-9).floor();
    // The score lies between 0 and 10, so its tenths fit.
    (0..=100u8)
        .rev()
        .find(|candidate| f64::from(*candidate) <= tenths)
        .unwrap_or(0)
}
