//! Moving over from Dependency-Track: its projects with their BOMs and the decisions of its users
//! become releases, SBOMs and judgements.
//!
//! A decision is only carried to a finding that is there and that nobody judged here. It never
//! says more than it did: "not affected" without one of the five reasons becomes "under
//! investigation". Running it again changes nothing.

mod decisions;
mod files;

pub use decisions::Decision;
pub use files::{Export, Project, read_folder};

use super::store;
use super::{Destination, Named, Upload, channel_of, destination, receive};
use crate::accounts::Caller;
use crate::blobs::Blobs;
use crate::findings::{self, FindingRow};
use crate::ids::{FindingId, ReleaseId};
use crate::sboms::{self, Parsed, Planned};
use crate::store::{Db, Error, Tx};
use crate::trouble::{Refusal, Trouble};
use crate::web::words::Lang;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What came of one project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Moved {
    pub project: String,
    pub version: String,
    /// `new`, `unchanged` or `replaced`; nothing without a BOM.
    pub sbom: Option<&'static str>,
    pub components: i64,
    /// Findings that were judged now.
    pub judged: usize,
    /// Findings that were judged here already and stay as they are.
    pub standing: usize,
    /// What could not be carried, in sentences.
    pub left: Vec<String>,
}

/// Moves each project in a transaction of its own. With `dry_run` everything is tried and nothing
/// kept.
pub fn import(
    db: &Db,
    blobs: &Blobs,
    caller: &Caller,
    export: &Export,
    dry_run: bool,
) -> anyhow::Result<Vec<Moved>> {
    let mut all = Vec::new();
    for project in &export.projects {
        let one = match import_one(db, blobs, caller, project, dry_run) {
            Ok(one) => one,
            Err(Trouble::Refusal(refusal)) => Moved {
                left: vec![Lang::En.refusal(&refusal)],
                ..Moved::of(project)
            },
            Err(failure @ Trouble::Failure(_)) => return Err(failure.into_error()),
        };
        all.push(one);
    }
    Ok(all)
}

impl Moved {
    fn of(project: &Project) -> Self {
        Self {
            project: project.name.clone(),
            version: project.version.clone(),
            left: project.left.clone(),
            ..Self::default()
        }
    }
}

/// How a transaction ends that is not to be kept.
enum End {
    Dry(Box<Moved>),
    Trouble(Trouble),
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Trouble(error.into())
    }
}

impl From<Trouble> for End {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

fn import_one(
    db: &Db,
    blobs: &Blobs,
    caller: &Caller,
    project: &Project,
    dry_run: bool,
) -> Result<Moved, Trouble> {
    let planned = match &project.bom {
        None => None,
        Some(file) => {
            let bytes = std::fs::read(file)?;
            let parsed: Parsed = sboms::parse(&bytes)?;
            if !dry_run {
                blobs.put_known(&parsed.digest, &bytes)?;
            }
            Some(Planned::from(parsed))
        }
    };
    let (version, branch) = channel_of(&project.version);
    let to = Destination::Named(Named {
        product: project.name.clone(),
        version,
        branch,
        create: true,
        // "Not the latest" takes nothing away that somebody said here.
        is_latest: project.is_latest.then_some(true),
        labels: project.labels.clone(),
    });
    let upload = planned.map(|planned| Upload {
        destination: to.clone(),
        planned,
        source: "dependency-track",
    });
    let done = db.write_now(|tx| {
        let mut moved = Moved::of(project);
        let release = place(tx, caller, &to, upload.as_ref(), &mut moved)?;
        judge(tx, caller, release, &project.decisions, &mut moved)?;
        match dry_run {
            true => Err(End::Dry(Box::new(moved))),
            false => Ok(moved),
        }
    });
    match done {
        Ok(moved) => Ok(moved),
        Err(End::Dry(moved)) => Ok(*moved),
        Err(End::Trouble(trouble)) => Err(trouble),
    }
}

/// The release with its document, as an upload would make it.
fn place(
    tx: &mut Tx,
    caller: &Caller,
    to: &Destination,
    upload: Option<&Upload>,
    moved: &mut Moved,
) -> Result<ReleaseId, Trouble> {
    let Some(upload) = upload else {
        let made = destination(tx, caller, to, true)?;
        return made.ok_or_else(|| Refusal::not_found().into());
    };
    let receipt = receive(tx, caller, upload)?;
    let intake = &receipt.intake;
    moved.components = intake.components;
    moved.sbom = Some(match (intake.unchanged, intake.revision) {
        (true, _) => "unchanged",
        (false, 1) => "new",
        (false, _) => "replaced",
    });
    Ok(receipt.release.id)
}

/// Carries decisions to the findings they are about.
fn judge(
    tx: &mut Tx,
    caller: &Caller,
    release: ReleaseId,
    decisions: &[Decision],
    moved: &mut Moved,
) -> Result<(), Trouble> {
    if decisions.is_empty() {
        return Ok(());
    }
    let ids = findings::order_of_release(tx, caller, release)?;
    let rows = findings::list_of_ids(tx, caller, &ids)?;
    let flaws: BTreeSet<i64> = rows.iter().map(|row| row.vulnerability_id).collect();
    let aliases = store::aliases(tx, &flaws)?;
    let mut done: BTreeMap<FindingId, &Decision> = BTreeMap::new();
    for decision in decisions {
        let is_meant = |row: &&FindingRow| {
            let others = aliases.get(&row.vulnerability_id).into_iter().flatten();
            decision.component == decisions::canonical(&row.purl)
                && std::iter::once(&row.vulnerability)
                    .chain(others)
                    .any(|name| decision.names.contains(name))
        };
        let meant: Vec<&FindingRow> = rows.iter().filter(is_meant).collect();
        if meant.is_empty() {
            moved.left.push(decision.without_finding());
        }
        for row in meant {
            match done.get(&row.id) {
                Some(first) if first.agrees_with(decision) => {}
                Some(_) => moved.left.push(decision.said_twice()),
                None if row.status == "not_assessed" => {
                    findings::assess_findings(tx, caller, &[row.id], &decision.judging())?;
                    done.insert(row.id, decision);
                    moved.judged += 1;
                }
                None => {
                    done.insert(row.id, decision);
                    moved.standing += 1;
                }
            }
        }
    }
    Ok(())
}
