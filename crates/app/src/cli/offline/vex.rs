//! VEX documents from files: OpenVEX, CycloneDX, CSAF, whichever each is.

use crate::cli::exit;
use crate::cli::say::{shown, tell};
use crate::cli::sbom::{Stop, read_document};
use bonafide_engine::scan::Vex;
use bonafide_engine::vex;
use std::path::PathBuf;

/// Reads all of them; one that cannot be read refuses the lot, for what it would say is not known.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<Vex>, Stop> {
    let mut documents = Vec::with_capacity(paths.len());
    for path in paths {
        let bytes = read_document(path)?;
        let document = vex::read(&bytes).map_err(|error| {
            let text = format!("{}: {error}", path.display());
            Stop::new(exit::REJECTED, shown(&text))
        })?;
        for warning in &document.warnings {
            let (place, text) = (shown(&warning.place), shown(&warning.text));
            tell!("{}: {place} {text}", path.display());
        }
        let name = path.file_name().unwrap_or_default();
        documents.push(Vex {
            source: name.to_string_lossy().into_owned(),
            document,
        });
    }
    Ok(documents)
}
