//! openSUSE: source RPMs, by the distribution's marketing name (`openSUSE:Leap 15.6`,
//! `openSUSE:Tumbleweed`).

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, Scope, major_minor};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("openSUSE", Order::Rpm)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &[
        "opensuse",
        "opensuse-leap",
        "opensuse leap",
        "opensuse-leap-micro",
        "opensuse-tumbleweed",
        "opensuse tumbleweed",
    ],
    release,
    scopes,
    releases: &["16.0", "15.6", "15.5", "15.4", "15.3", "tumbleweed"],
    ..NUMBERED
};

fn release(id: &str, text: &str) -> Option<String> {
    if id.ends_with("tumbleweed") || text.contains("tumbleweed") {
        return Some("tumbleweed".to_owned());
    }
    let text = text
        .trim_start_matches("leap")
        .trim_start_matches(['-', ' ']);
    major_minor(text)
}

fn scopes(id: &str, release: &str, _: &Purl) -> Vec<Scope> {
    let name = match release {
        "tumbleweed" => "Tumbleweed".to_owned(),
        release if id.ends_with("micro") => format!("Leap Micro {release}"),
        release => format!("Leap {release}"),
    };
    vec![Scope::named(name)]
}
