//! PEP 440, for PyPI, through `pep440_rs`.
//!
//! Names from before PEP 440 (`2004d`, `0.1-bulbasaur`) are no versions: there is no agreed order
//! for them, so they are refused and matched only by exact version lists.

use std::str::FromStr as _;

use pep440_rs::Version;

pub(super) fn parse(text: &str) -> Option<Version> {
    Version::from_str(text).ok()
}
