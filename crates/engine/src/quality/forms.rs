//! Forms of values that guidelines ask for: addresses, URIs, instants, digests, licences. Strict
//! enough to catch placeholders; nothing is looked up.

use spdx::{Expression, ParseMode};

use crate::sbom::document::License;

/// RFC 5321, 4.5.3.1.3, less the angle brackets.
const EMAIL_BYTES_MAX: usize = 254;
/// RFC 5321, 4.5.3.1.1.
const LOCAL_BYTES_MAX: usize = 64;
/// A licence expression beyond this is not parsed; the longest in real SBOMs have 2,000.
const EXPRESSION_BYTES_MAX: usize = 64 * 1024;
/// A SHA-512 value in hexadecimal.
const SHA512_DIGITS: usize = 128;

/// Whether a text is an e-mail address that can be written to over the internet: a dot-atom
/// (RFC 5322, 3.4.1), no quoted local part, and a host name of at least two labels.
pub(super) fn is_email(text: &str) -> bool {
    let text = text.trim();
    let Some((local, host)) = text.rsplit_once('@') else {
        return false;
    };
    let is_atom = |atom: &str| {
        let mut chars = atom.chars();
        !atom.is_empty()
            && chars.all(|c| {
                !c.is_ascii() || c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
            })
    };
    text.len() <= EMAIL_BYTES_MAX
        && local.len() <= LOCAL_BYTES_MAX
        && local.split('.').all(is_atom)
        && host.contains('.')
        && is_host(host)
}

/// Labels of letters, digits and inner hyphens; letters outside ASCII are let through.
fn is_host(host: &str) -> bool {
    host.split('.').all(|label| {
        let is_inner = |c: char| c == '-' || !c.is_ascii() || c.is_ascii_alphanumeric();
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(is_inner)
    })
}

/// Whether a text is a web address: http or https with a host.
pub(super) fn is_web_address(text: &str) -> bool {
    let text = text.trim();
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://")) && is_uri(text)
}

/// Whether a text is a URI (RFC 3986, 3): a scheme, and a host where `//` follows it. Letters
/// outside ASCII are let through, as an IRI would.
pub(super) fn is_uri(text: &str) -> bool {
    let text = text.trim();
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.chars();
    let is_scheme = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let is_clean = !text
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
    let has_place = match rest.strip_prefix("//") {
        Some(authority) => {
            let host = authority.split(['/', '?', '#']).next().unwrap_or_default();
            let host = host.rsplit('@').next().unwrap_or_default();
            let is_address = host.starts_with('[');
            let name = host.split(':').next().unwrap_or_default();
            is_address || is_host(name)
        }
        None => !rest.is_empty(),
    };
    is_scheme && is_clean && has_place
}

/// Whether a text is an instant as RFC 3339 writes it, with an offset.
pub(super) fn is_instant(text: &str) -> bool {
    let text = text.trim();
    let has_t = text
        .as_bytes()
        .get(10)
        .is_some_and(|b| matches!(b, b'T' | b't'));
    // jiff takes more than RFC 3339 does, such as a zone in brackets.
    has_t && !text.contains('[') && text.parse::<jiff::Timestamp>().is_ok()
}

/// Whether a text is a SHA-512 value.
pub(super) fn is_sha512(text: &str) -> bool {
    text.len() == SHA512_DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a text can be a digest at all: hexadecimal, of one byte or more. What SPDX 2 writes
/// for other algorithms is hexadecimal, too.
pub(super) fn is_digest(text: &str) -> bool {
    text.len() >= 2 && text.len().is_multiple_of(2) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a text is an SPDX licence expression of known ids and `LicenseRef-` names. Deprecated
/// ids are on the list and so are valid.
pub(super) fn is_expression(text: &str) -> bool {
    let mode = ParseMode {
        allow_deprecated: true,
        allow_postfix_plus_on_gpl: true,
        ..ParseMode::STRICT
    };
    text.len() <= EXPRESSION_BYTES_MAX && Expression::parse_mode(text.trim(), mode).is_ok()
}

/// The first of these licences that is neither an SPDX id nor an SPDX expression.
pub(super) fn first_unlisted(licenses: &[License]) -> Option<&License> {
    licenses.iter().find(|license| match license {
        License::Id(text) | License::Expression(text) => !is_expression(text),
        // A name is free text, unless it is a reference by its form.
        License::Named { name, .. } => !name.starts_with("LicenseRef-") || !is_expression(name),
    })
}
