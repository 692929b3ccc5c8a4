//! Red Hat: RPMs by the name of the installed or the source package, by product stream. The suffix
//! is a CPE without its beginning: `Red Hat:enterprise_linux:9::baseos`.
//!
//! Which stream a package came from stands in the purl's `repository_id` where there is one. Without
//! it the streams that every installation of a release has are asked for; extended update support
//! has versions of its own and is looked at only when the repository says so.

use super::Ecosystem;
use super::distribution::{Distribution, NUMBERED, NamedBy, Scope, after_mark};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    distribution: Some(&DISTRIBUTION),
    ..Ecosystem::ordered("Red Hat", Order::Rpm)
};

static DISTRIBUTION: Distribution = Distribution {
    ids: &["redhat", "rhel", "red hat enterprise linux"],
    named_by: NamedBy::Either,
    scopes,
    releases: &["10", "9", "8", "7", "6"],
    hint: |version| after_mark(version, ".el"),
    ..NUMBERED
};

/// The parts of a release since 8, and before.
const PARTS: [&str; 3] = ["::baseos", "::appstream", "::crb"];
const PARTS_OLD: [&str; 4] = ["::server", "::client", "::workstation", "::computenode"];

/// Support streams by the word in a repository's name.
const STREAMS: [(&str, &str); 4] = [
    ("-eus-", "rhel_eus"),
    ("-e4s-", "rhel_e4s"),
    ("-aus-", "rhel_aus"),
    ("-tus-", "rhel_tus"),
];

fn scopes(_: &str, release: &str, purl: &Purl) -> Vec<Scope> {
    let repository = purl.qualifiers.get("repository_id").map(String::as_str);
    if let Some(stream) = repository.and_then(|id| stream_of(id, release)) {
        return vec![Scope::named(stream)];
    }
    let is_old = release.parse::<u32>().is_ok_and(|number| number < 8);
    let parts: &[&str] = if is_old { &PARTS_OLD } else { &PARTS };
    let parts = parts.iter();
    let mut scopes: Vec<Scope> = parts
        .map(|part| Scope::named(format!("enterprise_linux:{release}{part}")))
        .collect();
    scopes.push(Scope::named(format!("enterprise_linux:{release}")));
    scopes
}

/// `rhel-9-for-x86_64-baseos-rpms`, `rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4`.
fn stream_of(repository: &str, release: &str) -> Option<String> {
    let rest = repository.strip_prefix("rhel-")?.strip_prefix(release)?;
    let part = ["baseos", "appstream"]
        .into_iter()
        .find(|part| rest.contains(&format!("-{part}-")));
    let part = match part {
        Some(part) => part,
        None if repository.starts_with("codeready") || rest.contains("-codeready-") => "crb",
        None => return None,
    };
    let stream = STREAMS.iter().find(|(word, _)| rest.contains(word));
    match (stream, rest.split_once("__")) {
        (None, _) => Some(format!("enterprise_linux:{release}::{part}")),
        (Some((_, stream)), Some((_, minor))) => {
            let minor = minor.replace("_DOT_", ".");
            Some(format!("{stream}:{minor}::{part}"))
        }
        (Some(_), None) => None,
    }
}
