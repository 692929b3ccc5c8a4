//! `bonafide sbom`: send an SBOM to a server, or see what would be understood of it.

mod check;
mod push;

use super::say::tell;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

/// The verbs.
#[derive(clap::Subcommand, Debug)]
pub enum SbomCommand {
    /// Send an SBOM to a server and say what came of it.
    #[command(
        disable_version_flag = true,
        after_help = "Examples:\n  bonafide sbom push sbom.cdx.json --product gateway --version 4.2.1 --create\n  \
            cdxgen -o - . | bonafide sbom push - --product gateway --branch main\n\n\
            The token is read from BONAFIDE_TOKEN or --token-file, never from a flag.\n\
            Exit codes: 0 sent, 2 the question is wrong, 3 the SBOM was refused, 4 it lists no components, \n\
            6 timed out, 7 not allowed, 8 the server cannot be reached."
    )]
    Push(push::PushArgs),
    /// Read an SBOM here and say what was understood; nothing is sent.
    #[command(
        after_help = "Examples:\n  bonafide sbom check sbom.cdx.json\n  bonafide sbom check - --json < sbom.spdx.json\n\n\
            Exit codes: 0 understood, 3 it cannot be read, 4 it lists no components."
    )]
    Check(check::CheckArgs),
}

/// Does what was asked.
pub fn run(command: SbomCommand) -> ExitCode {
    match command {
        SbomCommand::Push(args) => push::run(&args),
        SbomCommand::Check(args) => check::run(&args),
    }
}

/// A message on stderr and an exit code.
pub struct Stop {
    code: u8,
    message: String,
}

impl Stop {
    pub fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    pub fn exit(self) -> ExitCode {
        tell!("{}", self.message);
        ExitCode::from(self.code)
    }
}

/// The bytes of a file, or of stdin for `-`, within what a server would take.
pub(super) fn read_document(path: &Path) -> Result<Vec<u8>, Stop> {
    let limit = crate::sboms::DOCUMENT_BYTES_MAX as u64;
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(limit + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
    };
    match read {
        Err(error) => {
            let message = format!("cannot read {}: {error}", path.display());
            Err(Stop::new(super::exit::USAGE, message))
        }
        Ok(read) if read as u64 > limit => {
            let message = format!(
                "{} is larger than 128 MiB; split it by module or image",
                path.display()
            );
            Err(Stop::new(super::exit::REJECTED, message))
        }
        Ok(_) => Ok(bytes),
    }
}
