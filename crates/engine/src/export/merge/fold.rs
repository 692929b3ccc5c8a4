//! What two inputs say of one component, together. The first one counts where only one can.

use super::{CONTRADICTION_PROPERTY, SOURCE_PROPERTY};
use crate::export::words;
use crate::sbom::document::{Claim, License, NotUnderstood, Part, Party};
use serde_json::Value;

/// Lists longer than this are not searched for doubles: the search is quadratic.
const UNION_MAX: usize = 2_000;

/// Adds what is not there yet, in order.
pub(super) fn union<T: PartialEq + Clone>(into: &mut Vec<T>, more: &[T]) {
    for item in more {
        if into.len() > UNION_MAX || !into.contains(item) {
            into.push(item.clone());
        }
    }
}

/// A property, once.
pub(super) fn note(part: &mut Part, name: &str, value: String) {
    union(&mut part.properties, &[(name.to_owned(), value)]);
}

/// Adds what `more` says to `part`, and notes where it says something else. Hands out the fields
/// beyond the model that both have alike, with how often they count.
pub(super) fn into(part: &mut Part, more: &Part, source: &str) -> Vec<(String, usize)> {
    let mut against: Vec<String> = Vec::new();
    let mut differs = |field: &str, kept: &str, other: &str| {
        against.push(format!(
            "{field}: {source} says {other:?}, kept is {kept:?}"
        ));
    };
    claim(
        &mut part.version,
        &more.version,
        "version",
        &mut differs,
        Clone::clone,
    );
    claim(
        &mut part.supplier,
        &more.supplier,
        "supplier",
        &mut differs,
        party,
    );
    claim(
        &mut part.manufacturer,
        &more.manufacturer,
        "manufacturer",
        &mut differs,
        party,
    );
    claim(
        &mut part.copyright,
        &more.copyright,
        "copyright",
        &mut differs,
        Clone::clone,
    );
    claim(
        &mut part.licenses_declared,
        &more.licenses_declared,
        "licences declared",
        &mut differs,
        |list| licenses(list),
    );
    claim(
        &mut part.licenses_concluded,
        &more.licenses_concluded,
        "licences concluded",
        &mut differs,
        |list| licenses(list),
    );
    identity(part, more, &mut differs);
    part.description = part.description.take().or_else(|| more.description.clone());
    part.source_info = part.source_info.take().or_else(|| more.source_info.clone());
    part.scope = stronger(part.scope.take(), more.scope.clone());
    // What one input delivers is part of the product, whatever another one leaves to others.
    part.is_external &= more.is_external;
    union(&mut part.purls, &more.purls);
    union(&mut part.cpes, &more.cpes);
    union(&mut part.identifiers, &more.identifiers);
    union(&mut part.authors, &more.authors);
    union(&mut part.references, &more.references);
    union(&mut part.properties, &more.properties);
    let alike = beyond(part, more, &mut differs);
    note(part, SOURCE_PROPERTY, source.to_owned());
    for text in against {
        note(part, CONTRADICTION_PROPERTY, text);
    }
    alike
}

/// The fields beyond the model; hands out those that both have alike.
fn beyond(
    part: &mut Part,
    more: &Part,
    differs: &mut impl FnMut(&str, &str, &str),
) -> Vec<(String, usize)> {
    let mut alike = Vec::new();
    for (field, value) in &more.kept {
        match part.kept.get_mut(field) {
            None => drop(part.kept.insert(field.clone(), value.clone())),
            Some(own) if own == value => {
                alike.push((field.clone(), NotUnderstood::times_of(value)));
            }
            Some(own) => {
                let what = |value: &Value| format!("{} bytes of JSON", value.to_string().len());
                differs(field, &what(own), &what(value));
            }
        }
    }
    alike
}

/// Single texts, the kind and the digests.
fn identity(part: &mut Part, more: &Part, differs: &mut impl FnMut(&str, &str, &str)) {
    let texts = [
        ("group", &mut part.group, &more.group),
        ("publisher", &mut part.publisher, &more.publisher),
        (
            "version range",
            &mut part.version_range,
            &more.version_range,
        ),
        ("file name", &mut part.file_name, &more.file_name),
    ];
    for (field, own, other) in texts {
        match (&own, other) {
            (Some(kept), Some(other)) if kept != other => differs(field, kept, other),
            (None, Some(_)) => own.clone_from(other),
            _ => {}
        }
    }
    if part.kind.is_empty() {
        part.kind.clone_from(&more.kind);
    } else if !more.kind.is_empty() && part.kind != more.kind {
        differs("kind", &part.kind, &more.kind);
    }
    for hash in &more.hashes {
        let own = part
            .hashes
            .iter()
            .find(|own| own.algorithm == hash.algorithm);
        match own {
            Some(own) if !own.value.eq_ignore_ascii_case(&hash.value) => {
                differs(&hash.algorithm, &own.value, &hash.value);
            }
            Some(_) => {}
            None => part.hashes.push(hash.clone()),
        }
    }
}

fn claim<T: PartialEq + Clone>(
    own: &mut Claim<T>,
    more: &Claim<T>,
    field: &str,
    differs: &mut impl FnMut(&str, &str, &str),
    text: impl Fn(&T) -> String,
) {
    match (&own, more) {
        (Claim::Known(kept), Claim::Known(other)) => {
            let (kept, other) = (text(kept), text(other));
            if kept != other {
                differs(field, &kept, &other);
            }
        }
        (Claim::Absent, _) | (Claim::Unknown, Claim::None | Claim::Known(_)) => {
            own.clone_from(more)
        }
        (Claim::None, Claim::Known(other)) => differs(field, "NONE", &text(other)),
        (Claim::Known(kept), Claim::None) => differs(field, &text(kept), "NONE"),
        _ => {}
    }
}

fn party(party: &Party) -> String {
    words::party_name(party).unwrap_or_default().to_owned()
}

fn licenses(licenses: &[License]) -> String {
    let mut texts: Vec<&str> = licenses.iter().map(License::text).collect();
    texts.sort_unstable();
    texts.join(" AND ")
}

/// A component that anybody requires is required.
fn stronger(own: Option<String>, more: Option<String>) -> Option<String> {
    // Saying nothing means required (CycloneDX, `scope`).
    let rank = |scope: &Option<String>| match scope.as_deref() {
        Some("excluded") => 0,
        Some("optional") => 1,
        _ => 2,
    };
    if rank(&more) > rank(&own) { more } else { own }
}
