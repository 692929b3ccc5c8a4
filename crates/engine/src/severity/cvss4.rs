//! The score of a CVSS v4.0 vector as given: base, threat and environmental metrics together
//! (specification 4.0 §8). The table of macrovectors and the interpolation are `cvss-rs`'s, which
//! agrees with FIRST's reference calculator; what is a vector is decided here.

use std::str::FromStr as _;

use cvss_rs::v4_0::CvssV4;

use super::grammar::V4;

/// The score in tenths; `None` for a bad or incomplete vector.
pub(super) fn score_tenths(vector: &str) -> Option<u8> {
    V4.read(vector.strip_prefix("CVSS:4.0/")?)?;
    let score = CvssV4::from_str(vector).ok()?.calculated_full_score()?;
    let tenths = (score * 10.0).round();
    (0..=100u8).find(|candidate| f64::from(*candidate) == tenths)
}
