//! Go: module paths, `stdlib` and `toolchain`; advisories from the Go vulnerability database and
//! GHSA.

use super::{Ecosystem, Unmapped};
use crate::purl::Purl;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("golang"),
    normalize_name,
    name_of,
    guesses: parents,
    ..Ecosystem::registry("Go", Order::Go)
};

/// Hosts whose modules are never shorter than `host/owner/name`.
const HOSTS_OF_THREE: [&str; 6] = [
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "golang.org",
    "gitee.com",
];

/// Longest chain of parents worth asking for; deeper paths exist only in hostile input.
const PARENTS_MAX: usize = 16;

/// Compared without case: advisories, SBOM tools and the purl rules differ in it.
fn normalize_name(name: &str) -> String {
    let name = name.trim_matches('/').to_lowercase();
    // Some tools name the standard library as its one import path or as the project.
    match name.as_str() {
        "std" | "go" | "github.com/golang/go" => "stdlib".to_owned(),
        _ => name,
    }
}

fn name_of(purl: &Purl) -> Result<String, Unmapped> {
    Ok(match &purl.namespace {
        Some(namespace) => format!("{namespace}/{}", purl.name),
        None => purl.name.clone(),
    })
}

/// `golang.org/x/net/http2` may be a package of module `golang.org/x/net`. A path that ends in a
/// major version (`/v2`) is a module for itself and has no parents: its parent is another module.
fn parents(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    let host = name.split('/').next().unwrap_or(name);
    if !host.contains('.') {
        return out;
    }
    let least = if HOSTS_OF_THREE.contains(&host) { 3 } else { 2 };
    let mut path = name;
    while out.len() < PARENTS_MAX && !ends_in_major(path) {
        let Some((parent, _)) = path.rsplit_once('/') else {
            break;
        };
        if parent.split('/').count() < least {
            break;
        }
        out.push(parent.to_owned());
        path = parent;
    }
    out
}

fn ends_in_major(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    last.strip_prefix('v')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
