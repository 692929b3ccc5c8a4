//! From text to parts, in the order ECMA-427 §5.6 gives: subpath, qualifiers, scheme, type,
//! version, name, namespace.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{PURL_BYTES_MAX, Purl, PurlError, rules};

pub(super) fn parse(text: &str) -> Result<Purl, PurlError> {
    let text = text.trim();
    if text.len() > PURL_BYTES_MAX {
        return Err(PurlError::TooLong);
    }
    let rest = strip_scheme(text).ok_or(PurlError::Scheme)?;
    let (rest, subpath) = match rest.split_once('#') {
        Some((before, after)) => (before, read_subpath(after)?),
        None => (rest, None),
    };
    let (rest, qualifiers) = match rest.split_once('?') {
        Some((before, after)) => (before, read_qualifiers(after)?),
        None => (rest, BTreeMap::new()),
    };
    let rest = rest.trim_matches('/');
    let (ty, rest) = rest.split_once('/').ok_or(PurlError::Type)?;
    let ty = read_type(ty)?;
    let (path, version) = split_version(rest);
    let version = match version {
        Some(raw) if !raw.is_empty() => Some(decode(raw)?.into_owned()),
        _ => None,
    };
    let path = path.trim_matches('/');
    let (namespace, name) = match path.rsplit_once('/') {
        Some((namespace, name)) => (read_namespace(namespace)?, name),
        None => (None, path),
    };
    let name = decode(name)?;
    if name.trim().is_empty() {
        return Err(PurlError::Name);
    }
    let mut purl = Purl {
        ty,
        namespace,
        name: name.into_owned(),
        version,
        qualifiers,
        subpath,
    };
    rules::normalize(&mut purl);
    Ok(purl)
}

fn strip_scheme(text: &str) -> Option<&str> {
    let head = text.get(..4)?;
    head.eq_ignore_ascii_case("pkg:")
        .then(|| text[4..].trim_start_matches('/'))
}

fn read_type(raw: &str) -> Result<String, PurlError> {
    let mut bytes = raw.bytes();
    let starts_well = bytes.next().is_some_and(|b| b.is_ascii_alphabetic());
    let rest_well = bytes.all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    // "+" stood in the older text of the specification and in no known type, so it is refused.
    if !starts_well || !rest_well {
        return Err(PurlError::Type);
    }
    Ok(raw.to_ascii_lowercase())
}

/// The version begins at the last `@`, but not at the one that opens an npm scope written without
/// its percent-encoding (`pkg:npm/@babel/core`): a version has no unescaped `/` after it.
fn split_version(path: &str) -> (&str, Option<&str>) {
    match path.rfind('@') {
        None => (path, None),
        Some(at) if path[at..].contains('/') && (at == 0 || path[..at].ends_with('/')) => {
            (path, None)
        }
        Some(at) => (&path[..at], Some(&path[at + 1..])),
    }
}

fn read_namespace(raw: &str) -> Result<Option<String>, PurlError> {
    let mut out = String::with_capacity(raw.len());
    for segment in raw.split('/').filter(|segment| !segment.is_empty()) {
        push_segment(&mut out, &decode(segment)?);
    }
    Ok((!out.is_empty()).then_some(out))
}

fn read_subpath(raw: &str) -> Result<Option<String>, PurlError> {
    let mut out = String::new();
    for segment in raw.split('/') {
        let segment = decode(segment)?;
        if !matches!(segment.as_ref(), "" | "." | "..") {
            push_segment(&mut out, &segment);
        }
    }
    Ok((!out.is_empty()).then_some(out))
}

fn push_segment(out: &mut String, segment: &str) {
    if !out.is_empty() {
        out.push('/');
    }
    out.push_str(segment);
}

fn read_qualifiers(raw: &str) -> Result<BTreeMap<String, String>, PurlError> {
    let mut out = BTreeMap::new();
    for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').ok_or(PurlError::Qualifier)?;
        if !is_key(key) {
            return Err(PurlError::Qualifier);
        }
        let value = decode(value)?;
        if value.is_empty() {
            continue;
        }
        if out
            .insert(key.to_ascii_lowercase(), value.into_owned())
            .is_some()
        {
            return Err(PurlError::Qualifier);
        }
    }
    Ok(out)
}

fn is_key(key: &str) -> bool {
    key.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

fn decode(raw: &str) -> Result<Cow<'_, str>, PurlError> {
    if !raw.contains('%') {
        return Ok(Cow::Borrowed(raw));
    }
    let bytes = raw.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let high = bytes.get(at + 1).copied().and_then(hex);
            let low = bytes.get(at + 2).copied().and_then(hex);
            let (Some(high), Some(low)) = (high, low) else {
                return Err(PurlError::Encoding);
            };
            out.push(high * 16 + low);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out)
        .map(Cow::Owned)
        .map_err(|_| PurlError::Encoding)
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}
