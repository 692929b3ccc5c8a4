//! Texts from elsewhere on their way to a terminal: file names, names in archives, what records say.
//! None of it may move the cursor, change colours, or turn the reading direction; it is made
//! visible instead of being left out, so that nothing looks like what it is not.

/// A text on one line, with everything a terminal would obey written as `\u{1b}`.
pub fn shown(text: &str) -> String {
    escaped(text, false, |c| c.escape_unicode().to_string())
}

/// JSON as text, with what JSON lets stand and a terminal obeys written as `\u009b`; it stays the
/// same JSON, for such characters stand only within its strings.
pub fn shown_json(value: &impl serde::Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(value)?;
    Ok(escaped(&text, true, |c| format!("\\u{:04x}", u32::from(c))))
}

fn escaped(text: &str, keeps_lines: bool, escape: impl Fn(char) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_obeyed(c) && !(keeps_lines && c == '\n') {
            out.push_str(&escape(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Control characters, line separators, and the marks that turn the reading direction.
fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
