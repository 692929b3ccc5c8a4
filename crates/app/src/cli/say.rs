//! How a command speaks: results to stdout, messages to stderr, texts from elsewhere made harmless.
//!
//! It must never panic because a reader has seen enough (`bonafide law timeline | head -1`), and
//! never hand a terminal what would move its cursor or turn its letters round: names come from
//! SBOMs and feeds.

use std::fmt::{Arguments, Write as _};
use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a result could not be written although somebody still wanted it.
static LOST: AtomicBool = AtomicBool::new(false);

/// A line of the result, on stdout; `println!` that does not panic.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::say::line(format_args!($($words)*)) };
}
/// A message, on stderr, with the program's name before it; `eprintln!` that does not panic.
macro_rules! tell {
    ($($words:tt)*) => { $crate::cli::say::message(format_args!($($words)*)) };
}
pub(crate) use {say, tell};

/// Writes a line to stdout. See [`lost`] for what happens when that does not work.
pub fn line(words: Arguments) {
    text(&format!("{words}\n"));
}

/// Writes a whole text to stdout, as it is.
pub fn text(text: &str) {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if let Err(error) = written {
        // A reader that went away has what it wanted; that is no failure of anybody.
        if error.kind() != ErrorKind::BrokenPipe && !LOST.swap(true, Ordering::Relaxed) {
            message(format_args!("the result could not be written: {error}"));
        }
    }
}

/// Writes `bonafide: …` to stderr. Where nobody can be told, nobody is.
pub fn message(words: Arguments) {
    let line = format!("bonafide: {words}\n");
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
}

/// Writes a text to stderr as it is: how far long work is, and what is not the result. Nobody needs
/// it so much that its loss would matter.
pub fn aside(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Whether a part of the result was lost: on a full disk, for example.
pub fn lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// A text from elsewhere on one line of a terminal: what would move the cursor, turn the
/// direction of writing or hide is written out, as in `\u{1b}`.
pub fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unruly(c) {
            // Writing to a string never fails.
            let _ = write!(shown, "{}", c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// JSON as text, with what JSON lets stand and a terminal obeys written as `\u009b`; it stays the
/// same JSON, for such characters stand only within its strings.
pub fn shown_json(value: &impl serde::Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(value)?;
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unruly(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string never fails.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    Ok(shown)
}

/// Control characters (C0, DEL, C1), separators of lines, and the marks that change or hide the
/// direction of writing (Unicode Standard Annex #9).
fn is_unruly(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{61c}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
