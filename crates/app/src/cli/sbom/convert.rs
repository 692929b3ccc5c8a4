//! `bonafide sbom convert` and `bonafide sbom merge`: SBOMs in another notation. What the target
//! cannot carry is said on stderr, or in JSON.

use super::{Stop, read_document, read_fully};
use crate::cli::exit;
use crate::cli::say::{say, shown, shown_json, tell, text};
use crate::sboms;
use crate::time::{Clock, Entropy};
use bonafide_engine::export::{self, Exported, Stamp, Subject, Target};
use bonafide_engine::sbom::document::Document;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `convert` takes.
#[derive(clap::Args, Debug)]
pub struct ConvertArgs {
    /// The SBOM; `-` reads stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What to write.
    #[arg(long, value_name = "FORMAT", value_parser = targets())]
    to: String,
    #[command(flatten)]
    out: OutArgs,
}

/// What `merge` takes.
#[derive(clap::Args, Debug)]
pub struct MergeArgs {
    /// The SBOMs, each once.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The product they make up.
    #[arg(long, value_name = "N")]
    name: String,
    /// Its version.
    #[arg(long, value_name = "V")]
    version: String,
    /// What to write.
    #[arg(long, value_name = "FORMAT", value_parser = targets(), default_value = "cyclonedx-1.6")]
    to: String,
    #[command(flatten)]
    out: OutArgs,
}

/// Where the result goes.
#[derive(clap::Args, Debug)]
struct OutArgs {
    /// Where to write it; else to stdout.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Say what the format cannot carry, and where inputs of a merge contradict each other, in JSON
    /// on stdout; the SBOM goes to --output.
    #[arg(long, requires = "output")]
    json: bool,
}

/// Losses named on stderr; JSON has all of them.
const LOSSES_SHOWN: usize = 20;

fn targets() -> clap::builder::PossibleValuesParser {
    Target::ALL.map(Target::as_str).into()
}

/// Converts one document.
pub fn convert(args: &ConvertArgs) -> ExitCode {
    let converted = || -> Result<ExitCode, Stop> {
        let bytes = read_document(&args.file)?;
        let stamp = stamp(&[&bytes], &[&args.to])?;
        let document = read_fully(bytes)?;
        write(&document, &args.to, &stamp, &args.out, None)
    };
    converted().unwrap_or_else(Stop::exit)
}

/// Merges documents into one.
pub fn merge(args: &MergeArgs) -> ExitCode {
    let merged = || -> Result<ExitCode, Stop> {
        let mut contents = Vec::new();
        for file in &args.files {
            contents.push(read_document(file)?);
        }
        let all: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
        let stamp = stamp(&all, &[&args.to, &args.name, &args.version])?;
        let mut documents = Vec::new();
        for (bytes, file) in contents.into_iter().zip(&args.files) {
            let document = read_fully(bytes).map_err(|stop| stop.about(file))?;
            documents.push(document);
        }
        let subject = Subject {
            name: args.name.clone(),
            version: Some(args.version.clone()),
            ..Subject::default()
        };
        let document = export::merge(&documents, &subject);
        let contradictions = contradictions(&document);
        if !args.out.json {
            for (number, said) in contradictions.iter().enumerate() {
                if number == LOSSES_SHOWN {
                    let more = contradictions.len() - LOSSES_SHOWN;
                    tell!("and {more} contradictions more; --json has all");
                    break;
                }
                tell!("{}: {}", shown(said.name), shown(said.text));
            }
        }
        let contradictions = Some(contradictions);
        write(&document, &args.to, &stamp, &args.out, contradictions)
    };
    merged().unwrap_or_else(Stop::exit)
}

/// Where two inputs of a merge say different things of one component.
#[derive(serde::Serialize)]
struct Contradiction<'d> {
    name: &'d str,
    version: Option<&'d str>,
    purl: Option<&'d str>,
    /// What is kept, and which input says what instead.
    text: &'d str,
}

/// In the order of the merged document.
fn contradictions(document: &Document) -> Vec<Contradiction<'_>> {
    let said = document.parts.iter().flat_map(|part| {
        let against = part.properties.iter();
        let against = against.filter(|(name, _)| name == export::CONTRADICTION_PROPERTY);
        against.map(move |(_, text)| Contradiction {
            name: &part.name,
            version: part.version.known().map(String::as_str),
            purl: part.purls.first().map(String::as_str),
            text,
        })
    });
    said.collect()
}

fn write(
    document: &Document,
    target: &str,
    stamp: &Stamp,
    out: &OutArgs,
    contradictions: Option<Vec<Contradiction<'_>>>,
) -> Result<ExitCode, Stop> {
    let target = Target::find(target).expect("clap takes no other word");
    let exported = export::export(document, target, stamp);
    match &out.output {
        Some(path) => save(path, &exported.text)?,
        None => text(&exported.text),
    }
    if out.json {
        let mut said = serde_json::json!({"format": target.as_str(), "losses": exported.losses});
        if let Some(contradictions) = contradictions {
            said["contradictions"] = serde_json::json!(contradictions);
        }
        let losses = shown_json(&said);
        say!(
            "{}",
            losses.map_err(|error| Stop::new(exit::INTERNAL, error.to_string()))?
        );
    } else {
        tell_losses(target, &exported);
    }
    Ok(ExitCode::SUCCESS)
}

fn save(path: &Path, text: &str) -> Result<(), Stop> {
    std::fs::write(path, text).map_err(|error| {
        let message = format!("cannot write {}: {error}", path.display());
        Stop::new(exit::USAGE, message)
    })
}

fn tell_losses(target: Target, exported: &Exported) {
    for loss in exported.losses.iter().take(LOSSES_SHOWN) {
        let at = match loss.place.as_str() {
            "" => String::new(),
            place => format!(", first at {}", shown(place)),
        };
        let (field, count) = (shown(&loss.field), loss.count);
        tell!("not carried by {}: {field} ({count}){at}", target.as_str());
    }
    let more = exported.losses.len().saturating_sub(LOSSES_SHOWN);
    if more > 0 {
        tell!("and {more} kinds more; --json has all");
    }
}

/// Time and serial number: of the moment, or of the contents when `SOURCE_DATE_EPOCH` asks for a
/// result that can be reproduced (reproducible-builds.org/specs/source-date-epoch).
fn stamp(contents: &[&[u8]], words: &[&str]) -> Result<Stamp, Stop> {
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else {
        let now = Clock::system().now();
        let id: crate::ids::SbomId = crate::ids::generate(now, &Entropy::system());
        return Ok(sboms::stamp(now, crate::ids::Id::uuid(&id)));
    };
    let second = epoch.trim().parse().ok();
    let at = second.and_then(|second| Timestamp::from_second(second).ok());
    let at = at.ok_or_else(|| {
        let message = format!(
            "SOURCE_DATE_EPOCH={} is no number of seconds since 1970",
            shown(&epoch)
        );
        Stop::new(exit::USAGE, message)
    })?;
    Ok(sboms::stamp(at, sboms::serial_of(contents, words)))
}
