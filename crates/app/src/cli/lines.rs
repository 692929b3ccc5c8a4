//! Commands that answer one line of stdin with one line of stdout.
//!
//! They read within a limit, however long a line is, answer at once when nothing more is waiting,
//! and end when the reader has seen enough.

use super::exit;
use super::say::tell;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::process::ExitCode;

/// Longest line that is looked at, in bytes.
const LINE_BYTES_MAX: u64 = 128 * 1024;
/// Answers held back while more questions are waiting, in bytes.
const WAITING_BYTES_MAX: usize = 64 * 1024;

/// Answers every line of stdin. A line that is too long, or not UTF-8, is asked as `None`.
pub fn answer_all(mut answer: impl FnMut(Option<&str>) -> String) -> ExitCode {
    let mut questions = BufReader::new(std::io::stdin().lock());
    let mut out = std::io::stdout().lock();
    match run(&mut questions, &mut out, &mut answer) {
        // A reader that went away has what it wanted.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            tell!("the lines could not be read or answered: {error}");
            ExitCode::from(exit::INTERNAL)
        }
        Ok(()) => ExitCode::SUCCESS,
    }
}

fn run(
    questions: &mut BufReader<impl Read>,
    out: &mut impl Write,
    answer: &mut impl FnMut(Option<&str>) -> String,
) -> std::io::Result<()> {
    let mut waiting = String::new();
    let mut line = Vec::new();
    while take_line(questions, &mut line)? {
        let is_whole = line.len() as u64 <= LINE_BYTES_MAX;
        let text = std::str::from_utf8(&line).ok().filter(|_| is_whole);
        waiting.push_str(&answer(
            text.map(|text| text.trim_end_matches(['\n', '\r'])),
        ));
        waiting.push('\n');
        if waiting.len() > WAITING_BYTES_MAX || questions.buffer().is_empty() {
            out.write_all(waiting.as_bytes())?;
            out.flush()?;
            waiting.clear();
        }
    }
    out.write_all(waiting.as_bytes())?;
    out.flush()
}

/// The next line, cut at its limit and skipped to its end; false when there is none.
fn take_line(from: &mut BufReader<impl Read>, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let limit = LINE_BYTES_MAX + 1;
    if from.by_ref().take(limit).read_until(b'\n', line)? == 0 {
        return Ok(false);
    }
    if line.len() as u64 == limit && line.last() != Some(&b'\n') {
        from.skip_until(b'\n')?;
    }
    Ok(true)
}
