//! An entry of `affected`: the product under every key it names, and the statuses of its versions.

use serde_json::Value;

use super::super::{
    Advisory, Affected, CpeCriteria, Problem, Status, StatusFormat, Statuses, Until, VersionStatus,
};
use crate::cpe::Cpe;
use crate::json::tree::{list, owned, text, texts};
use crate::package::PackageKey;
use crate::purl::Purl;

/// Versions read of one product.
const VERSIONS_MAX: usize = 20_000;

pub(super) fn read(product: &Value, place: &str, advisory: &mut Advisory) {
    let statuses = statuses(product);
    let shown = [text(product, "vendor"), text(product, "product")];
    let shown: Vec<&str> = shown
        .into_iter()
        .flatten()
        .filter(|word| says_something(word))
        .collect();
    let name_text = shown.join(" ");
    let before = advisory.affected.len();
    let mut add = |package: PackageKey, cpe: Option<CpeCriteria>| {
        advisory.affected.push(Affected {
            package,
            name_text: name_text.clone(),
            statuses: Some(statuses.clone()),
            cpe,
            ..Affected::default()
        });
    };
    let mut problem = None;
    if let Some(purl) = text(product, "packageURL") {
        // The schema wants a package URL without a version; where there is one, it says nothing.
        match Purl::parse(purl).map(|purl| key_of(&purl)) {
            Ok(Some(key)) => add(key, None),
            Ok(None) => {}
            Err(_) => problem = Some("purl-unreadable"),
        }
    }
    if let Some(key) = of_collection(product) {
        add(key, None);
    }
    for text in texts(product, "cpes") {
        match Cpe::parse(text)
            .ok()
            .and_then(|cpe| Some((cpe.package()?, cpe)))
        {
            Some((key, cpe)) => add(key, Some(any_version(&cpe))),
            None => problem = Some("cpe-unreadable"),
        }
    }
    let has_commits = statuses.entries.iter().any(|entry| entry.kind == "git");
    if let Some(key) = text(product, "repo").and_then(PackageKey::of_repository)
        && has_commits
    {
        add(key, None);
    }
    let name = text(product, "product").filter(|name| says_something(name));
    let name = name.or(text(product, "packageName"));
    if let Some(key) = name.and_then(PackageKey::of_product) {
        add(key, None);
    }
    if advisory.affected.len() == before {
        problem = problem.or(Some("affected-without-package"));
    }
    if let Some(code) = problem {
        advisory.problems.push(Problem {
            code,
            place: place.to_owned(),
            text: "A product of this entry is named in no way we can look up.".to_owned(),
        });
    }
}

/// The versions of `cpes` are said by `versions`, so theirs is any.
fn any_version(cpe: &Cpe) -> CpeCriteria {
    CpeCriteria {
        criteria: cpe.clone().with_version("").formatted(),
        ..CpeCriteria::default()
    }
}

fn key_of(purl: &Purl) -> Option<PackageKey> {
    purl.package()
        .or_else(|| PackageKey::of_repository_purl(purl))
}

fn says_something(word: &str) -> bool {
    let word = word.trim_matches(['[', ']']).to_ascii_lowercase();
    !matches!(
        word.as_str(),
        "" | "n/a" | "unknown" | "unspecified" | "none" | "-"
    )
}

/// Where collections keep their packages, and the ecosystem that is.
const COLLECTIONS: [(&str, &str); 16] = [
    ("crates.io", "crates.io"),
    ("npmjs.com", "npm"),
    ("npmjs.org", "npm"),
    ("pypi.org", "PyPI"),
    ("python.org", "PyPI"),
    ("maven.apache.org", "Maven"),
    ("maven.org", "Maven"),
    ("mvnrepository.com", "Maven"),
    ("rubygems.org", "RubyGems"),
    ("nuget.org", "NuGet"),
    ("packagist.org", "Packagist"),
    ("pkg.go.dev", "Go"),
    ("golang.org", "Go"),
    ("hex.pm", "Hex"),
    ("pub.dev", "Pub"),
    ("r-project.org", "CRAN"),
];

fn of_collection(product: &Value) -> Option<PackageKey> {
    let (collection, name) = (
        text(product, "collectionURL")?,
        text(product, "packageName")?,
    );
    let rest = collection
        .split_once("://")
        .map_or(collection, |(_, rest)| rest);
    let host = rest
        .split(['/', ':'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_of = |known: &str| host == known || host.ends_with(&format!(".{known}"));
    if let Some((_, ecosystem)) = COLLECTIONS.iter().find(|(known, _)| is_of(known)) {
        return Some(PackageKey::from_osv(ecosystem, name));
    }
    let is_forge = ["github.com", "gitlab.com", "bitbucket.org"]
        .into_iter()
        .any(is_of);
    let path = rest.trim_end_matches('/').matches('/').count();
    match (is_forge, path) {
        (true, 2..) => PackageKey::of_repository(collection),
        (true, _) if name.contains('/') => {
            PackageKey::of_repository(&format!("https://{host}/{name}"))
        }
        _ => None,
    }
}

fn statuses(product: &Value) -> Statuses {
    let versions = list(product, "versions").iter().take(VERSIONS_MAX);
    Statuses {
        format: StatusFormat::Cve,
        default: text(product, "defaultStatus").map_or(Status::Unknown, status),
        entries: versions.filter_map(entry).collect(),
    }
}

fn status(word: &str) -> Status {
    match word {
        "affected" => Status::Affected,
        "unaffected" => Status::Unaffected,
        _ => Status::Unknown,
    }
}

/// One item of `versions`; `None` when it says no version at all (`n/a`).
fn entry(item: &Value) -> Option<VersionStatus> {
    let version = owned(item, "version");
    let kind = owned(item, "versionType").to_ascii_lowercase();
    let end = |text: &str| match says_something(text) {
        true => text.to_owned(),
        // Records converted from format 4 write "unspecified" for "no end".
        false => "*".to_owned(),
    };
    let until = match (text(item, "lessThan"), text(item, "lessThanOrEqual")) {
        (Some(text), _) => Some(Until::LessThan(end(text))),
        (None, Some(text)) => Some(Until::LessThanOrEqual(end(text))),
        (None, None) => None,
    };
    let changes = list(item, "changes").iter().filter_map(|change| {
        let at = text(change, "at")?.to_owned();
        Some((at, text(change, "status").map_or(Status::Unknown, status)))
    });
    let mut entry = VersionStatus {
        kind,
        changes: changes.collect(),
        ..VersionStatus::single(
            text(item, "status").map_or(Status::Unknown, status),
            &version,
        )
    };
    if until.is_some() {
        if !says_something(&version) || version == "*" {
            entry.version = "0".to_owned();
        }
        entry.until = until;
    } else if version == "*" {
        entry.version = String::new();
    } else if let Some((from, until)) = comparators(&version) {
        entry.version = from;
        entry.until = Some(until);
    } else if !says_something(&version) {
        return None;
    }
    Some(entry)
}

/// A range written into `version` (`>= 1.0, < 1.10.5`), as a large CNA does. The schema knows no
/// such thing, so how its versions are ordered is not said either.
pub(in crate::advisory) fn comparators(text: &str) -> Option<(String, Until)> {
    let (mut from, mut until) = (None, None);
    for part in text.split([',', '|']).map(str::trim) {
        let operator: String = part.chars().take_while(|c| "<>=".contains(*c)).collect();
        let version = part[operator.len()..].trim();
        if version.is_empty() || version.contains(['<', '>', '=']) {
            return None;
        }
        match operator.as_str() {
            "<" => until = Some(Until::LessThan(version.to_owned())),
            "<=" => until = Some(Until::LessThanOrEqual(version.to_owned())),
            // What comes right after a version is not before it.
            ">" | ">=" => from = Some(version.to_owned()),
            _ => return None,
        }
    }
    if from.is_none() && until.is_none() {
        return None;
    }
    let from = from.unwrap_or_else(|| "0".to_owned());
    Some((
        from,
        until.unwrap_or_else(|| Until::LessThanOrEqual("*".to_owned())),
    ))
}
