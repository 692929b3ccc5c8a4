//! JSON from outside: measured before it is parsed, and read by types that forgive.
//!
//! `scan` walks the bytes once, without recursion and without allocating per value, and refuses
//! what is too deep, too large or has too many values; only then `serde_json` runs. `lenient`
//! holds the types that take a value of the wrong type as "wrong" instead of failing the document.

pub(crate) mod lenient;
pub(crate) mod scan;
pub(crate) mod tree;

/// UTF-8 without its byte order mark; `Err` says which other encoding this looks like, or where
/// the text breaks.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, NotUtf8> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if matches!(
        bytes,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..]
    ) {
        return Err(NotUtf8::Utf16);
    }
    std::str::from_utf8(bytes).map_err(|error| NotUtf8::Broken {
        at: error.valid_up_to(),
    })
}

/// Why bytes are not read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotUtf8 {
    /// A byte order mark or a zero byte of UTF-16 or UTF-32.
    Utf16,
    /// A byte that is no UTF-8.
    Broken { at: usize },
}
