//! Exit codes, the same for every command, listed in the guide for operators.

use super::say::{shown, tell};
use crate::config::Fault;
use crate::store;
use std::process::ExitCode;

/// Looked and found what the command warns of.
pub const FOUND: u8 = 1;
/// The question cannot be answered as asked, or something is missing that the person at the
/// keyboard can put right.
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

/// 0, or the trouble on stderr and its code.
pub fn from_result(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => from_error(&error),
    }
}

/// Says what is wrong and gives its code. What the operator can put right is said in its own
/// sentence; anything else with the whole chain of causes, for whoever has to look for it.
pub fn from_error(error: &anyhow::Error) -> ExitCode {
    let (code, words) = judge(error);
    tell!("{}", shown(&words));
    ExitCode::from(code)
}

/// The code and the words for an error.
pub fn judge(error: &anyhow::Error) -> (u8, String) {
    for cause in error.chain() {
        if let Some(fault) = cause.downcast_ref::<Fault>() {
            return (USAGE, fault.to_string());
        }
        match cause.downcast_ref::<store::Error>() {
            Some(
                refused @ (store::Error::NewerSchema(_)
                | store::Error::OlderSchema(_)
                | store::Error::ForeignDirectory(_)),
            ) => {
                return (USAGE, refused.to_string());
            }
            Some(server @ store::Error::Unavailable(_)) => {
                return (UNAVAILABLE, server.to_string());
            }
            _ => {}
        }
    }
    (INTERNAL, format!("{error:#}"))
}
