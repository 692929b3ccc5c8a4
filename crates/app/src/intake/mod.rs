//! The way in for SBOMs (Annex I Part II (1)): one operation, behind the browser's form, our own
//! API and the Dependency-Track-compatible API.
//!
//! An upload is authorised first, then parsed outside any transaction, archived, and recorded
//! together with its findings in one transaction: it is there with its consequences, or not at
//! all. This room owns no table.

mod api;
mod arrival;
mod body;
mod compatible;
mod door;
pub mod moving;
mod packing;
mod pages;
mod rules;
mod store;

pub use compatible::{dress, is_compatible_path, refuse_compatibly};
pub use door::{Bounds, Door};
pub use rules::channel_of;
pub use store::STATEMENTS;

use crate::accounts::{Caller, Permission};
use crate::findings::{self, Counts};
use crate::ids::ReleaseId;
use crate::products;
use crate::releases::{self, Release, Target};
use crate::sboms::{self, Intake, Planned};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::{App, Route};
use body::Document;
use std::sync::Arc;

/// Where an upload belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    Release(ReleaseId),
    Named(Named),
}

/// A release by the names a build knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    pub product: String,
    pub version: String,
    /// The branch of a rolling build; absent for a tagged release.
    pub branch: Option<String>,
    /// Make what is not there yet; an unknown product goes to the inbox.
    pub create: bool,
    pub is_latest: Option<bool>,
    pub labels: Vec<String>,
}

/// A document that was read and archived, with its destination.
pub struct Upload {
    pub destination: Destination,
    pub planned: Planned,
    /// `browser`, `cli`, `api` or `dependency-track`.
    pub source: &'static str,
}

/// What came of an upload.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub intake: Intake,
    pub release: Release,
    pub findings: Counts,
}

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    routes_through(&Door::default())
}

/// The same, with uploads through this door.
pub fn routes_through(door: &Door) -> Vec<Route> {
    [
        pages::routes(door),
        api::routes(door),
        compatible::routes(door),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Records an upload and brings the release's findings in line with it, in the caller's
/// transaction.
pub fn receive(tx: &mut Tx, caller: &Caller, upload: &Upload) -> Result<Receipt, Trouble> {
    let release = destination(tx, caller, &upload.destination, true)?
        .ok_or_else(|| anyhow::anyhow!("a destination that may be made was not made"))?;
    let intake = sboms::record_planned(tx, caller, release, &upload.planned, upload.source)?;
    let findings = if intake.unchanged {
        findings::counts(tx, caller, release)?
    } else {
        findings::refresh_release(tx, caller, release, &intake.new_package_versions)?
    };
    Ok(Receipt {
        release: releases::get_release(tx, caller, release)?,
        intake,
        findings,
    })
}

/// A document unpacked, if it is packed by gzip or zstd. Long work.
pub fn unpack(bytes: Vec<u8>) -> Result<axum::body::Bytes, Trouble> {
    let document = Document {
        bytes: bytes.into(),
        says_packed: false,
        ticket: None,
    };
    let size = document.measure()?;
    document.unpack(&size)
}

/// Takes a document in: authorises, parses, archives, records. Nothing is written when any of
/// it is refused. Its room at the door is held until it is committed, and of the unpacked bytes,
/// the parsed document and what goes into the database no two are kept longer than they must.
pub async fn take_in(
    app: &App,
    door: &Door,
    caller: Caller,
    to: Destination,
    source: &'static str,
    document: Document,
) -> Result<Receipt, Trouble> {
    let (asking, wanted) = (caller.clone(), to.clone());
    app.db
        .read(move |tx| destination(tx, &asking, &wanted, false))
        .await?;
    let (document, size) = door
        .parsers
        .run(move || document.measure().map(|size| (document, size)))
        .await?;
    // The room goes where the work goes: neither parsing nor writing ends when nobody waits for it
    // any more.
    let room = door.make_room(size.weight()).await?;
    let blobs = app.blobs.clone();
    let (planned, mut room) = door
        .parsers
        .run(move || {
            let bytes = document.unpack(&size)?;
            let parsed = sboms::parse(&bytes)?;
            blobs.put_known(&parsed.digest, &bytes)?;
            drop(bytes);
            Ok((Planned::from(parsed), room))
        })
        .await?;
    door.keep_only(&mut room, planned.weight());
    let upload = Arc::new(Upload {
        destination: to,
        planned,
        source,
    });
    let done = app.db.write(move |tx| {
        let _held = &room;
        receive(tx, &caller, &upload)
    });
    let done = done.await;
    app.wake.up();
    done
}

/// The release an upload is for. With `make`, what is missing and may be made is made; without,
/// nothing is written and `None` means that it would be made.
fn destination(
    tx: &mut Tx,
    caller: &Caller,
    to: &Destination,
    make: bool,
) -> Result<Option<ReleaseId>, Trouble> {
    caller.require(Permission::SbomsUpload)?;
    let named = match to {
        Destination::Release(id) => {
            let release = releases::get_release(tx, caller, *id)?;
            return Ok(Some(release.id));
        }
        Destination::Named(named) => named,
    };
    if named.product.trim().is_empty() {
        let refusal = Refusal::field("product", "field-required");
        return Err(refusal.with("field", "product").into());
    }
    let found = products::find_or_create_by_name(tx, caller, &named.product, false)?;
    let product = match found {
        Some(product) => product,
        None => {
            may_make(caller, named, "product", "product-unknown")?;
            // A token bound to one product makes no other.
            if caller.only_product.is_some() {
                return Err(Refusal::forbidden().into());
            }
            if !make {
                return Ok(None);
            }
            let made = products::find_or_create_by_name(tx, caller, &named.product, true)?;
            made.ok_or_else(|| anyhow::anyhow!("a product that may be made was not made"))?
        }
    };
    let mut target = Target {
        product: Some(product),
        version: named.version.clone(),
        branch: named.branch.clone(),
        ..Target::default()
    };
    let known = releases::find_or_create(tx, caller, product, &target, false)?;
    if known.is_none() {
        may_make(caller, named, "version", "release-unknown")?;
    }
    if !make {
        return Ok(known);
    }
    target.is_latest = named.is_latest;
    target.labels.clone_from(&named.labels);
    releases::find_or_create(tx, caller, product, &target, named.create)
}

fn may_make(
    caller: &Caller,
    named: &Named,
    field: &'static str,
    unknown: &'static str,
) -> Result<(), Trouble> {
    if !named.create {
        let refusal = Refusal {
            status: 404,
            ..Refusal::field(field, unknown)
        };
        let refusal = refusal.with("product", &named.product);
        return Err(refusal.with("version", &named.version).into());
    }
    if !caller.may(Permission::ReleasesWrite) {
        return Err(Refusal::new(403, "intake-may-not-create").into());
    }
    Ok(())
}
