//! The few ways in which registries spell names, shared by the files of the ecosystems.

use super::Unmapped;
use crate::purl::Purl;

/// As written, without blanks around it.
pub(super) fn exact(name: &str) -> String {
    name.trim().to_owned()
}

/// In lower case.
pub(super) fn lower(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The name alone; a namespace is no part of it.
pub(super) fn bare(purl: &Purl) -> Result<String, Unmapped> {
    Ok(purl.name.clone())
}

/// `namespace/name`, where the namespace must be there.
pub(super) fn path(purl: &Purl) -> Result<String, Unmapped> {
    let namespace = purl.namespace.as_ref().ok_or(Unmapped::NamespaceMissing)?;
    Ok(format!("{namespace}/{}", purl.name))
}

/// `namespace/name`, or the name alone.
pub(super) fn path_or_bare(purl: &Purl) -> Result<String, Unmapped> {
    path(purl).or_else(|_| bare(purl))
}
