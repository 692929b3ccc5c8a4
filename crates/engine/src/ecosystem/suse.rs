//! SUSE: source RPMs, by the product's marketing name (`SUSE:Linux Enterprise Server 15 SP5`). A
//! server's packages come from modules that are products of their own with the same service pack.

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, Scope, major, major_minor};
use crate::lookup::Basis;
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("SUSE", Order::Rpm)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &[
        "suse",
        "sles",
        "sled",
        "sles_sap",
        "sle-micro",
        "sl-micro",
        "suse linux enterprise server",
        "suse linux enterprise desktop",
        "suse linux enterprise micro",
    ],
    release,
    scopes,
    releases: &["15.7", "15.6", "15.5", "15.4", "15.3", "12.5"],
    ..NUMBERED
};

/// The modules whose packages most servers have.
const MODULES: [&str; 9] = [
    "Basesystem",
    "Server Applications",
    "Desktop Applications",
    "Development Tools",
    "Web and Scripting",
    "Containers",
    "Python 3",
    "Public Cloud",
    "Legacy",
];

/// `15.5` of `15.5` and `15 sp5`; `15.0` of `15`.
fn release(_: &str, text: &str) -> Option<String> {
    if let Some(release) = major_minor(text) {
        return Some(release);
    }
    let number = major(text)?;
    let pack = text.split_once("sp").and_then(|(_, rest)| major(rest));
    Some(format!("{number}.{}", pack.as_deref().unwrap_or("0")))
}

fn scopes(id: &str, release: &str, _: &Purl) -> Vec<Scope> {
    let marketed = match release.split_once('.') {
        Some((number, "0")) => number.to_owned(),
        Some((number, pack)) => format!("{number} SP{pack}"),
        None => release.to_owned(),
    };
    match id {
        "sle-micro" | "suse linux enterprise micro" => {
            return vec![Scope::named(format!("Linux Enterprise Micro {release}"))];
        }
        "sl-micro" => return vec![Scope::named(format!("Linux Micro {release}"))],
        _ => {}
    }
    let product = match id {
        "sled" | "suse linux enterprise desktop" => "Linux Enterprise Desktop",
        "sles_sap" => "Linux Enterprise Server for SAP Applications",
        _ => "Linux Enterprise Server",
    };
    let own = Scope::named(format!("{product} {marketed}"));
    let modules = MODULES
        .iter()
        .map(|module| Scope::named(format!("Linux Enterprise Module for {module} {marketed}")));
    // Long-term support is bought on top; its fixes continue the same versions.
    let longer = Scope::with(
        format!("Linux Enterprise Server {marketed}-LTSS"),
        Basis::Subscription,
    );
    std::iter::once(own)
        .chain(modules)
        .chain([longer])
        .collect()
}
