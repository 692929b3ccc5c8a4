//! `bonafide vex`: one VEX format into another. No server, no database, no network, no clock: the
//! result depends on the document and the flags alone.

use super::document;
use super::exit;
use super::say::{say, shown, shown_json, tell, text};
use bonafide_engine::csaf::DOCUMENT_BYTES_MAX;
use bonafide_engine::vex::{self, Format, Frame, VexDocument, Written};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Losses and warnings named on stderr; JSON has all of them.
const LOSSES_SHOWN: usize = 20;

/// The verbs.
#[derive(clap::Subcommand, Debug)]
pub enum VexCommand {
    /// Write OpenVEX, CycloneDX or CSAF as another of them, and say what it cannot carry.
    #[command(
        after_help = "Examples:\n  bonafide vex convert vex.json --to openvex\n  \
            bonafide vex convert vex.json --to csaf --namespace https://example.com -o ex-1.json --json\n\n\
            Exit codes: 0 written, 2 the question is wrong or something is missing, \n\
            3 the document was refused, 4 it has no statement that the format can carry."
    )]
    Convert(ConvertArgs),
}

/// What `convert` takes.
#[derive(clap::Args, Debug)]
pub struct ConvertArgs {
    /// OpenVEX, CycloneDX or CSAF in JSON; `-` reads stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What to write: OpenVEX 0.2.0, CycloneDX 1.6 or CSAF 2.0.
    #[arg(long, value_name = "FORMAT", value_parser = ["openvex", "cyclonedx", "csaf"])]
    to: String,
    /// Where to write it; else to stdout.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Say what the format cannot carry in JSON on stdout; the document goes to --output.
    #[arg(long, requires = "output")]
    json: bool,
    /// Who says it; else the author of the document.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// A URL of the author, which CSAF asks for; else that of the document.
    #[arg(long, value_name = "URL")]
    namespace: Option<String>,
    /// When it was said (RFC 3339); else the instant of the document.
    #[arg(long, value_name = "INSTANT")]
    timestamp: Option<String>,
}

/// Why there is no result: exit code and sentence.
type Stop = (u8, String);

/// Does what was asked.
pub fn run(command: VexCommand) -> ExitCode {
    let VexCommand::Convert(args) = command;
    match convert(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, sentence)) => {
            tell!("{}", shown(&sentence));
            ExitCode::from(code)
        }
    }
}

fn convert(args: &ConvertArgs) -> Result<(), Stop> {
    let name = args.file.display();
    let bytes =
        document::read(&args.file, DOCUMENT_BYTES_MAX).map_err(|why| (exit::REJECTED, why))?;
    let document =
        vex::read(&bytes).map_err(|why| (exit::REJECTED, format!("{name} is refused: {why}")))?;
    let format = match args.to.as_str() {
        "openvex" => Format::OpenVex,
        "cyclonedx" => Format::CycloneDx,
        _ => Format::Csaf,
    };
    let frame = frame(args, &document, format, &bytes)?;
    let written = vex::write(format, &frame, &document.statements)
        .map_err(|why| (exit::NOTHING, format!("{name}: {why}")))?;
    let inner = |error: serde_json::Error| (exit::INTERNAL, error.to_string());
    let result = shown_json(&written.document).map_err(inner)? + "\n";
    match &args.output {
        Some(path) => save(path, &result)?,
        None => text(&result),
    }
    if args.json {
        let report = serde_json::json!({
            "from": document.format.as_str(),
            "to": format.as_str(),
            "statements": document.statements.len(),
            "losses": written.losses,
            "warnings": document.warnings,
        });
        say!("{}", shown_json(&report).map_err(inner)?);
    } else {
        tell_losses(&document, &written);
    }
    Ok(())
}

fn save(path: &Path, text: &str) -> Result<(), Stop> {
    std::fs::write(path, text).map_err(|error| {
        (
            exit::USAGE,
            format!("cannot write {}: {error}", path.display()),
        )
    })
}

/// What the new document says about itself, from the flags and the old one.
fn frame(
    args: &ConvertArgs,
    document: &VexDocument,
    format: Format,
    bytes: &[u8],
) -> Result<Frame, Stop> {
    let missing = |sentence: &str| (exit::USAGE, sentence.to_owned());
    let author = args.author.clone().or_else(|| document.author.clone());
    let author = author.ok_or_else(|| missing("The document names no author; give --author."))?;
    let latest = || {
        let statements = document.statements.iter();
        statements
            .filter_map(|one| one.timestamp.clone())
            .max_by_key(|text| text.parse::<jiff::Timestamp>().ok())
    };
    let timestamp = args
        .timestamp
        .clone()
        .or_else(|| document.timestamp.clone())
        .or_else(latest);
    let timestamp = timestamp.filter(|text| text.parse::<jiff::Timestamp>().is_ok());
    let timestamp = timestamp
        .ok_or_else(|| missing("The document has no instant in RFC 3339; give --timestamp."))?;
    let namespace = args
        .namespace
        .clone()
        .or_else(|| document.namespace.clone());
    if format == Format::Csaf && namespace.is_none() {
        return Err(missing(
            "CSAF names its publisher by a URL; give --namespace.",
        ));
    }
    let derived = derived_uuid(bytes);
    let id = match (format, &document.id) {
        (Format::CycloneDx, Some(id)) if id.starts_with("urn:uuid:") => id.clone(),
        (Format::CycloneDx, _) | (_, None) => derived,
        (_, Some(id)) => id.clone(),
    };
    let major = document
        .version
        .as_deref()
        .and_then(|version| version.split('.').next());
    Ok(Frame {
        title: format!("VEX {id}"),
        id,
        author,
        namespace: namespace.unwrap_or_default(),
        timestamp,
        version: major.and_then(|version| version.parse().ok()).unwrap_or(1),
        revisions: Vec::new(),
    })
}

/// A UUID (RFC 9562, version 8) from the bytes of the source, so that the same source has the same.
fn derived_uuid(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut sixteen = [0; 16];
    sixteen.copy_from_slice(&digest[..16]);
    format!(
        "urn:uuid:{}",
        uuid::Builder::from_custom_bytes(sixteen).into_uuid()
    )
}

fn tell_losses(document: &VexDocument, written: &Written) {
    for warning in document.warnings.iter().take(LOSSES_SHOWN) {
        tell!("{}: {}", shown(&warning.place), shown(&warning.text));
    }
    for loss in written.losses.iter().take(LOSSES_SHOWN) {
        let place = loss.statement.and_then(|at| document.statements.get(at));
        let place = place.map_or("/", |statement| &statement.place);
        tell!(
            "not carried as it was: {} {}: {}",
            shown(place),
            loss.field,
            shown(&loss.text)
        );
    }
    let count = document.warnings.len() + written.losses.len();
    if document.warnings.len() > LOSSES_SHOWN || written.losses.len() > LOSSES_SHOWN {
        tell!("{count} in all; --json has them");
    }
}
