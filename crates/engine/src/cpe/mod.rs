//! CPE names (NIST IR 7695, 7696): CPE 2.3 formatted strings and CPE 2.2 URIs read into one
//! well-formed name, written back, and compared.
//!
//! Letters are taken in lower case, as IR 7696 §6.2 compares them. A value is kept as IR 7695
//! quotes it: a backslash before every character that is no letter, digit or `_`; an unquoted `*`
//! or `?`, at the ends only, is a wildcard.

mod formatted;
mod relation;
mod uri;

use thiserror::Error;

pub use relation::Relation;
pub(crate) use relation::of_values as relation_of_values;

use crate::package::PackageKey;

/// Longest name accepted, in bytes.
pub const CPE_BYTES_MAX: usize = 4 * 1024;

/// How many attributes a name has.
const ATTRIBUTES: usize = 11;

/// The attributes of a name, in the order of a formatted string.
pub const ATTRIBUTE_NAMES: [&str; ATTRIBUTES] = [
    "part",
    "vendor",
    "product",
    "version",
    "update",
    "edition",
    "language",
    "sw_edition",
    "target_sw",
    "target_hw",
    "other",
];

const PART: usize = 0;
const VENDOR: usize = 1;
const PRODUCT: usize = 2;
const VERSION: usize = 3;
const UPDATE: usize = 4;
const EDITION: usize = 5;
const SW_EDITION: usize = 7;

/// A well-formed CPE name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cpe {
    attributes: [Attribute; ATTRIBUTES],
}

/// The value of an attribute (IR 7695 §5.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Attribute {
    /// Any value at all.
    #[default]
    Any,
    /// There is none, and none would make sense.
    Na,
    /// Quoted, lower case, never empty.
    Value(String),
}

/// Why a text is no CPE name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CpeError {
    /// Longer than [`CPE_BYTES_MAX`].
    #[error("the CPE name is longer than 4 KiB")]
    TooLong,
    /// It begins with neither `cpe:2.3:` nor `cpe:/`.
    #[error("a CPE name begins with \"cpe:2.3:\" or \"cpe:/\"")]
    Scheme,
    /// A formatted string has 11 attributes, a URI at most 7.
    #[error("the CPE name has too many or too few attributes")]
    Attributes,
    /// The part is none of `a`, `o`, `h`.
    #[error("the part of the CPE name is none of \"a\", \"o\" and \"h\"")]
    Part,
    /// A character that no value may have, or an empty value.
    #[error("a value of the CPE name is empty or has a character that none may have")]
    Character,
    /// A wildcard inside a value.
    #[error("a wildcard of the CPE name stands inside a value; it may only begin or end one")]
    Wildcard,
}

impl CpeError {
    /// The stable code of this error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLong => "cpe-too-long",
            Self::Scheme => "cpe-scheme-missing",
            Self::Attributes => "cpe-attributes-wrong",
            Self::Part => "cpe-part-invalid",
            Self::Character => "cpe-character-invalid",
            Self::Wildcard => "cpe-wildcard-misplaced",
        }
    }
}

impl Cpe {
    /// Reads a formatted string (IR 7695 §6.2.3) or a URI (§6.1.3), whichever it is.
    ///
    /// # Errors
    /// [`CpeError`] when the text is neither.
    pub fn parse(text: &str) -> Result<Self, CpeError> {
        Self::read(text, false)
    }

    /// Like [`Cpe::parse`], but a formatted string may end early, as real SBOMs write it; what is
    /// missing is ANY. Vendor and product must be there.
    ///
    /// # Errors
    /// [`CpeError`] when the text is no CPE name.
    pub fn parse_short(text: &str) -> Result<Self, CpeError> {
        Self::read(text, true)
    }

    fn read(text: &str, may_be_short: bool) -> Result<Self, CpeError> {
        let text = text.trim();
        if text.len() > CPE_BYTES_MAX {
            return Err(CpeError::TooLong);
        }
        let begins = |scheme: &str| {
            let head = text.get(..scheme.len())?;
            head.eq_ignore_ascii_case(scheme)
                .then(|| &text[scheme.len()..])
        };
        let attributes = if let Some(rest) = begins("cpe:2.3:") {
            formatted::unbind(rest, may_be_short)?
        } else if let Some(rest) = begins("cpe:/") {
            uri::unbind(rest)?
        } else {
            return Err(CpeError::Scheme);
        };
        match &attributes[PART] {
            Attribute::Value(part) if !matches!(part.as_str(), "a" | "o" | "h") => {
                Err(CpeError::Part)
            }
            _ => Ok(Self { attributes }),
        }
    }

    /// The CPE 2.3 formatted string: what two equal names share byte for byte.
    #[must_use]
    pub fn formatted(&self) -> String {
        formatted::bind(&self.attributes)
    }

    /// The CPE 2.2 URI, with the attributes of 2.3 packed into the edition.
    #[must_use]
    pub fn uri(&self) -> String {
        uri::bind(&self.attributes)
    }

    /// The attributes with their names, in the order of a formatted string.
    pub fn attributes(&self) -> impl Iterator<Item = (&'static str, &Attribute)> {
        ATTRIBUTE_NAMES.into_iter().zip(&self.attributes)
    }

    /// The key under which advisories name this product: vendor and product as a formatted string
    /// writes them. `None` when either is not one plain value.
    #[must_use]
    pub fn package(&self) -> Option<PackageKey> {
        let (vendor, product) = (self.plain(VENDOR)?, self.plain(PRODUCT)?);
        Some(PackageKey {
            ecosystem: PackageKey::CPE.to_owned(),
            name: format!("{}:{}", formatted::shown(vendor), formatted::shown(product)),
        })
    }

    /// The product in plain words, when it is one plain value.
    #[must_use]
    pub fn product_text(&self) -> Option<String> {
        self.plain(PRODUCT).map(formatted::unquoted)
    }

    /// The version in plain words, with the update after a colon (`1.0:rc1`); `None` when the
    /// version is ANY, NA, or has a wildcard.
    #[must_use]
    pub fn version_text(&self) -> Option<String> {
        let version = formatted::unquoted(self.plain(VERSION)?);
        Some(match self.plain(UPDATE) {
            Some(update) => format!("{version}:{}", formatted::unquoted(update)),
            None => version,
        })
    }

    /// The version attribute.
    #[must_use]
    pub fn version(&self) -> &Attribute {
        &self.attributes[VERSION]
    }

    /// The version without the update, in plain words.
    #[must_use]
    pub fn version_alone(&self) -> Option<String> {
        self.plain(VERSION).map(formatted::unquoted)
    }

    /// The same name with another version, in plain words; an empty one is ANY.
    #[must_use]
    pub fn with_version(mut self, version: &str) -> Self {
        let quoted = formatted::quoted(version);
        self.attributes[VERSION] = match quoted.is_empty() {
            true => Attribute::Any,
            false => Attribute::Value(quoted),
        };
        self
    }

    /// How this name, as the source, relates to a target (IR 7696 §6).
    #[must_use]
    pub fn compare(&self, target: &Self) -> Relation {
        relation::of_names(&self.attributes, &target.attributes)
    }

    fn plain(&self, at: usize) -> Option<&str> {
        match &self.attributes[at] {
            Attribute::Value(value) if !relation::has_wildcard(value) => Some(value),
            _ => None,
        }
    }
}

impl std::fmt::Display for Cpe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.formatted())
    }
}

/// Checks a quoted value: wildcards only at the ends, and something in it.
fn checked(value: String) -> Result<Attribute, CpeError> {
    let mut rest = value.as_str();
    match rest.strip_prefix('*') {
        Some(after) => rest = after,
        None => rest = rest.trim_start_matches('?'),
    }
    if let Some(before) = rest
        .strip_suffix('*')
        .filter(|before| !ends_quoting(before))
    {
        rest = before;
    } else {
        while let Some(before) = rest
            .strip_suffix('?')
            .filter(|before| !ends_quoting(before))
        {
            rest = before;
        }
    }
    if relation::has_wildcard(rest) {
        return Err(CpeError::Wildcard);
    }
    if rest.is_empty() && !value.contains('?') {
        return Err(CpeError::Character);
    }
    Ok(Attribute::Value(value))
}

/// Whether the next character would be quoted.
fn ends_quoting(text: &str) -> bool {
    let slashes = text.len() - text.trim_end_matches('\\').len();
    slashes % 2 == 1
}
