//! Versions of a product as one line: runs become ranges, so that the form's 255 characters last.

use std::cmp::Ordering;

/// Runs shorter than this are listed, not written as a range.
const RUN_MIN: usize = 3;

/// Affected versions as a line: `4.0.0 – 4.2.1, 5.1`. A range is written only where every
/// release between its ends is affected.
pub fn compress(versions: &[(String, bool)]) -> String {
    let mut sorted: Vec<&(String, bool)> = versions.iter().collect();
    sorted.sort_by(|a, b| natural(&a.0, &b.0).then(a.1.cmp(&b.1)));
    let mut parts: Vec<String> = Vec::new();
    for run in sorted.chunk_by(|a, b| a.1 == b.1).filter(|run| run[0].1) {
        let mut names: Vec<&str> = run.iter().map(|(version, _)| version.as_str()).collect();
        names.dedup();
        if names.len() >= RUN_MIN {
            parts.push(format!("{} – {}", names[0], names[names.len() - 1]));
        } else {
            parts.extend(names.iter().map(|name| (*name).to_owned()));
        }
    }
    parts.join(", ")
}

/// Numbers by value, everything else by letter: `1.9 < 1.10 < 2.0-rc1`. For showing only; which
/// version a flaw concerns is the engine's business. A pre-release stands before its release.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (pieces(a), pieces(b));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(rest)) => {
                return if is_pre(rest) {
                    Ordering::Greater
                } else {
                    Ordering::Less
                };
            }
            (Some(rest), None) => {
                return if is_pre(rest) {
                    Ordering::Less
                } else {
                    Ordering::Greater
                };
            }
            (Some(x), Some(y)) => match compare(x, y) {
                Ordering::Equal => {}
                other => return other,
            },
        }
    }
}

fn is_pre(piece: &str) -> bool {
    piece.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('v').unwrap_or(text);
    text.split(['.', '-', '_', '+', ' '])
        .filter(|part| !part.is_empty())
}

fn compare(a: &str, b: &str) -> Ordering {
    match (number(a), number(b)) {
        (Some(x), Some(y)) => x.cmp(&y),
        (Some(_), None) => Ordering::Greater,
        (None, Some(_)) => Ordering::Less,
        (None, None) => a.cmp(b),
    }
}

fn number(piece: &str) -> Option<u128> {
    (piece.len() <= 30 && piece.bytes().all(|b| b.is_ascii_digit()))
        .then(|| piece.parse().ok())
        .flatten()
}
