//! The URI of CPE 2.2 (IR 7695 §6.1): up to seven values, percent-encoded; the attributes that 2.3
//! added are packed into the edition between tildes.

use super::{ATTRIBUTES, Attribute, CpeError, EDITION, SW_EDITION, checked};

/// Values of a URI.
const VALUES_MAX: usize = 7;
/// Values packed into an edition.
const PACKED: usize = 5;

pub(super) fn unbind(text: &str) -> Result<[Attribute; ATTRIBUTES], CpeError> {
    let mut attributes: [Attribute; ATTRIBUTES] = Default::default();
    let values: Vec<&str> = text.split(':').collect();
    if values.len() > VALUES_MAX {
        return Err(CpeError::Attributes);
    }
    for (at, value) in values.into_iter().enumerate() {
        match value.strip_prefix('~') {
            Some(packed) if at == EDITION => {
                let parts: Vec<&str> = packed.split('~').collect();
                if parts.len() != PACKED {
                    return Err(CpeError::Attributes);
                }
                attributes[EDITION] = decode(parts[0])?;
                for (attribute, part) in attributes[SW_EDITION..].iter_mut().zip(&parts[1..]) {
                    *attribute = decode(part)?;
                }
            }
            _ => attributes[at] = decode(value)?,
        }
    }
    Ok(attributes)
}

fn decode(value: &str) -> Result<Attribute, CpeError> {
    match value {
        "" => return Ok(Attribute::Any),
        "-" => return Ok(Attribute::Na),
        _ => {}
    }
    let mut out = String::with_capacity(value.len() + 8);
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            push(&mut out, c)?;
            continue;
        }
        let code: String = chars.by_ref().take(2).collect();
        match code.as_str() {
            "01" => out.push('?'),
            "02" => out.push('*'),
            code => {
                let byte = (code.len() == 2).then(|| u8::from_str_radix(code, 16).ok());
                push(
                    &mut out,
                    char::from(byte.flatten().ok_or(CpeError::Character)?),
                )?;
            }
        }
    }
    checked(out)
}

fn push(out: &mut String, c: char) -> Result<(), CpeError> {
    if !c.is_ascii_graphic() {
        return Err(CpeError::Character);
    }
    if !(c.is_ascii_alphanumeric() || c == '_') {
        out.push('\\');
    }
    out.push(c.to_ascii_lowercase());
    Ok(())
}

pub(super) fn bind(attributes: &[Attribute; ATTRIBUTES]) -> String {
    let mut out = String::from("cpe:/");
    for (at, attribute) in attributes.iter().take(VALUES_MAX).enumerate() {
        if at > 0 {
            out.push(':');
        }
        let packed = &attributes[SW_EDITION..];
        if at == EDITION && packed.iter().any(|one| *one != Attribute::Any) {
            for one in std::iter::once(attribute).chain(packed) {
                out.push('~');
                encode(&mut out, one);
            }
        } else {
            encode(&mut out, attribute);
        }
    }
    let kept = out.trim_end_matches(':').len();
    out.truncate(kept.max("cpe:/".len()));
    out
}

fn encode(out: &mut String, attribute: &Attribute) {
    let value = match attribute {
        Attribute::Any => return,
        Attribute::Na => return out.push('-'),
        Attribute::Value(value) => value,
    };
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '?' => out.push_str("%01"),
            '*' => out.push_str("%02"),
            '\\' => match chars.next() {
                // A bare hyphen is NA, so a value that is one is encoded.
                Some('-') if value.len() == 2 => out.push_str("%2d"),
                Some(c @ ('.' | '-' | '_')) => out.push(c),
                Some(c) => out.push_str(&format!("%{:02x}", u32::from(c))),
                None => {}
            },
            c => out.push(c),
        }
    }
}
