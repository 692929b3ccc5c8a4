//! VSCode: extensions, `publisher.name`.

use super::{Ecosystem, Unmapped, names};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("vscode-extension"),
    normalize_name: names::lower,
    name_of,
    ..Ecosystem::registry("VSCode", Order::Semver)
};

fn name_of(purl: &Purl) -> Result<String, Unmapped> {
    let publisher = purl.namespace.as_ref().ok_or(Unmapped::NamespaceMissing)?;
    Ok(format!("{publisher}.{}", purl.name))
}
