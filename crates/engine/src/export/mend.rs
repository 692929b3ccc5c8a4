//! Whether a text is what a schema asks for. Stricter than the standards where that is simpler: a
//! text that fails moves to a property, so nothing is lost by it.

use crate::purl::Purl;
use crate::sbom::document::Hash;

/// Longest licence expression read; real ones stay below 4 KiB.
const EXPRESSION_BYTES_MAX: usize = 64 * 1024;
/// Schemes that a link may have at most this many characters of.
const SCHEME_MAX: usize = 32;

/// An IRI reference (RFC 3987 §2.2).
pub(super) fn is_iri_reference(text: &str) -> bool {
    let forbidden = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    };
    if text.is_empty()
        || text.chars().any(|c| forbidden(c) || is_private(c))
        || !percents_are_whole(text)
    {
        return false;
    }
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    if fragment.contains(['#', '[', ']']) {
        return false;
    }
    let first = text.split(['/', '?']).next().unwrap_or_default();
    let rest = match first.split_once(':') {
        Some((scheme, _)) if !is_scheme(scheme) => return false,
        Some((scheme, _)) => &text[scheme.len() + 1..],
        None => text,
    };
    match rest.strip_prefix("//") {
        None => !rest.contains(['[', ']']),
        Some(rest) => {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            is_authority(&rest[..end]) && !rest[end..].contains(['[', ']'])
        }
    }
}

/// An IRI with its scheme.
pub(super) fn is_iri(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(is_scheme) && is_iri_reference(text)
}

/// What RFC 3987 keeps for private use or for nobody.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{ffff}')
        || u32::from(c) >= 0xe_0000
        || u32::from(c) & 0xfffe == 0xfffe
}

fn percents_are_whole(text: &str) -> bool {
    let mut parts = text.split('%');
    parts.next();
    parts.all(|part| {
        let bytes = part.as_bytes();
        bytes.len() >= 2 && bytes[..2].iter().all(u8::is_ascii_hexdigit)
    })
}

fn is_scheme(text: &str) -> bool {
    text.len() <= SCHEME_MAX
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn is_authority(text: &str) -> bool {
    let (user, place) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (place, ""),
    };
    !user.contains(['@', '[', ']'])
        && port.bytes().all(|digit| digit.is_ascii_digit())
        && !host.contains(['[', ']', ':', '@'])
}

/// An e-mail address (RFC 6531) without quoting and comments.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else {
        return false;
    };
    let dots = |text: &str| text.split('.').all(|part| !part.is_empty());
    let label = |part: &str| {
        part.len() <= 63
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
            // Letters from the fourth on after two hyphens are Punycode, with rules of its own.
            && part.get(2..4) != Some("--")
    };
    local.len() <= 64
        && dots(local)
        && local
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_{|}~.".contains(c))
        && host.len() <= 253
        && dots(host)
        && host.split('.').all(label)
}

/// Whether a CycloneDX hash may have this value: the lengths of its schema, in hexadecimal.
pub(super) fn is_digest(hash: &Hash) -> bool {
    matches!(hash.value.len(), 32 | 40 | 64 | 96 | 128) && is_hex(&hash.value)
}

/// Hexadecimal, and not empty.
pub(super) fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// A CPE name of either version.
pub(super) fn is_cpe(text: &str) -> bool {
    let head = text.get(..8).unwrap_or_default().to_ascii_lowercase();
    let body = head.starts_with("cpe:2.3:") || head.starts_with("cpe:/");
    body && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// A licence id of the SPDX list, deprecated ones included.
pub(super) fn is_license_id(text: &str) -> bool {
    spdx::license_id(text).is_some_and(|id| id.name == text)
}

/// An SPDX licence expression (SPDX 2.3, Annex D); deprecated ids are allowed.
pub(super) fn is_expression(text: &str) -> bool {
    let mode = spdx::ParseMode {
        allow_deprecated: true,
        ..spdx::ParseMode::STRICT
    };
    text.len() <= EXPRESSION_BYTES_MAX && spdx::Expression::parse_mode(text, mode).is_ok()
}

/// `urn:uuid:` with a UUID in lower case.
pub(super) fn is_serial_number(text: &str) -> bool {
    text.strip_prefix("urn:uuid:").is_some_and(is_uuid)
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = |c: char| c == '-' || c.is_ascii_digit() || ('a'..='f').contains(&c);
    lengths == [8, 4, 4, 4, 12] && text.chars().all(digits)
}

/// An instant with its zone (RFC 3339 §5.6), without leap seconds.
pub(super) fn is_date_time(text: &str) -> bool {
    let (Some(day), Some(b'T' | b't')) = (text.get(..10), text.as_bytes().get(10)) else {
        return false;
    };
    let number = |text: &str, places: usize| {
        let is_number = text.len() == places && text.bytes().all(|c| c.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten()
    };
    let all = |text: &str, between: char, places: &[usize]| -> Option<Vec<u32>> {
        let parts: Vec<&str> = text.split(between).collect();
        let is_whole = parts.len() == places.len();
        let parts = parts.iter().zip(places);
        let numbers = parts.map(|(part, places)| number(part, *places));
        is_whole.then(|| numbers.collect()).flatten()
    };
    let is_clock = |text: &str, places: &[usize]| {
        let most = [23, 59, 59];
        let numbers = all(text, ':', places);
        numbers.is_some_and(|numbers| numbers.iter().zip(most).all(|(own, most)| *own <= most))
    };
    let is_day = match all(day, '-', &[4, 2, 2]).as_deref() {
        // February has its days checked no further than any year allows.
        Some([_, 2, day]) => (1..=28).contains(day),
        Some([_, 4 | 6 | 9 | 11, day]) => (1..=30).contains(day),
        Some([_, 1..=12, day]) => (1..=31).contains(day),
        _ => false,
    };
    let time = &text[11..];
    let Some(end) = time.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, zone) = time.split_at(end);
    let (clock, parts) = time.split_once('.').unwrap_or((time, "0"));
    let is_zone = matches!(zone, "Z" | "z") || is_clock(&zone[1..], &[2, 2]);
    let is_part = (1..=9).contains(&parts.len()) && parts.bytes().all(|c| c.is_ascii_digit());
    is_day && is_clock(clock, &[2, 2, 2]) && is_part && is_zone
}

/// A BOM-Link, to a document or to an element of one (CycloneDX, `bomLink`).
pub(super) fn is_bom_link(text: &str) -> bool {
    let Some((uuid, rest)) = text
        .strip_prefix("urn:cdx:")
        .and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    let (version, element) = match rest.split_once('#') {
        Some((version, element)) => (version, Some(element)),
        None => (rest, None),
    };
    let is_version = version.bytes().all(|digit| digit.is_ascii_digit())
        && version.starts_with(|c: char| ('1'..='9').contains(&c));
    is_uuid(uuid) && is_version && element != Some("") && is_iri_reference(text)
}

/// A package URL without blanks: as written, or in its canonical form; `None` when it is none.
pub(super) fn purl(text: &str) -> Option<String> {
    let purl = Purl::parse(text).ok()?;
    let is_plain = text.starts_with("pkg:") && is_iri(text);
    Some(if is_plain {
        text.to_owned()
    } else {
        purl.canonical()
    })
}
