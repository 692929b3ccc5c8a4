//! The program as people and scripts run it: exit codes, one sentence on stderr, and a result that
//! may be read no further than its first line.

mod exchange;
mod offline;
mod push;
mod quality;
mod sboms;
mod standards;
mod usage;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program in a directory, with nothing of the environment that could configure it.
pub fn bonafide(place: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bonafide"));
    command.current_dir(place).env_clear().stdin(Stdio::null());
    command
}

/// Runs a line of words split at spaces.
pub fn run(place: &Path, line: &str) -> Output {
    bonafide(place)
        .args(line.split_whitespace())
        .output()
        .unwrap()
}

/// What went to stderr.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
