//! PyPI: Python's packages; advisories from PyPA and GHSA.

use super::{Ecosystem, Unmapped, no_guesses};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    osv: "PyPI",
    purl_type: "pypi",
    order: Order::Pep440,
    normalize_name,
    name_of,
    guesses: no_guesses,
};

/// PEP 503: lower case, runs of `-`, `_` and `.` become one `-`. An extra (`requests[security]`)
/// is no part of the name.
fn normalize_name(name: &str) -> String {
    let name = name.split('[').next().unwrap_or(name).trim_end();
    let mut out = String::with_capacity(name.len());
    let mut in_run = false;
    for c in name.chars() {
        if matches!(c, '-' | '_' | '.') {
            in_run = true;
            continue;
        }
        if in_run {
            out.push('-');
            in_run = false;
        }
        out.extend(c.to_lowercase());
    }
    if in_run {
        out.push('-');
    }
    out
}

fn name_of(purl: &Purl) -> Result<String, Unmapped> {
    Ok(purl.name.clone())
}
