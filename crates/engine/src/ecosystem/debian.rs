//! Debian: source packages, by release (`Debian:12`; `Debian:sid` has no number).

use super::Ecosystem;
use super::distribution::{Distribution, NamedBy, Scope, major};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("Debian", Order::Dpkg)
};

static DISTRIBUTION: Distribution = Distribution {
    types: &["deb"],
    ids: &["debian"],
    named_by: NamedBy::Source,
    release,
    scopes: |_, release, _| vec![Scope::named(release)],
    releases: &["13", "12", "11", "10", "9", "8", "7", "14", "sid"],
    hint: |version| {
        // `+deb12u2` marks a stable update; a later release may still carry the package.
        let (_, rest) = version.rsplit_once("deb")?;
        major(rest.split_once('u')?.0)
    },
};

/// Debian's own series names (distro-info-data).
const SERIES: [(&str, &str); 11] = [
    ("wheezy", "7"),
    ("jessie", "8"),
    ("stretch", "9"),
    ("buster", "10"),
    ("bullseye", "11"),
    ("bookworm", "12"),
    ("trixie", "13"),
    ("forky", "14"),
    ("duke", "15"),
    ("sid", "sid"),
    ("unstable", "sid"),
];

fn release(_: &str, text: &str) -> Option<String> {
    let word = text.split([' ', '/', '(']).next().unwrap_or_default();
    let by_name = SERIES.iter().find(|(name, _)| *name == word);
    by_name
        .map(|(_, number)| (*number).to_owned())
        .or_else(|| major(word))
}
