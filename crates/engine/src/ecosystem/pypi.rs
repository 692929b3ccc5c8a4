//! PyPI: Python's packages; advisories from PyPA and GHSA.

use super::{Ecosystem, Unmapped};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("pypi"),
    normalize_name,
    name_of,
    ..Ecosystem::registry("PyPI", Order::Pep440)
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
