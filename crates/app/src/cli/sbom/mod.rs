//! `bonafide sbom`: send an SBOM to a server, or see what would be understood of it.

mod check;
mod convert;
mod diff;
mod paths;
mod push;

use super::exit;
use super::say::tell;
use crate::sboms;
use crate::trouble::Trouble;
use crate::web::words::Lang;
use bonafide_engine::sbom::document::Document;
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
    /// Read an SBOM here and say what was understood, or how good it is; nothing is sent.
    #[command(
        after_help = "Examples:\n  bonafide sbom check sbom.cdx.json\n  bonafide sbom check sbom.cdx.json --profile bsi\n  \
            bonafide sbom check - --profile cisa --json < sbom.spdx.json\n\n\
            Profiles: bsi (TR-03183-2 v2.1.0), ntia (2021), cisa (2026).\n\
            Exit codes: 0 understood, and with --profile compliant; 1 not compliant, 3 it cannot be read, \n\
            4 it lists no components."
    )]
    Check(check::CheckArgs),
    /// Write an SBOM in another format; what that cannot carry is said on stderr.
    #[command(
        after_help = "Examples:\n  bonafide sbom convert sbom.spdx.json --to cyclonedx-1.6 -o sbom.cdx.json\n  \
            bonafide sbom convert - --to spdx-3.0 < sbom.cdx.json\n\n\
            With SOURCE_DATE_EPOCH set, the time is that second and the serial number comes from the \n\
            digest of what was read, so that the same input gives the same bytes.\n\
            Exit codes: 0 written, 2 the question is wrong, 3 the SBOM cannot be read."
    )]
    Convert(convert::ConvertArgs),
    /// Make the SBOM of a product out of several.
    #[command(
        disable_version_flag = true,
        after_help = "Example:\n  bonafide sbom merge firmware.cdx.json app.spdx.json --name gateway --version 4.2.1 -o gateway.cdx.json\n\n\
            The same component is there once, with what every input says of it; where they disagree the \n\
            first counts, and stderr and a property say so. SOURCE_DATE_EPOCH as for convert.\n\
            Exit codes: 0 written, 2 the question is wrong, 3 an SBOM cannot be read."
    )]
    Merge(convert::MergeArgs),
    /// Say what changed between two SBOMs, whatever they are written in.
    #[command(
        after_help = "Example:\n  bonafide sbom diff 4.2.0.cdx.json 4.2.1.spdx.json --json\n\n\
            Exit codes: 0 the same, 1 different, 2 the question is wrong, 3 an SBOM cannot be read."
    )]
    Diff(diff::DiffArgs),
    /// Say through what a component came into the product: all shortest paths.
    #[command(
        after_help = "Examples:\n  bonafide sbom paths sbom.cdx.json log4j-core\n  \
            bonafide sbom paths sbom.cdx.json pkg:npm/minimist --json\n\n\
            Exit codes: 0 found, 3 the SBOM cannot be read, 4 it has no such component."
    )]
    Paths(paths::PathsArgs),
}

/// Does what was asked.
pub fn run(command: SbomCommand) -> ExitCode {
    match command {
        SbomCommand::Push(args) => push::run(&args),
        SbomCommand::Check(args) => check::run(&args),
        SbomCommand::Convert(args) => convert::convert(&args),
        SbomCommand::Merge(args) => convert::merge(&args),
        SbomCommand::Diff(args) => diff::run(&args),
        SbomCommand::Paths(args) => paths::run(&args),
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

    /// The same, about one of several files.
    fn about(mut self, file: &Path) -> Self {
        self.message = format!("{}: {}", file.display(), self.message);
        self
    }

    pub fn exit(self) -> ExitCode {
        tell!("{}", self.message);
        ExitCode::from(self.code)
    }
}

/// What matching and showing need of a document.
fn parse(bytes: Vec<u8>) -> Result<sboms::Parsed, Stop> {
    let document = crate::intake::unpack(bytes);
    let parsed = document.and_then(|bytes| sboms::parse(&bytes));
    parsed.map_err(Stop::from)
}

/// Everything a document says.
pub(super) fn read_fully(bytes: Vec<u8>) -> Result<Document, Stop> {
    let document = crate::intake::unpack(bytes);
    let read = document.and_then(|bytes| sboms::read_fully(&bytes));
    read.map_err(Stop::from)
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Refusal(refusal) => Self::new(exit::REJECTED, Lang::En.refusal(&refusal)),
            Trouble::Failure(error) => Self::new(exit::INTERNAL, format!("{error:#}")),
        }
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
            Err(Stop::new(exit::USAGE, message))
        }
        Ok(read) if read as u64 > limit => {
            let message = format!(
                "{} is larger than 128 MiB; split it by module or image",
                path.display()
            );
            Err(Stop::new(exit::REJECTED, message))
        }
        Ok(_) => Ok(bytes),
    }
}
