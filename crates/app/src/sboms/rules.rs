//! What of a document goes into the database, and how a document is described. Pure.
//!
//! Only identities go in: the richer facts of a component are read from the archived original.

use super::Warning;
use crate::products::slug;
use bonafide_engine::export::Target;
use bonafide_engine::matching::identities;
use bonafide_engine::package::PackageKey;
use bonafide_engine::sbom::{Component, Format, Identified, Sbom};
use std::collections::{BTreeMap, HashMap};

/// The longest canonical purl that is kept as an identity; a B-tree key of PostgreSQL ends at
/// about 2,700 bytes. Real ones stay below 300.
const PURL_BYTES_MAX: usize = 2_000;
/// Codes for components whose purl can be read but not be kept as an identity.
const TOO_LONG: &str = "purl-too-long";
const NOT_TEXT: &str = "purl-encoding-invalid";

/// The state of the reader, kept with every document it has read. Whoever makes it understand more,
/// or otherwise, counts it up: archived originals are then read again.
pub const READER: i64 = 2;

/// Codes of warnings about what a document describes.
const OTHER_NAME: &str = "subject-other-name";
const OTHER_VERSION: &str = "subject-other-version";
const SUBJECT_CHARS_MAX: usize = 200;

/// A package version that must stand in the dictionary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// The purl's text for matching; the version in it is the purl's, else the component's.
    pub purl: String,
    pub package: Option<PackageKey>,
    /// What is compared under `package`: of a distribution that of the source package.
    pub version: Option<String>,
    /// Why no feed that is waited for covers it; `package` may still be one of a CPE name, a
    /// repository or a bare name.
    pub unmapped: Option<&'static str>,
}

/// What a document adds to the database.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Each once, sorted by purl, so that concurrent intakes never lock in opposite orders.
    pub wanted: Vec<Wanted>,
    /// Index into `wanted` and the component's position in the document.
    pub postings: Vec<(u32, u32)>,
    /// Components that cannot be looked up, by reason.
    pub unidentified: BTreeMap<&'static str, i64>,
}

/// What a document says it describes, when that is something else than the release it is for:
/// another name than `product`, another version than `version`. Pipelines carry all kinds of
/// names, so this is a hint to a person and refuses nothing; a document without a name or a
/// version says nothing. A name may be longer or shorter than the product's (`gateway-firmware`
/// for `Gateway`), and a version may begin with a `v`.
pub fn other_subject(
    subject: Option<&Component>,
    product: &str,
    version: Option<&str>,
) -> Vec<Warning> {
    let Some(subject) = subject else {
        return Vec::new();
    };
    let warning = |code: &str, place: &str, text: String| Warning {
        code: code.to_owned(),
        place: place.to_owned(),
        text,
    };
    let mut found = Vec::new();
    let (theirs, ours) = (slug(&subject.name), slug(product));
    let is_same = theirs.contains(&ours) || ours.contains(&theirs);
    if !subject.name.trim().is_empty() && !is_same {
        let said = shortened(&subject.name);
        let text = format!("the document describes {said:?}, not {product:?}");
        found.push(warning(OTHER_NAME, "/metadata/component/name", text));
    }
    let said = subject.version.as_deref().map(str::trim);
    let bare = |version: &str| version.trim_start_matches(['v', 'V']).to_owned();
    if let (Some(said), Some(version)) = (said.filter(|said| !said.is_empty()), version)
        && bare(said) != bare(version)
    {
        let said = shortened(said);
        let text = format!("the document describes version {said:?}, not {version:?}");
        found.push(warning(OTHER_VERSION, "/metadata/component/version", text));
    }
    found
}

fn shortened(text: &str) -> String {
    text.trim().chars().take(SUBJECT_CHARS_MAX).collect()
}

/// Works out what a document adds.
pub fn plan(document: &Sbom) -> Plan {
    let mut plan = Plan::default();
    let mut by_purl: HashMap<String, usize> = HashMap::with_capacity(document.components.len());
    let mut found: Vec<(usize, u32)> = Vec::with_capacity(document.components.len());
    for (ordinal, component) in (0..).zip(&document.components) {
        match identity(component) {
            Ok(wanted) => {
                if let Some(code) = wanted.unmapped {
                    *plan.unidentified.entry(code).or_default() += 1;
                }
                let next = plan.wanted.len();
                let index = *by_purl.entry(wanted.purl.clone()).or_insert(next);
                if index == next {
                    plan.wanted.push(wanted);
                }
                found.push((index, ordinal));
            }
            Err(code) => *plan.unidentified.entry(code).or_default() += 1,
        }
    }
    sort(plan, found)
}

fn sort(mut plan: Plan, found: Vec<(usize, u32)>) -> Plan {
    let mut order: Vec<usize> = (0..plan.wanted.len()).collect();
    order.sort_by(|a, b| plan.wanted[*a].purl.cmp(&plan.wanted[*b].purl));
    let mut place = vec![0; order.len()];
    for (new, old) in (0..).zip(&order) {
        place[*old] = new;
    }
    plan.wanted.sort_by(|a, b| a.purl.cmp(&b.purl));
    plan.postings = found.into_iter().map(|(i, o)| (place[i], o)).collect();
    plan.postings.sort_unstable();
    plan
}

/// A component as the engine keeps it, without its texts; its list may have grown to twice that.
pub const COMPONENT_BYTES: u64 = 768;
/// A reference as the engine keeps it while it is read, and as a pair afterwards.
pub const REFERENCE_BYTES: u64 = 48;
/// A package version of a plan and its rows on the way to the database, without their texts.
const WANTED_BYTES: u64 = 512;

/// About how many bytes a plan takes, with what writing it takes besides.
pub fn weight_of(plan: &Plan) -> u64 {
    // Each purl stands in the plan, in the question for its id, in the answer, and in its row.
    const COPIES: u64 = 4;
    let texts: usize = plan.wanted.iter().map(|wanted| wanted.purl.len()).sum();
    let places = (plan.wanted.len() + plan.postings.len()) as u64;
    places * WANTED_BYTES + texts as u64 * COPIES
}

/// The identity of a component, or the code that says why it has none. One whose purl leads to no
/// registry is looked up by its CPE name, its repository or its bare name; it counts as unidentified
/// all the same, for no feed that is waited for covers those.
fn identity(component: &Component) -> Result<Wanted, &'static str> {
    let by_purl = identity_by_purl(component);
    let unmapped = match &by_purl {
        Ok(wanted) if wanted.package.is_some() => return by_purl,
        Ok(wanted) => wanted.unmapped,
        Err(code) => Some(*code),
    };
    let others = identities(component).into_iter();
    let mut usable = others.filter(|one| {
        let fits = |text: &str| text.len() <= PURL_BYTES_MAX && !text.contains('\0');
        fits(&one.text) && fits(&one.version) && fits(&one.package.name)
    });
    match usable.next() {
        Some(found) => Ok(Wanted {
            purl: found.text,
            package: Some(found.package),
            version: Some(found.version).filter(|version| !version.is_empty()),
            unmapped,
        }),
        None => by_purl,
    }
}

fn identity_by_purl(component: &Component) -> Result<Wanted, &'static str> {
    let (package, unmapped) = match &component.identified {
        Identified::Package(key) => (Some(key.clone()), None),
        Identified::Unidentified(code) => (None, Some(*code)),
    };
    let Some(purl) = component.matching_purl() else {
        return Err(unmapped.unwrap_or("purl-missing"));
    };
    let version = component.version_to_match().map(str::to_owned);
    let purl = purl.matching_text();
    if purl.len() > PURL_BYTES_MAX {
        return Err(TOO_LONG);
    }
    let name = package.as_ref().map_or("", |key| key.name.as_str());
    if name.contains('\0') || purl.contains('\0') {
        return Err(NOT_TEXT);
    }
    Ok(Wanted {
        purl,
        package,
        version,
        unmapped,
    })
}

/// What documents of a format are called outside: the media type (IANA's where there is one) and
/// the end of the file name.
fn outside(format: &str) -> (&'static str, &'static str) {
    let formats = [
        (
            Format::CyclonedxJson,
            "application/vnd.cyclonedx+json",
            "cdx.json",
        ),
        (
            Format::CyclonedxXml,
            "application/vnd.cyclonedx+xml",
            "cdx.xml",
        ),
        (Format::SpdxJson, "application/spdx+json", "spdx.json"),
        (Format::SpdxYaml, "application/yaml", "spdx.yaml"),
        (Format::SpdxTagValue, "text/spdx; charset=utf-8", "spdx"),
        (Format::SpdxRdf, "application/rdf+xml", "spdx.rdf"),
        (Format::Spdx3JsonLd, "application/spdx+json", "spdx3.json"),
        (Format::SpdxArchive, "application/x-tar", "spdx.tar"),
        (Format::Spdx3Archive, "application/x-tar", "spdx3.tar"),
    ];
    let mut formats = formats.into_iter();
    let found = formats.find(|(known, _, _)| known.as_str() == format);
    found.map_or(("application/octet-stream", "bin"), |(_, kind, ending)| {
        (kind, ending)
    })
}

/// The media type a document is served with.
pub fn media_type(format: &str, spec_version: &str) -> String {
    let version_is_plain = !spec_version.is_empty()
        && spec_version.len() <= 8
        && spec_version
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'.');
    let (kind, _) = outside(format);
    if kind.starts_with("application/vnd.cyclonedx") && version_is_plain {
        format!("{kind}; version={spec_version}")
    } else {
        kind.into()
    }
}

/// The name a downloaded document gets: `gateway-4.2.1-r2.cdx.json`.
pub fn file_name(product_slug: &str, version: &str, revision: i64, format: &str) -> String {
    let (_, ending) = outside(format);
    format!("{product_slug}-{version}-r{revision}.{ending}")
}

/// The name of a document in another format: `gateway-4.2.1-r2.converted.spdx3.json`.
pub fn converted_name(product_slug: &str, version: &str, revision: i64, target: Target) -> String {
    let ending = target.extension();
    format!("{product_slug}-{version}-r{revision}.converted.{ending}")
}

/// Which rows of a component list are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Lower-case text that the name, the version or the purl must contain.
    pub text: String,
    /// Only those that cannot be looked up.
    pub unidentified: bool,
}

impl Filter {
    /// Whether a component belongs to the list.
    pub fn takes(&self, component: &Component) -> bool {
        if self.unidentified && matches!(component.identified, Identified::Package(_)) {
            return false;
        }
        let holds = |text: &str| text.to_lowercase().contains(&self.text);
        self.text.is_empty()
            || holds(&component.name)
            || component.group.as_deref().is_some_and(holds)
            || component.version.as_deref().is_some_and(holds)
            || component.purl_text.as_deref().is_some_and(holds)
    }
}
