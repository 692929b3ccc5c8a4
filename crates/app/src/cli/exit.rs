//! Exit codes, the same for every command, listed in the manual.

use std::process::ExitCode;

/// Looked and found what the command warns of.
pub const FOUND: u8 = 1;
/// The question cannot be answered as asked.
pub const USAGE: u8 = 2;
/// The document was refused.
pub const REJECTED: u8 = 3;
/// Looked, but there was nothing to judge: never 0.
pub const NOTHING: u8 = 4;
/// The feeds are older than was asked for.
pub const STALE: u8 = 5;
/// Timed out waiting.
pub const TIMEOUT: u8 = 6;
/// Not signed in, or not allowed.
pub const FORBIDDEN: u8 = 7;
/// The server or the network cannot be reached.
pub const UNAVAILABLE: u8 = 8;
/// A fault of ours.
pub const INTERNAL: u8 = 127;

/// 0, or the chain of causes on stderr and 127.
pub fn from_result(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bonafide: {}", super::shown_lines(&format!("{error:#}")));
            ExitCode::from(INTERNAL)
        }
    }
}
