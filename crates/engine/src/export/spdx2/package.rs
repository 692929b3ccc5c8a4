//! Packages and files of SPDX 2.3 (clauses 7 and 8).

use super::Writer;
use crate::export::object::Object;
use crate::export::{mend, words};
use crate::sbom::document::{Claim, Hash, Part, Party, Reference};
use serde_json::{Value, json};

/// Kinds of links that SPDX puts among the security references (Annex F.2).
const SECURITY: [(&str, &str); 3] = [("advisories", "advisory"), ("fix", "fix"), ("url", "url")];

/// `Person: name (address)` or `Organization: …` (clauses 6.8 and 7.5).
pub(super) fn actor(party: &Party) -> Option<String> {
    let name = words::one_line(words::party_name(party)?);
    let kind = if party.is_person {
        "Person"
    } else {
        "Organization"
    };
    let email = party.emails.first().map(|email| words::one_line(email));
    let email = email.filter(|email| *email != name);
    Some(match email {
        Some(email) => format!("{kind}: {name} ({email})"),
        None => format!("{kind}: {name}"),
    })
}

impl Writer<'_> {
    /// The component as a package, files too: an SPDX file has no version, supplier or identity.
    pub(super) fn entry(&mut self, part: &Part, place: usize) -> Object {
        let mut facts = words::cyclonedx_only(part);
        facts.splice(0..0, part.properties.iter().cloned());
        let mut entry = Object::new();
        entry.put("SPDXID", self.refs.at(place));
        self.package(part, &mut entry, &mut facts);
        let checksums = self.checksums(&part.hashes, &part.place, &mut facts);
        entry.list("checksums", checksums);
        let concluded = self.licenses.expression(&part.licenses_concluded);
        entry.some("licenseConcluded", concluded);
        let copyright = match &part.copyright {
            Claim::Known(text) => Some(text.as_str()),
            other => words::unknown(other),
        };
        entry.some("copyrightText", copyright);
        let annotations = self.annotations(facts.into_iter());
        entry.list("annotations", annotations);
        entry
    }

    fn package(&mut self, part: &Part, entry: &mut Object, facts: &mut Vec<(String, String)>) {
        entry.put("name", part.name.as_str());
        match &part.version {
            Claim::Known(version) => drop(entry.put("versionInfo", version.as_str())),
            other => {
                facts.extend(words::unknown(other).map(|word| ("spdx:version".into(), word.into())))
            }
        }
        entry.some("packageFileName", part.file_name.as_deref());
        entry.some("supplier", party(&part.supplier));
        entry.some("originator", party(&part.manufacturer));
        for claim in [&part.supplier, &part.manufacturer] {
            let party = claim.known();
            let more = party.map_or(0, |party| {
                party.urls.len() + party.emails.len().saturating_sub(1)
            });
            let urls = party.into_iter().flat_map(|party| &party.urls);
            facts.extend(urls.map(|url| ("bonafide:party:url".to_owned(), url.clone())));
            let emails = party
                .into_iter()
                .flat_map(|party| party.emails.iter().skip(1));
            facts.extend(emails.map(|email| ("bonafide:party:email".to_owned(), email.clone())));
            self.losses.add(
                "further addresses of a party (kept as annotations)",
                more,
                &part.place,
            );
        }
        let download = part.references.iter().position(is_download);
        let location = download.map(|index| part.references[index].url.as_str());
        entry.put("downloadLocation", location.unwrap_or("NOASSERTION"));
        entry.put("filesAnalyzed", false);
        let home = part.references.iter().position(is_home);
        entry.some(
            "homepage",
            home.map(|index| part.references[index].url.as_str()),
        );
        entry.some("sourceInfo", part.source_info.as_deref());
        let declared = self.licenses.expression(&part.licenses_declared);
        entry.some("licenseDeclared", declared);
        entry.some("description", part.description.as_deref());
        match words::spdx2_purpose(&part.kind) {
            Some(purpose) => drop(entry.put("primaryPackagePurpose", purpose)),
            None if part.kind.is_empty() => {}
            None => facts.push(("cyclonedx:type".to_owned(), part.kind.clone())),
        }
        let used: Vec<usize> = download.into_iter().chain(home).collect();
        let references = self.external_references(part, &used, facts);
        entry.list("externalRefs", references);
    }

    fn external_references(
        &mut self,
        part: &Part,
        used: &[usize],
        facts: &mut Vec<(String, String)>,
    ) -> Vec<Value> {
        let mut list = Vec::new();
        for purl in &part.purls {
            if let Some(purl) = mend::purl(purl) {
                list.push(reference("PACKAGE-MANAGER", "purl", &purl, None));
            } else {
                self.losses.one(
                    "package URL that is none (kept as an annotation)",
                    &part.place,
                );
                facts.push(("bonafide:purl:invalid".to_owned(), purl.clone()));
            }
        }
        for cpe in &part.cpes {
            let is_new = cpe
                .get(..8)
                .is_some_and(|head| head.eq_ignore_ascii_case("cpe:2.3:"));
            if mend::is_cpe(cpe) {
                let ty = if is_new { "cpe23Type" } else { "cpe22Type" };
                list.push(reference("SECURITY", ty, cpe, None));
            } else {
                self.losses
                    .one("broken CPE name (kept as an annotation)", &part.place);
                facts.push(("bonafide:cpe".to_owned(), cpe.clone()));
            }
        }
        for (kind, text) in &part.identifiers {
            let place = match kind.as_str() {
                "swid" => Some(("SECURITY", "swid")),
                "gitoid" | "omniborid" | "omniborId" => Some(("PERSISTENT-ID", "gitoid")),
                "swhid" => Some(("PERSISTENT-ID", "swh")),
                _ => None,
            };
            match place.filter(|_| is_locator(text)) {
                Some((category, ty)) => list.push(reference(category, ty, text, None)),
                None => facts.push((format!("bonafide:identifier:{kind}"), text.clone())),
            }
        }
        for (index, link) in part.references.iter().enumerate() {
            if !link.hashes.is_empty() {
                self.losses
                    .add("hashes of links", link.hashes.len(), &part.place);
            }
            if used.contains(&index) {
                continue;
            }
            let ty = crate::export::refs::plain(&link.kind);
            if !is_locator(&link.url) {
                self.losses
                    .one("link that is no URL (kept as an annotation)", &part.place);
                facts.push((format!("bonafide:externalReference:{ty}"), link.url.clone()));
                continue;
            }
            let security = SECURITY.into_iter().find(|(kind, _)| *kind == link.kind);
            let comment = link.comment.as_deref();
            list.push(match security {
                Some((_, ty)) => reference("SECURITY", ty, &link.url, comment),
                None => reference("OTHER", &ty, &link.url, comment),
            });
        }
        list
    }

    fn checksums(
        &mut self,
        hashes: &[Hash],
        place: &str,
        facts: &mut Vec<(String, String)>,
    ) -> Vec<Value> {
        let mut list = Vec::new();
        for hash in hashes {
            match words::spdx2_algorithm(&hash.algorithm) {
                Some(algorithm) if mend::is_hex(&hash.value) => {
                    let value = hash.value.to_ascii_lowercase();
                    list.push(json!({"algorithm": algorithm, "checksumValue": value}));
                }
                _ => {
                    self.losses.one(
                        "hash that SPDX does not know (kept as an annotation)",
                        place,
                    );
                    facts.push((
                        format!("bonafide:hash:{}", hash.algorithm),
                        hash.value.clone(),
                    ));
                }
            }
        }
        list
    }
}

fn party(claim: &Claim<Party>) -> Option<String> {
    match claim {
        Claim::Absent => None,
        Claim::Unknown | Claim::None => Some("NOASSERTION".to_owned()),
        Claim::Known(party) => Some(actor(party).unwrap_or_else(|| "NOASSERTION".to_owned())),
    }
}

fn reference(category: &str, ty: &str, locator: &str, comment: Option<&str>) -> Value {
    let mut entry = Object::new();
    entry.put("referenceCategory", category);
    entry.put("referenceType", ty);
    entry.put("referenceLocator", locator);
    entry.some("comment", comment);
    entry.into()
}

/// A locator has no spaces (clause 7.21).
fn is_locator(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn is_download(reference: &Reference) -> bool {
    let is_place = reference.kind == "distribution";
    is_place && reference.comment.is_none() && mend::is_iri(&reference.url)
}

fn is_home(reference: &Reference) -> bool {
    let is_home = reference.kind == "website";
    is_home && reference.comment.is_none() && mend::is_iri(&reference.url)
}
