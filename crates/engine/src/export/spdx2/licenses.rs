//! Licences in SPDX 2.3: one expression a claim, and texts for what is not on the SPDX list.

use crate::export::{mend, refs};
use crate::sbom::document::{Claim, Document, License};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The licences outside the SPDX list that a document needs (clause 10).
pub(in crate::export) struct Licenses {
    /// The id of a name and its text.
    ids: HashMap<(String, Option<String>), String>,
    taken: HashSet<String>,
    /// What the document itself says of its ids: name and text.
    own: HashMap<String, (String, String)>,
    /// What stands for each id: name and text.
    infos: BTreeMap<String, (String, String)>,
}

/// What a document says that names a licence and brings no text.
const NO_TEXT: &str = "The source of this document names the licence and does not bring its text.";

impl Licenses {
    /// Ids that expressions of the document use are taken.
    pub(in crate::export) fn of(document: &Document) -> Self {
        let mut taken = HashSet::new();
        for part in refs::all(document) {
            let claims = [&part.licenses_declared, &part.licenses_concluded];
            let licenses = claims.into_iter().filter_map(Claim::known).flatten();
            for license in licenses {
                if let License::Expression(text) | License::Id(text) = license {
                    taken.extend(references_in(text).map(str::to_owned));
                }
            }
        }
        let own = document.license_texts.iter().map(|license| {
            let name = license.name.clone().unwrap_or_else(|| license.id.clone());
            let text = license.text.clone().unwrap_or_else(|| NO_TEXT.to_owned());
            (license.id.clone(), (name, text))
        });
        Self {
            ids: HashMap::new(),
            taken: {
                let ids = document.license_texts.iter().map(|own| own.id.clone());
                taken.into_iter().chain(ids).collect()
            },
            own: own.collect(),
            infos: BTreeMap::new(),
        }
    }

    /// The expression of a claim: all of its licences together.
    pub(in crate::export) fn expression(&mut self, claim: &Claim<Vec<License>>) -> Option<String> {
        let licenses = match claim {
            Claim::Absent => return None,
            Claim::Unknown => return Some("NOASSERTION".to_owned()),
            Claim::None => return Some("NONE".to_owned()),
            Claim::Known(licenses) => licenses,
        };
        let mut texts: Vec<String> = licenses.iter().map(|license| self.term(license)).collect();
        if texts.len() > 1 {
            for text in texts.iter_mut().filter(|text| text.contains(' ')) {
                *text = format!("({text})");
            }
        }
        (!texts.is_empty()).then(|| texts.join(" AND "))
    }

    /// A licence as a term of an expression.
    pub(in crate::export) fn term(&mut self, license: &License) -> String {
        let text = license.text();
        let named = match license {
            License::Named { text, .. } => Some(text.clone()),
            License::Id(_) | License::Expression(_) => None,
        };
        // A reference into another document would need that document's digest (clause 6.6).
        if named.is_none() && mend::is_expression(text) && !text.contains("DocumentRef-") {
            for reference in references_in(text) {
                self.inform(reference);
            }
            return text.trim().to_owned();
        }
        // An id of the document's own stays what it is.
        if is_reference(text) && (self.own.contains_key(text) || named == Some(None)) {
            self.inform(text);
            return text.to_owned();
        }
        let key = (text.to_owned(), named.flatten());
        if let Some(id) = self.ids.get(&key) {
            return id.clone();
        }
        let own = text.strip_prefix("LicenseRef-").unwrap_or(text);
        let wished = format!("LicenseRef-{}", refs::plain(own));
        let mut id = wished.clone();
        let mut number = 2;
        while !self.taken.insert(id.clone()) && self.infos.contains_key(&id) {
            id = format!("{wished}-{number}");
            number += 1;
        }
        let extracted = key.1.clone().unwrap_or_else(|| NO_TEXT.to_owned());
        self.infos.insert(id.clone(), (text.to_owned(), extracted));
        self.ids.insert(key, id.clone());
        id
    }

    /// Brings name and text of an id of the document's own.
    fn inform(&mut self, id: &str) {
        let none = || (id.to_owned(), NO_TEXT.to_owned());
        let info = self.own.get(id).cloned().unwrap_or_else(none);
        self.infos.entry(id.to_owned()).or_insert(info);
    }

    /// `hasExtractedLicensingInfos`, sorted by id.
    pub(in crate::export) fn extracted(&self) -> Vec<Value> {
        let infos = self.infos.iter();
        infos
            .map(|(id, (name, text))| json!({"licenseId": id, "name": name, "extractedText": text}))
            .collect()
    }

    /// Whether a licence outside the SPDX list has this id.
    pub(in crate::export) fn has(&self, id: &str) -> bool {
        self.infos.contains_key(id)
    }

    /// Id, name and text of every licence outside the SPDX list, sorted by id.
    pub(in crate::export) fn infos(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let infos = self.infos.iter();
        infos.map(|(id, (name, text))| (id.as_str(), name.as_str(), text.as_str()))
    }
}

/// `LicenseRef-` and letters, digits, dots and hyphens (clause 10.1).
fn is_reference(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let id = text.strip_prefix("LicenseRef-");
    id.is_some_and(|id| !id.is_empty() && id.chars().all(is_plain))
}

/// The `LicenseRef-` and `AdditionRef-` ids in an expression.
fn references_in(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '(', ')', '+', '\t', '\n', '\r'])
        .filter(|word| word.starts_with("LicenseRef-") || word.starts_with("AdditionRef-"))
}
