//! Checks that more than one profile makes.

use super::Outcome;
use super::facts::{Completeness, Facts, Family};
use super::forms::{first_unlisted, is_digest, is_email, is_instant, is_web_address};
use crate::cpe::Cpe;
use crate::purl::Purl;
use crate::sbom::document::{Claim, Hash, License, Part, Party};

/// Someone who can be reached: an e-mail address, else a web address.
pub(super) fn reachable<'p>(parties: impl Iterator<Item = &'p Party>) -> Outcome {
    let mut wrong = None;
    for party in parties {
        for email in &party.emails {
            if is_email(email) {
                return Outcome::Passed;
            }
            wrong.get_or_insert(email);
        }
        for url in &party.urls {
            if is_web_address(url) {
                return Outcome::Passed;
            }
            wrong.get_or_insert(url);
        }
    }
    wrong.map_or(Outcome::Missing, |text| Outcome::Invalid(text.clone()))
}

/// Somebody with a name, an e-mail address or a web address.
pub(super) fn is_named(party: &Party) -> bool {
    party.name.is_some() || !party.emails.is_empty() || !party.urls.is_empty()
}

/// Who made the document. CycloneDX 1.6: `metadata.manufacturer` is "the organization that created
/// the BOM", `authors` are its people; before 1.6 `manufacture` was the maker of the product.
pub(super) fn creators<'d>(facts: &Facts<'d>) -> impl Iterator<Item = &'d Party> {
    let is_maker_of_document =
        facts.family() == Family::CycloneDx && facts.spec() >= Some((1, 6, 0));
    let manufacturer = facts.document.manufacturer.as_ref();
    let manufacturer = manufacturer.filter(|_| is_maker_of_document);
    manufacturer.into_iter().chain(&facts.document.authors)
}

/// CycloneDX or SPDX, in a version that can be told.
pub(super) fn format_known(facts: &Facts<'_>) -> Outcome {
    match (facts.spec(), facts.document.spec_version.as_str()) {
        (Some(_), _) => Outcome::Passed,
        (None, "") => Outcome::Missing,
        (None, text) => Outcome::Invalid(text.to_owned()),
    }
}

/// When the document was made. SPDX knows one form only, `YYYY-MM-DDThh:mm:ssZ` (SPDX 2.3, 6.9).
pub(super) fn timestamp(facts: &Facts<'_>) -> Outcome {
    let Some(text) = &facts.document.created_at_text else {
        return Outcome::Missing;
    };
    let is_utc = facts.family() == Family::CycloneDx || text.trim().ends_with('Z');
    if is_instant(text) && is_utc {
        Outcome::Passed
    } else {
        Outcome::Invalid(text.clone())
    }
}

pub(super) fn name(_: &Facts<'_>, part: &Part) -> Outcome {
    match part.name.trim() {
        "" => Outcome::Missing,
        "NOASSERTION" => Outcome::Unknown,
        _ => Outcome::Passed,
    }
}

pub(super) fn version(_: &Facts<'_>, part: &Part) -> Outcome {
    match &part.version {
        Claim::Known(_) => Outcome::Passed,
        Claim::Unknown => Outcome::Unknown,
        // "NONE" is no version, and no word for "not known" either.
        Claim::None => Outcome::Invalid("NONE".to_owned()),
        Claim::Absent => Outcome::Missing,
    }
}

/// Package URLs, CPEs and others; the first that cannot be read is told.
pub(super) fn identifiers(_: &Facts<'_>, part: &Part) -> Outcome {
    let mut purls = part.purls.iter();
    let mut cpes = part.cpes.iter();
    let wrong = purls.find(|text| Purl::parse(text).is_err());
    let wrong = wrong.or_else(|| cpes.find(|text| Cpe::parse(text).is_err()));
    let has_any = !part.purls.is_empty() || !part.cpes.is_empty() || !part.identifiers.is_empty();
    match wrong {
        Some(text) => Outcome::Invalid(text.clone()),
        None if has_any => Outcome::Passed,
        None => Outcome::Missing,
    }
}

/// Whether the component stands in the graph; said not to be known counts as unknown.
pub(super) fn relationship(facts: &Facts<'_>, part: &Part) -> Outcome {
    if facts.is_in_graph(part) {
        return Outcome::Passed;
    }
    match facts.completeness(part) {
        Some(Completeness::Unknown) => Outcome::Unknown,
        _ => Outcome::Missing,
    }
}

/// Whether one can tell "depends on nothing" from "nobody looked".
pub(super) fn known_unknowns(facts: &Facts<'_>, part: &Part) -> Outcome {
    match facts.completeness(part) {
        Some(Completeness::Unknown) => Outcome::Unknown,
        Some(Completeness::Known) => Outcome::Passed,
        None if facts.has_dependencies_said(part) => Outcome::Passed,
        None => Outcome::Missing,
    }
}

/// Whoever made or supplied the component. `NOASSERTION` counts only when nobody is named. What
/// stands in CycloneDX's `metadata` is about the subject.
pub(super) fn producer(facts: &Facts<'_>, part: &Part) -> Outcome {
    let document = facts.document;
    // From 1.6 on the manufacturer there made the document, see `creators`.
    let maker = document.manufacturer.as_ref();
    let maker = maker.filter(|_| facts.spec() < Some((1, 6, 0)));
    let of_subject = maker.into_iter().chain(&document.supplier);
    let of_subject = of_subject.filter(|_| facts.is_subject(part));
    let claims = [&part.manufacturer, &part.supplier];
    let known = claims.iter().filter_map(|claim| claim.known());
    let mut parties = known.chain(&part.authors).chain(of_subject);
    if parties.any(is_named) || part.publisher.is_some() {
        Outcome::Passed
    } else if claims.iter().any(|claim| **claim == Claim::Unknown) {
        Outcome::Unknown
    } else {
        Outcome::Missing
    }
}

/// Licences that must be SPDX ids or expressions.
pub(super) fn listed_licenses(claim: &Claim<Vec<License>>) -> Outcome {
    match claim {
        Claim::Absent => Outcome::Missing,
        Claim::Unknown => Outcome::Unknown,
        Claim::None => Outcome::Invalid("NONE".to_owned()),
        Claim::Known(licenses) => match first_unlisted(licenses) {
            Some(license) => Outcome::Invalid(license.text().to_owned()),
            None => Outcome::Passed,
        },
    }
}

/// All digests of a component: its own, and those of the files it is delivered in.
pub(super) fn digests(part: &Part) -> impl Iterator<Item = &Hash> {
    let delivered = part
        .references
        .iter()
        .filter(|link| is_distribution(&link.kind));
    part.hashes
        .iter()
        .chain(delivered.flat_map(|link| &link.hashes))
}

/// Whether a link leads to what is delivered.
pub(super) fn is_distribution(kind: &str) -> bool {
    matches!(kind, "distribution" | "distribution-intake")
}

pub(super) fn hash_value(_: &Facts<'_>, part: &Part) -> Outcome {
    let mut wrong = None;
    for hash in digests(part) {
        if is_digest(&hash.value) {
            return Outcome::Passed;
        }
        wrong.get_or_insert(&hash.value);
    }
    wrong.map_or(Outcome::Missing, |value| Outcome::Invalid(value.clone()))
}
