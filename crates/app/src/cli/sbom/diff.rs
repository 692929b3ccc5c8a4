//! `bonafide sbom diff OLD NEW`: what changed between two SBOMs, whatever they are written in.

use super::{Stop, read_document, read_fully};
use crate::cli::exit;
use crate::cli::say::{say, shown, shown_json};
use bonafide_engine::diff::{self, Change, Diff, Listed, Named};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `diff` takes.
#[derive(clap::Args, Debug)]
pub struct DiffArgs {
    /// The SBOM before; `-` reads stdin.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The SBOM after.
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Compares and reports.
pub fn run(args: &DiffArgs) -> ExitCode {
    compare(args).unwrap_or_else(Stop::exit)
}

fn compare(args: &DiffArgs) -> Result<ExitCode, Stop> {
    let read = |path: &PathBuf| read_fully(read_document(path)?).map_err(|stop| stop.about(path));
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let diff = diff::compare(&old, &new);
    if args.json {
        let words = shown_json(&diff);
        say!(
            "{}",
            words.map_err(|error| Stop::new(exit::INTERNAL, error.to_string()))?
        );
    } else {
        print(&diff);
    }
    Ok(if diff.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(exit::FOUND)
    })
}

fn print(diff: &Diff) {
    if let (Some(old), Some(new)) = (&diff.old, &diff.new) {
        say!("{} -> {}", label(old), label(new));
    }
    if diff.is_empty() {
        say!("the same components and dependencies");
    }
    list("added", &diff.added, label);
    list("removed", &diff.removed, label);
    list("version", &diff.version_changed, |change| {
        let (old, new) = (version(&change.old), version(&change.new));
        format!(
            "{} {old} -> {new} ({})",
            shown(&change.name),
            change.direction.as_str()
        )
    });
    list("licence", &diff.license_changed, changed);
    list("supplier", &diff.supplier_changed, changed);
    list("hash at the same version", &diff.hash_changed, changed);
    let edge = |edge: &diff::Edge| format!("{} -> {}", shown(&edge.from), shown(&edge.to));
    list("dependency added", &diff.dependency_added, edge);
    list("dependency removed", &diff.dependency_removed, edge);
}

fn list<T: Ord>(what: &str, list: &Listed<T>, words: impl Fn(&T) -> String) {
    for item in &list.items {
        say!("{what}: {}", words(item));
    }
    if list.left_out() > 0 {
        say!("{what}: and {} more", list.left_out());
    }
}

fn label(named: &Named) -> String {
    format!("{} {}", shown(&named.name), version(&named.version))
}

fn version(version: &Option<String>) -> String {
    version
        .as_deref()
        .map_or_else(|| "without a version".to_owned(), shown)
}

fn changed(change: &Change) -> String {
    let said = |text: &str| {
        if text.is_empty() {
            "nothing".to_owned()
        } else {
            shown(text)
        }
    };
    let name = shown(&change.name);
    format!(
        "{name} {}: {} -> {}",
        version(&change.version),
        said(&change.old),
        said(&change.new)
    )
}
