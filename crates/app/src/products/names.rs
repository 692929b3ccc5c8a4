//! Names in addresses.

use crate::ids::{Id, ProductId};
use sha2::{Digest as _, Sha256};

const SLUG_CHARS_MAX: usize = 80;
const DIGEST_BYTES: usize = 6;

/// A name as it stands in addresses and as uploads are compared: lower-case ASCII letters and
/// digits with single dashes between. A name without any gets a digest of itself, and so does a
/// name that was cut, so that different names stay different.
pub fn slug(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut lost = false;
    for c in name.trim().chars() {
        match fold(c) {
            Some(ascii) => text.push_str(ascii),
            None if c.is_ascii_alphanumeric() => text.push(c.to_ascii_lowercase()),
            None => {
                lost |= c.is_alphanumeric();
                if !text.is_empty() && !text.ends_with('-') {
                    text.push('-');
                }
            }
        }
    }
    let whole = text.trim_end_matches('-');
    if whole.is_empty() || lost || whole.len() > SLUG_CHARS_MAX {
        let kept: String = whole.chars().take(SLUG_CHARS_MAX - 16).collect();
        let digest = crate::blobs::hex(&Sha256::digest(name.trim())[..DIGEST_BYTES]);
        let separator = if kept.is_empty() { "p" } else { "-" };
        return format!("{}{separator}{digest}", kept.trim_end_matches('-'));
    }
    whole.to_owned()
}

/// A public address for a product whose name's own is in use by another.
pub fn with_suffix(slug: &str, id: ProductId) -> String {
    let hex = id.uuid().simple().to_string();
    format!("{slug}-{}", &hex[hex.len() - 8..])
}

fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
        'ü' | 'Ü' => "ue",
        'ß' | 'ẞ' => "ss",
        'å' | 'Å' => "aa",
        'æ' | 'Æ' => "ae",
        'á' | 'à' | 'â' | 'ã' | 'Á' | 'À' | 'Â' | 'Ã' => "a",
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => "e",
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => "i",
        'ó' | 'ò' | 'ô' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Õ' => "o",
        'ú' | 'ù' | 'û' | 'Ú' | 'Ù' | 'Û' => "u",
        'ç' | 'Ç' => "c",
        'ñ' | 'Ñ' => "n",
        '+' => "plus",
        _ => return None,
    })
}
