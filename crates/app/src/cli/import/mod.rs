//! `bonafide import dtrack --from DIR` or `--url URL`: what Dependency-Track exported, or still
//! holds, becomes releases, SBOMs and judgements. Works beside a running server: each project is a small transaction of its own.

use super::sbom::Stop;
use super::{exit, serve};
mod fetch;

use super::feeds::{self, Place};
use super::say::{say, shown, shown_json, tell};
use crate::accounts::{self, Caller};
use crate::config::Fault;
use crate::ids::OrganisationId;
use crate::intake::moving::{self, Moved};
use crate::store::Db;
use crate::trouble::Trouble;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `import` can read.
#[derive(Subcommand)]
pub enum ImportCommand {
    /// Dependency-Track: BOMs and VDRs (CycloneDX JSON), findings (FPF) and its list of projects,
    /// as files of one folder, or fetched from a running server.
    #[command(
        after_help = "Example:\n  bonafide import dtrack --from export/ --data /var/lib/bonafide --dry-run\n  \
            bonafide import dtrack --url https://dtrack.example --token-file key --data /var/lib/bonafide\n\n\
            Running it again changes nothing; decisions whose finding is not there yet are carried \n\
            when it is run again after `feeds import`.\n\
            Exit codes: 0 all of it was carried, 1 something was not, 2 the question is wrong, 4 nothing to carry, \n\
            6 timed out, 7 not allowed, 8 the server cannot be reached."
    )]
    Dtrack(DtrackArgs),
}

#[derive(Args)]
pub struct DtrackArgs {
    /// The folder with the exported files.
    #[arg(long, value_name = "DIR", required_unless_present = "url")]
    from: Option<PathBuf>,
    /// The server, as in `https://dtrack.example`.
    #[arg(
        long,
        value_name = "URL",
        conflicts_with = "from",
        requires = "token_file"
    )]
    url: Option<String>,
    /// A file that holds the API key of that server.
    #[arg(long, value_name = "F")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// For which organisation, by its name in addresses; needed when there are several.
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// Say what would happen, and keep nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Runs `import …`.
pub fn run(command: ImportCommand) -> ExitCode {
    let ImportCommand::Dtrack(args) = command;
    match &args.url {
        None => finish(
            &args,
            args.from.as_deref().unwrap_or(Path::new(".")),
            Vec::new(),
        ),
        Some(url) => match fetched(url, args.token_file.as_deref()) {
            Ok((folder, left)) => finish(&args, folder.path(), left),
            Err(stop) => stop.exit(),
        },
    }
}

fn finish(args: &DtrackArgs, folder: &Path, left: Vec<String>) -> ExitCode {
    dtrack(args, folder, left).map_or_else(|error| exit::from_error(&error), ExitCode::from)
}

/// Everything the server gives out, in a folder that clears itself away.
fn fetched(url: &str, token_file: Option<&Path>) -> Result<(tempfile::TempDir, Vec<String>), Stop> {
    let file = token_file.unwrap_or(Path::new("-"));
    let key = std::fs::read_to_string(file).map_err(|error| {
        let message = format!("cannot read the key in {}: {error}", file.display());
        Stop::new(exit::USAGE, message)
    })?;
    let fault = |error: anyhow::Error| Stop::new(exit::INTERNAL, format!("{error:#}"));
    let folder = tempfile::tempdir().map_err(|error| fault(error.into()))?;
    let source = fetch::Source::new(url, key.trim().to_owned())?;
    let left =
        serve::block_on(async { Ok(source.fetch(folder.path()).await) }).map_err(fault)??;
    Ok((folder, left))
}

fn dtrack(args: &DtrackArgs, folder: &Path, left: Vec<String>) -> anyhow::Result<u8> {
    if !folder.is_dir() {
        let text = format!("there is no folder {}", folder.display());
        return Err(Fault::new(text).into());
    }
    let mut export = moving::read_folder(folder)?;
    export.left.extend(left);
    let app = feeds::open(&args.place)?;
    let organisation = organisation(&app.db, args.organisation.as_deref())?;
    let caller = Caller::program(organisation, "dependency-track-import");
    let moved = moving::import(&app.db, &app.blobs, &caller, &export, args.dry_run)?;
    if args.place.json {
        let report = serde_json::json!({
            "dry_run": args.dry_run, "projects": moved, "left": export.left,
        });
        say!("{}", shown_json(&report)?);
    } else {
        print(&moved, &export.left, args.dry_run);
    }
    if moved.is_empty() {
        tell!("there is no project in these files");
        return Ok(exit::NOTHING);
    }
    let is_whole = export.left.is_empty() && moved.iter().all(|one| one.left.is_empty());
    Ok(if is_whole { 0 } else { exit::FOUND })
}

fn print(moved: &[Moved], left: &[String], dry_run: bool) {
    for one in moved {
        let sbom = one.sbom.unwrap_or("none");
        say!(
            "{} {}: SBOM {sbom}, {} components, {} judged, {} judged before",
            shown(&one.project),
            shown(&one.version),
            one.components,
            one.judged,
            one.standing
        );
        for text in &one.left {
            say!("  not carried: {}", shown(text));
        }
    }
    for text in left {
        say!("not carried: {}", shown(text));
    }
    if dry_run {
        tell!("nothing was kept (--dry-run)");
    }
}

fn organisation(db: &Db, name: Option<&str>) -> anyhow::Result<OrganisationId> {
    let all = db
        .read_now(accounts::list_organisations)
        .map_err(Trouble::into_error)?;
    let names: Vec<&str> = all.iter().map(|one| one.slug.as_str()).collect();
    let text = match (name, &all[..]) {
        (None, [only]) => return Ok(only.id),
        (Some(name), _) => match all.iter().find(|one| one.slug == name) {
            Some(one) => return Ok(one.id),
            None => format!(
                "there is no organisation {name}; there are {}",
                names.join(", ")
            ),
        },
        (None, []) => "there is no organisation yet; set the instance up first".to_owned(),
        (None, _) => format!(
            "say for which organisation: --organisation {}",
            names.join(" or ")
        ),
    };
    Err(Fault::new(text).into())
}
