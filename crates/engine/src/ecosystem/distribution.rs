//! Distributions: from a package URL of a `deb`, `rpm` or `apk` package to the keys under which
//! the distribution's own advisories name it.
//!
//! Three things decide, and each can be missing: which distribution (the namespace, or the
//! qualifier `distro`), which release of it (`distro`), and which source package it was built from
//! (`upstream`, as `name` or `name@version`). What is missing leaves the answer open; nothing is
//! filled in by looking at what would match. A record of another release, of another distribution
//! or of the upstream project is never looked at: fixes are backported under versions of their own.

use super::{ALL, Ecosystem, Unmapped, root};
use crate::lookup::{Basis, Lookup};
use crate::package::PackageKey;
use crate::purl::Purl;

/// What is known of one distribution; each stands in the file of its ecosystem.
#[derive(Debug)]
pub(crate) struct Distribution {
    /// The purl types of its packages.
    pub types: &'static [&'static str],
    /// `ID` of os-release(5), purl namespaces and names that tools write, in lower case.
    pub ids: &'static [&'static str],
    pub named_by: NamedBy,
    /// The release as advisories need it, from an id and a release as tools write it (`12.5`,
    /// `bookworm`); `None` when it is none.
    pub release: fn(id: &str, text: &str) -> Option<String>,
    /// The suffixes of OSV's ecosystem name for a release, the surest first; an empty one stands
    /// for the name alone.
    pub scopes: fn(id: &str, release: &str, purl: &Purl) -> Vec<Scope>,
    /// The releases that are asked for when it is not known which one it is.
    pub releases: &'static [&'static str],
    /// The release that a version gives away.
    pub hint: fn(version: &str) -> Option<String>,
}

/// Whose name a distribution's records give (OSV schema, "Defined Ecosystems").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedBy {
    /// The source package.
    Source,
    /// The installed package, or the source package.
    Either,
}

/// A suffix of an ecosystem's name, and how sure it is.
pub(crate) struct Scope {
    pub suffix: String,
    pub basis: Basis,
}

impl Scope {
    pub fn named(suffix: impl Into<String>) -> Self {
        Self {
            suffix: suffix.into(),
            basis: Basis::Named,
        }
    }

    pub fn with(suffix: impl Into<String>, basis: Basis) -> Self {
        Self {
            suffix: suffix.into(),
            basis,
        }
    }
}

/// A distribution without releases: everybody has the newest.
pub(crate) const ROLLING: Distribution = Distribution {
    types: &["apk"],
    ids: &[],
    named_by: NamedBy::Either,
    release: |_, _| Some(String::new()),
    scopes: |_, _, _| vec![Scope::named("")],
    releases: &[""],
    hint: |_| None,
};

/// A distribution whose releases count in whole numbers.
pub(crate) const NUMBERED: Distribution = Distribution {
    types: &["rpm"],
    ids: &[],
    named_by: NamedBy::Source,
    release: |_, text| major(text),
    scopes: |_, release, _| vec![Scope::named(release)],
    releases: &[],
    hint: |_| None,
};

/// Keys per component at most; a package of unknown release has one for each release.
const LOOKUPS_MAX: usize = 64;

/// Whether a purl of this type names a package of a distribution.
pub(crate) fn is_type(ty: &str) -> bool {
    matches!(ty, "deb" | "rpm" | "apk")
}

/// The keys of a distribution's package, the surest first; never empty.
pub(crate) fn lookups(purl: &Purl) -> Result<Vec<Lookup>, Unmapped> {
    let place = Place::of(purl)?;
    let version = purl.version.as_deref().unwrap_or_default();
    let scopes = place.scopes(purl, version);
    let names = names_of(purl, place.distribution.named_by);
    let mut out: Vec<Lookup> = Vec::with_capacity(scopes.len() * names.len() + 1);
    let mut push = |suffix: &str, basis: Basis| {
        let base = place.ecosystem.osv;
        let ecosystem = match suffix {
            "" => base.to_owned(),
            suffix => format!("{base}:{suffix}"),
        };
        for (name, version) in &names {
            let key = PackageKey {
                ecosystem: ecosystem.clone(),
                name: (place.ecosystem.normalize_name)(name),
            };
            if out.len() < LOOKUPS_MAX && !out.iter().any(|known| known.key == key) {
                out.push(Lookup {
                    key,
                    version: version.clone(),
                    basis,
                });
            }
        }
    };
    // A record without a suffix speaks of every release, so the name alone is always certain. It
    // comes first where no release is.
    let is_decided = scopes.iter().any(|scope| scope.basis == Basis::Named);
    if !is_decided {
        push("", Basis::Named);
    }
    for scope in &scopes {
        push(&scope.suffix, scope.basis);
    }
    push("", Basis::Named);
    Ok(root::rebuilt(purl, out))
}

/// Brings the deciding qualifiers into one form, whoever wrote them: the epoch into the version,
/// `upstream` to `name` or `name@version` (nothing where it says what the name says already), and
/// `distro` to `id-release`. Doing it again changes nothing.
pub(crate) fn settle(purl: &mut Purl) {
    if let Some(epoch) = purl.qualifiers.remove("epoch") {
        set_epoch(purl, &epoch);
    }
    if let Some(text) = purl.qualifiers.remove("upstream") {
        let (name, version) = match rpm_file(&text) {
            Some((name, version)) => (name, Some(version)),
            None => match text.split_once('@') {
                Some((name, version)) => (name, Some(version)),
                None => (text.as_str(), None),
            },
        };
        set_source(purl, name, version);
    }
    if purl
        .qualifiers
        .get("os_name")
        .is_some_and(|name| name == "dhi")
    {
        let of = |key: &str| purl.qualifiers.get(key).map_or("", String::as_str);
        let distro = format!("dhi-{}-{}", of("os_distro"), of("os_version"));
        purl.qualifiers.entry("distro".to_owned()).or_insert(distro);
    }
    if let Some(distro) = distro_of(purl) {
        purl.qualifiers.insert("distro".to_owned(), distro);
    }
}

/// Puts an epoch before a version that has none. Zero is what a missing one means.
pub(crate) fn set_epoch(purl: &mut Purl, epoch: &str) {
    let is_number = !epoch.is_empty() && epoch.bytes().all(|b| b.is_ascii_digit());
    if !is_number || epoch.bytes().all(|b| b == b'0') {
        return;
    }
    if let Some(version) = purl.version.as_mut().filter(|version| !has_epoch(version)) {
        version.insert(0, ':');
        version.insert_str(0, epoch);
    }
}

/// Says which source package it was built from, unless that adds nothing.
pub(crate) fn set_source(purl: &mut Purl, name: &str, version: Option<&str>) {
    if name.is_empty() || name.contains("://") {
        return;
    }
    let own = purl.version.as_deref().unwrap_or_default();
    let version = version.filter(|version| !version.is_empty());
    // The name of a source RPM has no epoch in it; the installed package has the same one.
    let version = version.map(|version| match own.split_once(':') {
        Some((epoch, _)) if purl.ty == "rpm" && !has_epoch(version) => {
            format!("{epoch}:{version}")
        }
        _ => version.to_owned(),
    });
    let text = match version.filter(|version| version != own) {
        Some(version) => format!("{name}@{version}"),
        None if name == purl.name => return,
        None => name.to_owned(),
    };
    purl.qualifiers.insert("upstream".to_owned(), text);
}

fn has_epoch(version: &str) -> bool {
    let before = version.split_once(':').map(|(before, _)| before);
    before.is_some_and(|before| !before.is_empty() && before.bytes().all(|b| b.is_ascii_digit()))
}

/// Name and version of `audit-3.0.7-5.el8.src.rpm`.
pub(crate) fn rpm_file(text: &str) -> Option<(&str, &str)> {
    let stem = text
        .strip_suffix(".src.rpm")
        .or_else(|| text.strip_suffix(".nosrc.rpm"))?;
    let release = stem.rfind('-')?;
    let version = stem[..release].rfind('-')?;
    Some((&stem[..version], &stem[version + 1..]))
}

/// The distribution and release of a purl as the qualifier `distro` has them after normalising:
/// `debian-12`. `None` when the purl does not say which release.
pub(crate) fn distro_of(purl: &Purl) -> Option<String> {
    let place = Place::of(purl).ok()?;
    let release = place.release?;
    Some(join(place.id, &release))
}

/// The same for an operating system as an SBOM names it, for packages of this type.
pub(crate) fn distro_named(name: &str, version: Option<&str>) -> Option<String> {
    let name = name.trim().to_lowercase();
    let version = version.unwrap_or_default();
    let known = distributions().flat_map(|(_, distribution)| {
        let ids = distribution.ids.iter();
        ids.map(move |id| (distribution, *id))
    });
    let is_name = |id: &str| {
        let rest = name.strip_prefix(id);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let (distribution, id) = known
        .filter(|(_, id)| is_name(id))
        .max_by_key(|(_, id)| id.len())?;
    let texts = [version, name[id.len()..].trim_start_matches(['-', ' '])];
    let release = texts
        .into_iter()
        .filter(|text| !text.is_empty())
        .find_map(|text| {
            let text = text.to_lowercase();
            (distribution.release)(id, &text).or_else(|| {
                // `RHEL-9.4.0.Z.EUS`
                let at = text.find(|c: char| c.is_ascii_digit())?;
                (distribution.release)(id, &text[at..])
            })
        })
        .or_else(|| (distribution.release)(id, ""))?;
    Some(join(id, &release))
}

/// Whether two texts in the form of [`distro_of`], or a namespace, mean the same distribution.
pub(crate) fn is_of(distro: &str, purl: &Purl) -> bool {
    let Some((ecosystem, distribution, _, _)) = read(distro) else {
        return false;
    };
    if !distribution.types.contains(&purl.ty.as_str()) {
        return false;
    }
    match purl.namespace.as_deref().map(by_id) {
        Some(Some((own, _, _))) => own.osv == ecosystem.osv,
        Some(None) => false,
        None => true,
    }
}

/// The source package a purl names: the qualifier `upstream`, as `name` or `name@version`.
pub(crate) fn source_of(purl: &Purl) -> Option<(&str, Option<&str>)> {
    let text = purl.qualifiers.get("upstream")?.as_str();
    match text.split_once('@') {
        Some((name, version)) => Some((name, Some(version).filter(|text| !text.is_empty()))),
        None => Some((text, None)),
    }
}

/// The version of the first of [`lookups`].
pub(crate) fn version_of(purl: &Purl) -> Option<&str> {
    let named_by = Place::of(purl).map(|place| place.distribution.named_by);
    let of_source = source_of(purl).and_then(|(_, version)| version);
    match (named_by, of_source) {
        (Ok(NamedBy::Source), Some(version)) => Some(version),
        _ => purl.version.as_deref(),
    }
}

/// Where a package belongs.
struct Place {
    ecosystem: &'static Ecosystem,
    distribution: &'static Distribution,
    id: &'static str,
    release: Option<String>,
}

impl Place {
    fn of(purl: &Purl) -> Result<Self, Unmapped> {
        let own = purl.namespace.as_deref().and_then(by_id);
        let written = purl
            .qualifiers
            .get("distro")
            .map(|text| text.to_lowercase());
        if let Some((ecosystem, distribution, id, rest)) = written.as_deref().and_then(read)
            && distribution.types.contains(&purl.ty.as_str())
        {
            return Ok(Self {
                ecosystem,
                distribution,
                id,
                release: (distribution.release)(id, rest),
            });
        }
        let found =
            own.filter(|(_, distribution, _)| distribution.types.contains(&purl.ty.as_str()));
        let Some((ecosystem, distribution, id)) = found else {
            return Err(match purl.namespace {
                None => Unmapped::NamespaceMissing,
                Some(_) => Unmapped::DistributionNotSupported,
            });
        };
        // `distro=bookworm`, `distro=3.18.4`
        let text = written.unwrap_or_default();
        Ok(Self {
            ecosystem,
            distribution,
            id,
            release: (distribution.release)(id, &text),
        })
    }

    fn scopes(&self, purl: &Purl, version: &str) -> Vec<Scope> {
        let of = |release: &str| (self.distribution.scopes)(self.id, release, purl);
        if let Some(release) = &self.release {
            return of(release);
        }
        let unsure = |scopes: Vec<Scope>, basis: Basis| {
            let sure = scopes
                .into_iter()
                .filter(|scope| scope.basis == Basis::Named);
            sure.map(move |scope| Scope::with(scope.suffix, basis))
        };
        if let Some(release) = (self.distribution.hint)(version) {
            return unsure(of(&release), Basis::ReleaseGuessed).collect();
        }
        let all = self.distribution.releases.iter();
        all.flat_map(|release| unsure(of(release), Basis::ReleaseUndecided))
            .collect()
    }
}

/// Names with the version that goes with each, in the order in which they are asked for.
fn names_of(purl: &Purl, named_by: NamedBy) -> Vec<(String, Option<String>)> {
    let own = (purl.name.clone(), purl.version.clone());
    let Some((name, version)) = source_of(purl) else {
        return vec![own];
    };
    let version = version.map(str::to_owned).or_else(|| purl.version.clone());
    let source = (name.to_owned(), version);
    match named_by {
        NamedBy::Source => vec![source],
        NamedBy::Either => vec![own, source],
    }
}

fn distributions() -> impl Iterator<Item = (&'static Ecosystem, &'static Distribution)> {
    ALL.iter()
        .filter_map(|known| Some((*known, known.distribution?)))
}

type Known = (&'static Ecosystem, &'static Distribution, &'static str);

fn by_id(id: &str) -> Option<Known> {
    let mut all = distributions();
    all.find_map(|(ecosystem, distribution)| {
        let id = distribution.ids.iter().find(|known| **known == id)?;
        Some((ecosystem, distribution, *id))
    })
}

/// `id-release`, by the longest id that fits; what follows the id comes last.
fn read(
    text: &str,
) -> Option<(
    &'static Ecosystem,
    &'static Distribution,
    &'static str,
    &str,
)> {
    let mut best: Option<(Known, &str)> = None;
    for (ecosystem, distribution) in distributions() {
        for id in distribution.ids {
            let Some(rest) = text.strip_prefix(id) else {
                continue;
            };
            let is_whole = rest.is_empty() || rest.starts_with(['-', ' ', ':']);
            let is_longer = best.is_none_or(|((_, _, known), _)| known.len() < id.len());
            if is_whole && is_longer {
                let rest = rest.trim_start_matches(['-', ' ', ':']);
                best = Some(((ecosystem, distribution, id), rest));
            }
        }
    }
    best.map(|((ecosystem, distribution, id), rest)| (ecosystem, distribution, id, rest))
}

fn join(id: &str, release: &str) -> String {
    match release {
        "" => id.to_owned(),
        release => format!("{id}-{release}"),
    }
}

/// `9` of `9.4`, `12 (bookworm)`.
pub(super) fn major(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let digits = &text[..end.unwrap_or(text.len())];
    let is_whole = end.is_none_or(|end| !text[end..].starts_with(|c: char| c.is_alphabetic()));
    (!digits.is_empty() && is_whole && digits.len() < 5).then(|| digits.to_owned())
}

/// `3.18` of `3.18.4`; a number alone is none.
pub(super) fn major_minor(text: &str) -> Option<String> {
    let (first, rest) = text.trim_start_matches('v').split_once('.')?;
    let second = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    let is_number =
        |text: &str| !text.is_empty() && text.len() < 5 && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(first) && is_number(second)).then(|| format!("{first}.{second}"))
}

/// The number after a mark such as `.el`, when nothing but a separator follows: `9` of
/// `3.0.7-18.el9_2`, nothing of `4.1.0-31.el8sat`.
pub(super) fn after_mark(version: &str, mark: &str) -> Option<String> {
    let (_, rest) = version.rsplit_once(mark)?;
    major(rest)
}
