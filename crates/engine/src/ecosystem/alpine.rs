//! Alpine: source packages (`origin` in apk), by branch (`Alpine:v3.20`, `Alpine:edge`).

use super::Ecosystem;
use super::distribution::{Distribution, NamedBy, Scope, major_minor};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("Alpine", Order::Apk)
};

static DISTRIBUTION: Distribution = Distribution {
    types: &["apk"],
    ids: &["alpine", "alpine linux"],
    named_by: NamedBy::Source,
    release,
    scopes: |_, release, _| vec![Scope::named(branch(release))],
    releases: &[
        "3.24", "3.23", "3.22", "3.21", "3.20", "3.19", "3.18", "3.17", "3.16", "3.15", "3.14",
        "3.13", "3.12", "3.11", "3.10", "edge",
    ],
    hint: |_| None,
};

/// `3.22.0_alpha20250108` is how edge calls itself.
fn release(_: &str, text: &str) -> Option<String> {
    if text.starts_with("edge") || text.contains("_alpha") {
        return Some("edge".to_owned());
    }
    major_minor(text)
}

fn branch(release: &str) -> String {
    match release {
        "edge" => release.to_owned(),
        release => format!("v{release}"),
    }
}
