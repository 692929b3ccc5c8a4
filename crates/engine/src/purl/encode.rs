//! From parts to the canonical text (ECMA-427 §5.4 and §5.5).

use super::Purl;

pub(super) fn canonical(purl: &Purl, whole: bool) -> String {
    let mut out = String::with_capacity(
        16 + purl.name.len() + purl.namespace.as_ref().map_or(0, String::len) + 16,
    );
    out.push_str("pkg:");
    out.push_str(&purl.ty);
    out.push('/');
    if let Some(namespace) = &purl.namespace {
        for segment in namespace.split('/').filter(|segment| !segment.is_empty()) {
            escape_into(&mut out, segment);
            out.push('/');
        }
    }
    escape_into(&mut out, &purl.name);
    if let Some(version) = &purl.version {
        out.push('@');
        escape_into(&mut out, version);
    }
    if whole {
        push_qualifiers(&mut out, purl);
        push_subpath(&mut out, purl);
    }
    out
}

fn push_qualifiers(out: &mut String, purl: &Purl) {
    let filled = purl
        .qualifiers
        .iter()
        .filter(|(_, value)| !value.is_empty());
    for (index, (key, value)) in filled.enumerate() {
        out.push(if index == 0 { '?' } else { '&' });
        out.push_str(key);
        out.push('=');
        escape_into(out, value);
    }
}

fn push_subpath(out: &mut String, purl: &Purl) {
    let Some(subpath) = &purl.subpath else { return };
    for (index, segment) in subpath
        .split('/')
        .filter(|segment| !segment.is_empty())
        .enumerate()
    {
        out.push(if index == 0 { '#' } else { '/' });
        escape_into(out, segment);
    }
}

fn escape_into(out: &mut String, text: &str) {
    for byte in text.bytes() {
        // The colon is never encoded; the rest of the list is RFC 3986's unreserved set.
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':') {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}
