//! openEuler: source RPMs, by long-term release and service pack (`openEuler:24.03-LTS-SP1`).

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, Scope, major, major_minor};
use crate::lookup::Basis;
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("openEuler", Order::Rpm)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &["openeuler"],
    release,
    scopes,
    releases: &["24.03", "22.03", "20.03"],
    ..NUMBERED
};

/// Service packs a release has had.
const PACKS_MAX: u32 = 4;

/// `24.03-lts-sp1` of that and of `24.03 (LTS-SP1)`; `24.03` where the service pack is not said.
fn release(_: &str, text: &str) -> Option<String> {
    let number = major_minor(text)?;
    let text = text.to_lowercase();
    let pack = text.split_once("sp").and_then(|(_, rest)| major(rest));
    Some(match pack {
        Some(pack) => format!("{number}-lts-sp{pack}"),
        None if text.contains("lts") => format!("{number}-lts"),
        None => number,
    })
}

/// The number alone is what os-release(5) gives for every service pack.
fn scopes(_: &str, release: &str, _: &Purl) -> Vec<Scope> {
    if release.contains("lts") {
        return vec![Scope::named(release.to_uppercase())];
    }
    let first = std::iter::once(format!("{release}-LTS"));
    let packs = (1..=PACKS_MAX).map(|pack| format!("{release}-LTS-SP{pack}"));
    first
        .chain(packs)
        .map(|suffix| Scope::with(suffix, Basis::ReleaseUndecided))
        .collect()
}
