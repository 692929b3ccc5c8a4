//! Whether the advisories given can show that a component has no flaw: what they do not cover is
//! unknown, never clean.

use super::Catalogue;
use super::components::Item;
use crate::lookup::{Basis, Lookup};
use crate::package::PackageKey;
use crate::sbom::Identified;

/// The code of a component whose ecosystem none of the advisories given covers.
pub const NO_ADVISORIES: &str = "no-advisories-for-ecosystem";

/// Why no answer about a component can be complete; `None` when the advisories cover it. A release
/// of a distribution is an ecosystem of its own: those of Debian 11 say nothing of Debian 12.
pub(super) fn uncovered(
    item: &Item<'_>,
    catalogue: &Catalogue,
    is_named: impl Fn(&PackageKey) -> bool,
) -> Option<&'static str> {
    let can_clear = |lookup: &Lookup| match lookup.key.ecosystem.as_str() {
        // A bare name is no identity, and commits cannot show that a flaw is absent.
        PackageKey::NAME | PackageKey::GIT => false,
        // Tools guess CPE names: one that no record uses may be the wrong one.
        PackageKey::CPE => is_named(&lookup.key),
        // A feed of fixes by subscription does not speak of those without one.
        _ if lookup.basis == Basis::Subscription => false,
        ecosystem => catalogue.ecosystems.contains(ecosystem),
    };
    let variants = item.variants.iter();
    let lookups = variants.flat_map(|variant| &variant.lookups);
    let (mut releases, mut covered) = (0, 0);
    for lookup in lookups {
        match (lookup.basis == Basis::ReleaseUndecided, can_clear(lookup)) {
            (false, true) => return None,
            (false, false) => {}
            (true, is_covered) => {
                releases += 1;
                covered += usize::from(is_covered);
            }
        }
    }
    // Of an unknown release, only the advisories of all of them can show that a flaw is absent.
    match covered {
        0 => Some(match item.identified() {
            Identified::Package(_) => NO_ADVISORIES,
            Identified::Unidentified(code) => code,
        }),
        covered if covered == releases => None,
        _ => Basis::ReleaseUndecided.code(),
    }
}
