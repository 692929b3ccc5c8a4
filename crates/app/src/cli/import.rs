//! `bonafide import dtrack --from DIR`: what Dependency-Track exported becomes releases, SBOMs and
//! judgements. Works beside a running server: each project is a small transaction of its own.

use super::exit;
use super::feeds::{self, Place};
use super::say::{say, shown, shown_json, tell};
use crate::accounts::{self, Caller};
use crate::config::Fault;
use crate::ids::OrganisationId;
use crate::intake::moving::{self, Moved};
use crate::store::Db;
use crate::trouble::Trouble;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `import` can read.
#[derive(Subcommand)]
pub enum ImportCommand {
    /// Dependency-Track: BOMs and VDRs (CycloneDX JSON), findings (FPF) and its list of projects,
    /// as files of one folder.
    #[command(
        after_help = "Example:\n  bonafide import dtrack --from export/ --data /var/lib/bonafide --dry-run\n\n\
            Running it again changes nothing; decisions whose finding is not there yet are carried \n\
            when it is run again after `feeds import`.\n\
            Exit codes: 0 all of it was carried, 1 something was not, 2 the question is wrong, 4 nothing to carry."
    )]
    Dtrack(DtrackArgs),
}

#[derive(Args)]
pub struct DtrackArgs {
    /// The folder with the exported files.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
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
    dtrack(&args).map_or_else(|error| exit::from_error(&error), ExitCode::from)
}

fn dtrack(args: &DtrackArgs) -> anyhow::Result<u8> {
    if !args.from.is_dir() {
        let text = format!("there is no folder {}", args.from.display());
        return Err(Fault::new(text).into());
    }
    let export = moving::read_folder(&args.from)?;
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
