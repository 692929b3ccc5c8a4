//! Root: patched packages of the distribution or registry that the suffix names
//! (`Root:Alpine:3.18`, `Root:npm`); a build ends in `.root.io.N`, or in `-rN` for Alpine. Names
//! begin with `root-`, those of npm with `@root/`.

use super::{Ecosystem, order_of_plain};
use crate::lookup::{Basis, Lookup};
use crate::package::PackageKey;
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::by_suffix("Root", order_of);

fn order_of(suffix: &str) -> Option<Order> {
    match order_of_plain(suffix)? {
        Order::Semver | Order::SemverBuilt => Some(Order::Rooted),
        // These order the ending by themselves.
        order @ (Order::Apk | Order::Dpkg | Order::Rpm | Order::Pep440 | Order::Maven) => {
            Some(order)
        }
        _ => None,
    }
}

/// A package that Root has built is looked up with Root first; what the original's records say of
/// it is no more than possible, for Root fixes under versions of its own.
pub(super) fn rebuilt(purl: &Purl, original: Vec<Lookup>) -> Vec<Lookup> {
    let version = purl.version.as_deref().unwrap_or_default();
    if !version.contains("root.io") && !purl.name.starts_with("root-") {
        return original;
    }
    let mut out: Vec<Lookup> = original.iter().map(of_root).collect();
    out.extend(original.into_iter().map(|lookup| Lookup {
        basis: match lookup.basis {
            Basis::Named => Basis::Rebuilt,
            other => other,
        },
        ..lookup
    }));
    out
}

fn of_root(lookup: &Lookup) -> Lookup {
    let name = match lookup.key.name.as_str() {
        name if name.starts_with("root-") => name.to_owned(),
        name => format!("root-{name}"),
    };
    // `Root:Alpine:3.18` has no `v`.
    let ecosystem = format!("Root:{}", lookup.key.ecosystem.replace(":v", ":"));
    Lookup {
        key: PackageKey { ecosystem, name },
        ..lookup.clone()
    }
}
