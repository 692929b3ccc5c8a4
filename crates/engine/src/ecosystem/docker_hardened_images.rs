//! Docker Hardened Images: packages that Docker builds itself, after the distribution that the
//! suffix names (`Docker Hardened Images:Alpine:3.23`), with that distribution's versions. Their
//! purls say `os_name=dhi`, `os_distro=alpine` and `os_version=3.23`.

use super::distribution::{Distribution, NamedBy, Scope, major, major_minor};
use super::{Ecosystem, order_of_plain};

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::by_suffix("Docker Hardened Images", order_of_plain)
};

static DISTRIBUTION: Distribution = Distribution {
    types: &["apk", "deb"],
    ids: &["dhi"],
    named_by: NamedBy::Either,
    release,
    scopes: |_, release, _| match release.split_once('-') {
        Some(("alpine", number)) => vec![Scope::named(format!("Alpine:{number}"))],
        Some((_, number)) => vec![Scope::named(format!("Debian:{number}"))],
        None => Vec::new(),
    },
    releases: &[
        "alpine-3.23",
        "alpine-3.22",
        "alpine-3.21",
        "debian-13",
        "debian-12",
    ],
    hint: |_| None,
};

fn release(_: &str, text: &str) -> Option<String> {
    match text.split_once('-')? {
        ("alpine", rest) => major_minor(rest).map(|number| format!("alpine-{number}")),
        ("debian", rest) => major(rest).map(|number| format!("debian-{number}")),
        _ => None,
    }
}
