//! One linear walk over JSON bytes: depth, number of values, longest string, and where the members
//! of the top object stand. It checks bounds only; whether the text is JSON is for the parser.

use std::ops::Range;

/// Top-level members remembered; documents have about a dozen.
const TOP_MEMBERS_MAX: usize = 256;

/// What a document may not exceed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub depth_max: usize,
    pub values_max: usize,
    pub string_max: usize,
}

/// The shape of a document within its bounds.
#[derive(Debug, Default)]
pub(crate) struct Shape<'a> {
    /// Members of the top object: raw key, place of the raw value.
    pub top: Vec<(&'a str, Range<usize>)>,
}

/// The bound a document breaks, and at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excess {
    Depth { at: usize },
    Values { at: usize },
    String { at: usize },
}

impl<'a> Shape<'a> {
    /// The place of the value of a top-level member.
    pub(crate) fn member(&self, key: &str) -> Option<Range<usize>> {
        self.top
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, place)| place.clone())
    }

    /// The text of a top-level member that is a string, without its quotes, as written.
    pub(crate) fn text_of(&self, text: &'a str, key: &str) -> Option<&'a str> {
        let raw = text.get(self.member(key)?)?.trim();
        raw.strip_prefix('"')?.strip_suffix('"')
    }
}

struct Walk<'a> {
    text: &'a str,
    depth: usize,
    values: usize,
    shape: Shape<'a>,
    /// At depth one: the key last read and where its value begins.
    key: Option<&'a str>,
    value_from: usize,
    awaits_key: bool,
}

/// Walks over `text` and stops at the first bound it breaks.
pub(crate) fn scan<'a>(text: &'a str, bounds: &Bounds) -> Result<Shape<'a>, Excess> {
    let bytes = text.as_bytes();
    let mut walk = Walk {
        text,
        depth: 0,
        values: 0,
        shape: Shape::default(),
        key: None,
        value_from: 0,
        awaits_key: false,
    };
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let end = string_end(bytes, at + 1);
                if end - at > bounds.string_max {
                    return Err(Excess::String { at });
                }
                if walk.depth == 1 && walk.awaits_key {
                    walk.key = text.get(at + 1..end);
                    walk.awaits_key = false;
                }
                at = end;
            }
            b'{' | b'[' => {
                walk.depth += 1;
                walk.values += 1;
                if walk.depth > bounds.depth_max {
                    return Err(Excess::Depth { at });
                }
                walk.awaits_key = walk.depth == 1 && byte == b'{';
            }
            b'}' | b']' => {
                walk.end_member(at);
                walk.depth = walk.depth.saturating_sub(1);
            }
            b',' => {
                walk.values += 1;
                walk.end_member(at);
            }
            b':' if walk.depth == 1 => walk.value_from = at + 1,
            b'\n' | b' ' => at = skip_blanks(bytes, at),
            _ => {}
        }
        if walk.values > bounds.values_max {
            return Err(Excess::Values { at });
        }
        at += 1;
    }
    Ok(walk.shape)
}

impl Walk<'_> {
    fn end_member(&mut self, at: usize) {
        if self.depth != 1 {
            return;
        }
        if let Some(key) = self.key.take()
            && self.shape.top.len() < TOP_MEMBERS_MAX
            && self.text.is_char_boundary(at)
        {
            self.shape.top.push((key, self.value_from..at));
        }
        self.awaits_key = true;
    }
}

/// The place of the closing quote, or the end of the text.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found;
        if bytes[at] == b'"' {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

/// The last of a run of blanks that begins at `at`, eight at a time: pretty-printed documents are
/// half blanks.
fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let mut next = at + 1;
    while bytes.get(next..next + 8) == Some(b"        ".as_slice()) {
        next += 8;
    }
    while bytes.get(next) == Some(&b' ') {
        next += 1;
    }
    next - 1
}
