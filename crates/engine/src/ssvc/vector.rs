//! Vector strings of SSVC 2: `SSVCv2/E:A/U:S/T:T/P:S/2026-01-02T03:04:05Z/`.
//!
//! Decision points stand as key and value, in any order, each at most once; the instant at the end
//! is optional. Technical Impact is `T` or `TI`, Public Safety Impact `P` or `PSI`, as older and newer
//! decision points spell their keys. Points that the supplier tree does not ask for are kept and not
//! judged.

use super::{
    Exploitation, Priority, PublicSafetyImpact, TechnicalImpact, Utility, range, supplier,
};

/// Longest vector read, in bytes.
pub const VECTOR_BYTES_MAX: usize = 1024;

/// What a vector says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vector {
    pub exploitation: Option<Exploitation>,
    pub utility: Option<Utility>,
    pub technical: Option<TechnicalImpact>,
    pub safety: Option<PublicSafetyImpact>,
    /// Other decision points, key and value, in the order of the vector.
    pub others: Vec<(String, String)>,
    /// When it was decided.
    pub timestamp: Option<String>,
}

impl Vector {
    /// The answer of the supplier tree; `None` where a point is open, see [`Vector::range`].
    pub fn priority(&self) -> Option<Priority> {
        Some(supplier(
            self.exploitation?,
            self.utility?,
            self.technical?,
            self.safety?,
        ))
    }

    /// The least and the most urgent answer that is still possible.
    pub fn range(&self) -> (Priority, Priority) {
        range(self.exploitation, self.utility, self.technical, self.safety)
    }
}

/// Why a text is no vector.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VectorError {
    /// Longer than `VECTOR_BYTES_MAX`.
    #[error("the vector is longer than 1 KiB")]
    TooLong,
    /// It does not begin with `SSVCv2/`.
    #[error("an SSVC vector begins with \"SSVCv2/\"")]
    Prefix,
    /// A part that is neither a decision point nor, at the end, an instant.
    #[error("{0:?} is neither a decision point nor an instant at the end")]
    Part(String),
    /// The same decision point twice.
    #[error("the decision point {0:?} stands there twice")]
    Twice(String),
    /// A value that the decision point does not have.
    #[error("the decision point {key:?} has no value {value:?}")]
    Value { key: String, value: String },
}

/// Reads a vector.
pub fn parse(text: &str) -> Result<Vector, VectorError> {
    if text.len() > VECTOR_BYTES_MAX {
        return Err(VectorError::TooLong);
    }
    let body = text.strip_prefix("SSVCv2/").ok_or(VectorError::Prefix)?;
    let parts: Vec<&str> = body.strip_suffix('/').unwrap_or(body).split('/').collect();
    let mut vector = Vector {
        exploitation: None,
        utility: None,
        technical: None,
        safety: None,
        others: Vec::new(),
        timestamp: None,
    };
    let mut seen: Vec<&str> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 && at + 1 == parts.len() && part.parse::<jiff::Timestamp>().is_ok() {
            vector.timestamp = Some((*part).to_owned());
            continue;
        }
        let Some((key, value)) = part.split_once(':') else {
            return Err(VectorError::Part((*part).to_owned()));
        };
        let is_word =
            |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_word(key) || !is_word(value) {
            return Err(VectorError::Part((*part).to_owned()));
        }
        let key = match key {
            "TI" => "T",
            "PSI" => "P",
            key => key,
        };
        if seen.contains(&key) {
            return Err(VectorError::Twice(key.to_owned()));
        }
        seen.push(key);
        decide(&mut vector, key, value)?;
    }
    Ok(vector)
}

fn decide(vector: &mut Vector, key: &str, value: &str) -> Result<(), VectorError> {
    let is_known = match key {
        "E" => {
            vector.exploitation = match value {
                "N" => Some(Exploitation::None),
                "P" => Some(Exploitation::PublicPoc),
                "A" => Some(Exploitation::Active),
                _ => None,
            };
            vector.exploitation.is_some()
        }
        "U" => {
            vector.utility = match value {
                "L" => Some(Utility::Laborious),
                "E" => Some(Utility::Efficient),
                "S" => Some(Utility::SuperEffective),
                _ => None,
            };
            vector.utility.is_some()
        }
        "T" => {
            vector.technical = match value {
                "P" => Some(TechnicalImpact::Partial),
                "T" => Some(TechnicalImpact::Total),
                _ => None,
            };
            vector.technical.is_some()
        }
        "P" => {
            vector.safety = match value {
                "M" => Some(PublicSafetyImpact::Minimal),
                "S" => Some(PublicSafetyImpact::Significant),
                _ => None,
            };
            vector.safety.is_some()
        }
        _ => {
            vector.others.push((key.to_owned(), value.to_owned()));
            true
        }
    };
    if is_known {
        return Ok(());
    }
    Err(VectorError::Value {
        key: key.to_owned(),
        value: value.to_owned(),
    })
}
