//! The formatted string of CPE 2.3 (IR 7695 §6.2): eleven values joined by colons.

use super::{ATTRIBUTES, Attribute, CpeError, checked};

/// Attributes a short string must have: part, vendor, product.
const LEAST: usize = 3;

pub(super) fn unbind(text: &str, may_be_short: bool) -> Result<[Attribute; ATTRIBUTES], CpeError> {
    let mut attributes: [Attribute; ATTRIBUTES] = Default::default();
    let values = split(text);
    let fits = match may_be_short {
        true => (LEAST..=ATTRIBUTES).contains(&values.len()),
        false => values.len() == ATTRIBUTES,
    };
    if !fits {
        return Err(CpeError::Attributes);
    }
    for (attribute, value) in attributes.iter_mut().zip(values) {
        *attribute = match value {
            "*" => Attribute::Any,
            "-" => Attribute::Na,
            "" if may_be_short => Attribute::Any,
            value => checked(with_quotes(value)?)?,
        };
    }
    Ok(attributes)
}

/// The values between colons that are not quoted.
fn split(text: &str) -> Vec<&str> {
    let mut values = Vec::new();
    let (mut from, mut is_quoted) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\\' if !is_quoted => {
                is_quoted = true;
                continue;
            }
            b':' if !is_quoted => {
                values.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        is_quoted = false;
    }
    values.push(&text[from..]);
    values
}

/// Quotes what a formatted string may leave unquoted (`add_quoting` of the standard).
fn with_quotes(value: &str) -> Result<String, CpeError> {
    let mut out = String::with_capacity(value.len() + 8);
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            'a'..='z' | '0'..='9' | '_' | '*' | '?' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '\\' => push_quoted(&mut out, chars.next().ok_or(CpeError::Character)?)?,
            c => push_quoted(&mut out, c)?,
        }
    }
    if out.is_empty() {
        return Err(CpeError::Character);
    }
    Ok(out)
}

fn push_quoted(out: &mut String, c: char) -> Result<(), CpeError> {
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
    let mut out = String::from("cpe:2.3");
    for attribute in attributes {
        out.push(':');
        match attribute {
            Attribute::Any => out.push('*'),
            Attribute::Na => out.push('-'),
            Attribute::Value(value) => out.push_str(&shown(value)),
        }
    }
    out
}

/// A quoted value as a formatted string has it: dots, hyphens and underscores stand bare. A value
/// that is one hyphen stays quoted, for a bare one is NA.
pub(super) fn shown(value: &str) -> String {
    if value == "\\-" {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some('.' | '-' | '_')) => {}
            ('\\', Some(next)) => {
                out.push(c);
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Plain words as a quoted value; characters that no value may have become `_`, as the NVD writes
/// them.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.trim().chars() {
        let c = if c.is_ascii_graphic() { c } else { '_' };
        if !(c.is_ascii_alphanumeric() || c == '_') {
            out.push('\\');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A quoted value in plain words.
pub(super) fn unquoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}
