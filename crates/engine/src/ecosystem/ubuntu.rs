//! Ubuntu: source packages, by release (`Ubuntu:22.04:LTS`, `Ubuntu:24.10`); `Ubuntu:Pro:18.04:LTS`
//! names fixes that come with Ubuntu Pro only.

use super::Ecosystem;
use super::distribution::{Distribution, NamedBy, Scope, major_minor};
use crate::lookup::Basis;
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("Ubuntu", Order::Dpkg)
};

static DISTRIBUTION: Distribution = Distribution {
    types: &["deb"],
    ids: &["ubuntu"],
    named_by: NamedBy::Source,
    release,
    scopes,
    releases: &[
        "26.04", "25.10", "25.04", "24.10", "24.04", "23.10", "22.04", "20.04", "18.04", "16.04",
        "14.04",
    ],
    hint,
};

const SERIES: [(&str, &str); 14] = [
    ("trusty", "14.04"),
    ("xenial", "16.04"),
    ("bionic", "18.04"),
    ("focal", "20.04"),
    ("jammy", "22.04"),
    ("kinetic", "22.10"),
    ("lunar", "23.04"),
    ("mantic", "23.10"),
    ("noble", "24.04"),
    ("oracular", "24.10"),
    ("plucky", "25.04"),
    ("questing", "25.10"),
    ("resolute", "26.04"),
    ("precise", "12.04"),
];

fn release(_: &str, text: &str) -> Option<String> {
    let by_name = SERIES.iter().find(|(name, _)| text.starts_with(name));
    by_name
        .map(|(_, number)| (*number).to_owned())
        .or_else(|| major_minor(text))
}

/// A version with `esm` in it came with Ubuntu Pro, so for that installation its records come
/// first. For any other they are no more than possible.
fn scopes(_: &str, release: &str, purl: &Purl) -> Vec<Scope> {
    let is_even = release
        .split('.')
        .next()
        .and_then(|year| year.parse::<u32>().ok())
        .is_some_and(|year| year % 2 == 0);
    let is_lts = is_even && (release.ends_with(".04") || release == "6.06");
    if !is_lts {
        return vec![Scope::named(release)];
    }
    let own = format!("{release}:LTS");
    let pro = format!("Pro:{own}");
    let version = purl.version.as_deref().unwrap_or_default();
    if version.contains("esm") {
        vec![Scope::named(pro), Scope::named(own)]
    } else {
        vec![Scope::named(own), Scope::with(pro, Basis::Subscription)]
    }
}

/// `20.04` of `1:4.8.1-1ubuntu5.20.04.5`.
fn hint(version: &str) -> Option<String> {
    let (_, rest) = version.split_once("ubuntu")?;
    let numbers: Vec<&str> = rest.split(|c: char| !c.is_ascii_digit()).collect();
    numbers.windows(2).find_map(|pair| {
        let year: u32 = pair[0].parse().ok()?;
        let is_release = (10..40).contains(&year) && matches!(pair[1], "04" | "10");
        is_release.then(|| format!("{year}.{}", pair[1]))
    })
}
