//! VERS, the version range specifier (package-url/vers-spec 1.1.0, clause 5): reading, the
//! canonical form, and whether a version lies in a range. `native` turns the ranges of a few
//! registries into VERS.
//!
//! Two readers: [`Range::parse`] takes only canonical text, as the standard asks of tools, and
//! [`Range::read`] also takes a range whose meaning is clear although it is not canonical:
//! redundant bounds, and pins (`1.2`, `!=1.2`) out of place, for pins bound no interval. Neither
//! ever repairs bounds that stand in the wrong order.

mod contains;
mod native;
mod parse;
mod schemes;

use thiserror::Error;

pub use native::from_native;
pub use schemes::order_of;

use crate::version::VersionError;

/// Longest range accepted, in bytes.
pub const RANGE_BYTES_MAX: usize = 64 * 1024;
/// Most constraints in one range.
pub const CONSTRAINTS_MAX: usize = 4096;

/// A range of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The type, lower case, as in `npm` or `deb`; it decides the order of versions.
    pub scheme: String,
    /// `None` is `*`: every version.
    pub constraints: Option<Vec<Constraint>>,
}

/// One segment between pipes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// How versions compare to this one.
    pub comparator: Comparator,
    /// Percent-decoded; never empty.
    pub version: String,
}

/// The comparators of clause 5.3.3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// No comparator at all.
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Why a text is no range, or a question about it has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VersError {
    /// Longer than [`RANGE_BYTES_MAX`] or more constraints than [`CONSTRAINTS_MAX`].
    #[error("the range is longer than 64 KiB or has more than 4096 constraints")]
    TooLong,
    /// Not `vers:type/…`, or a type with characters that no type may have.
    #[error("a range is written vers:type/constraints, with the type in lower case")]
    Shape,
    /// A rule of clause 5 is broken; the text names it.
    #[error("non-canonical VERS: {0}")]
    NotCanonical(&'static str),
    /// The type has no order that we know.
    #[error("we do not know how versions of the type {0:?} are ordered")]
    UnknownType(String),
    /// A native range that its registry's grammar does not know.
    #[error("{0:?} is no range in the grammar of its registry")]
    Native(String),
    /// A version, in the range or asked about, cannot be read.
    #[error("a version cannot be compared: {0}")]
    Version(#[from] VersionError),
}

impl VersError {
    /// The stable code of this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "vers-too-long",
            Self::Shape => "vers-shape-invalid",
            Self::NotCanonical(_) => "vers-not-canonical",
            Self::UnknownType(_) => "vers-type-unknown",
            Self::Native(_) => "native-range-unparsable",
            Self::Version(error) => error.code(),
        }
    }
}

impl Comparator {
    /// As written before a version.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    fn is_lower(self) -> bool {
        matches!(self, Self::Greater | Self::GreaterOrEqual)
    }

    fn is_upper(self) -> bool {
        matches!(self, Self::Less | Self::LessOrEqual)
    }

    fn is_bound(self) -> bool {
        self.is_lower() || self.is_upper()
    }

    fn includes_its_version(self) -> bool {
        matches!(self, Self::Equal | Self::LessOrEqual | Self::GreaterOrEqual)
    }
}

impl Range {
    /// Reads canonical text only.
    ///
    /// # Errors
    /// [`VersError`]: the text is no range, not canonical, or its versions cannot be ordered.
    pub fn parse(text: &str) -> Result<Self, VersError> {
        let range = parse::parse(text)?;
        contains::check_canonical(&range)?;
        Ok(range)
    }

    /// Reads any range whose meaning is clear.
    ///
    /// # Errors
    /// [`VersError`]: the text is no range, or its versions cannot be ordered.
    pub fn read(text: &str) -> Result<Self, VersError> {
        let range = parse::parse(text)?;
        contains::check_clear(&range)?;
        Ok(range)
    }

    /// Whether a version lies in the range.
    ///
    /// # Errors
    /// [`VersError::Version`] when the version cannot be compared; [`VersError::UnknownType`].
    pub fn contains(&self, version: &str) -> Result<bool, VersError> {
        contains::contains(self, version)
    }
}

impl std::str::FromStr for Range {
    type Err = VersError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "vers:{}/", self.scheme)?;
        let Some(constraints) = &self.constraints else {
            return f.write_str("*");
        };
        for (index, constraint) in constraints.iter().enumerate() {
            let joint = if index == 0 { "" } else { "|" };
            write!(f, "{joint}{}", constraint.comparator.as_str())?;
            parse::escape(&constraint.version, f)?;
        }
        Ok(())
    }
}
