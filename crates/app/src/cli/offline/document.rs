//! The document that is judged: an SBOM in any format the engine reads, packed or not, or a
//! Cargo.lock.

use super::lockfile;
use crate::cli::exit;
use crate::cli::say::{shown, tell};
use crate::cli::sbom::{Stop, read_document};
use crate::trouble::Trouble;
use crate::web::words::Lang;
use bonafide_engine::sbom::{self, Component, Limits};
use std::path::Path;

/// What is judged.
pub struct Judged {
    pub components: Vec<Component>,
    /// The product it is about; a Cargo.lock names none.
    pub subject: Option<Component>,
    pub serial_number: Option<String>,
}

/// Reads a document; `-` reads stdin. What was odd in it is told on stderr.
pub fn read(path: &Path) -> Result<Judged, Stop> {
    read_bytes(&read_document(path)?)
}

/// Reads what a document holds.
pub fn read_bytes(bytes: &[u8]) -> Result<Judged, Stop> {
    let is_packed =
        bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    let unpacked;
    let bytes: &[u8] = if is_packed {
        unpacked = crate::intake::unpack(bytes.to_vec()).map_err(refused)?;
        &unpacked
    } else {
        bytes
    };
    if let Some(components) = lockfile::read(bytes) {
        let components = components.map_err(|error| Stop::new(exit::REJECTED, error))?;
        return Ok(Judged {
            components,
            subject: None,
            serial_number: None,
        });
    }
    let sbom = sbom::read(bytes, &Limits::default()).map_err(|error| {
        let place = error.place().map_or(String::new(), |at| format!(" ({at})"));
        Stop::new(exit::REJECTED, shown(&format!("{error}{place}")))
    })?;
    for warning in &sbom.warnings {
        tell!(
            "warning: {} {} ({})",
            shown(&warning.place),
            shown(&warning.text),
            warning.code
        );
    }
    if sbom.warnings_left_out > 0 {
        tell!("and {} warnings more", sbom.warnings_left_out);
    }
    Ok(Judged {
        components: sbom.components,
        subject: sbom.subject,
        serial_number: sbom.serial_number,
    })
}

fn refused(trouble: Trouble) -> Stop {
    match trouble {
        Trouble::Refusal(refusal) => Stop::new(exit::REJECTED, Lang::En.refusal(&refusal)),
        Trouble::Failure(error) => Stop::new(exit::INTERNAL, format!("{error:#}")),
    }
}
