//! Who a component is, and how it is called in the merged document.

use crate::export::mend;
use crate::purl::Purl;
use crate::sbom::Format;
use crate::sbom::document::{Document, Part};
use std::collections::{HashMap, HashSet};

/// Digests that two different files do not share by accident or by intent.
const STRONG: [&str; 10] = [
    "SHA-256",
    "SHA-384",
    "SHA-512",
    "SHA3-256",
    "SHA3-384",
    "SHA3-512",
    "BLAKE2b-256",
    "BLAKE2b-384",
    "BLAKE2b-512",
    "BLAKE3",
];

/// References of the inputs and of the merged document.
pub(super) struct Names {
    taken: HashSet<String>,
    /// What a reference of an input is called now.
    renamed: Vec<HashMap<String, String>>,
    /// The number of the input that a BOM-Link leads to.
    links: HashMap<String, usize>,
}

impl Names {
    pub(super) fn new(documents: &[Document]) -> Self {
        let links = documents.iter().enumerate();
        let links = links.filter_map(|(number, document)| Some((bom_link(document)?, number)));
        Self {
            taken: HashSet::new(),
            renamed: vec![HashMap::new(); documents.len()],
            links: links.collect(),
        }
    }

    /// A reference nobody has: as wished, or with the number of its input.
    pub(super) fn fresh(&mut self, wished: &str, number: usize) -> String {
        let mut name = wished.to_owned();
        let mut attempt = 0;
        while name.is_empty() || !self.taken.insert(name.clone()) {
            attempt += 1;
            let more = if attempt == 1 {
                String::new()
            } else {
                format!("-{}", self.taken.len() + attempt)
            };
            name = format!("{}{more}:{wished}", number + 1);
        }
        name
    }

    /// Remembers what a reference of an input is called now; of two the same, the first counts.
    pub(super) fn means(&mut self, number: usize, reference: &str, name: String) {
        if !reference.is_empty() {
            self.renamed[number]
                .entry(reference.to_owned())
                .or_insert(name);
        }
    }

    /// The name for a reference of an input; a BOM-Link into another input leads there directly,
    /// any other reference stays as it is.
    pub(super) fn find(&self, number: usize, reference: &str) -> String {
        if let Some(name) = self.renamed[number].get(reference) {
            return name.clone();
        }
        let linked = reference.split_once('#').and_then(|(link, element)| {
            let input = self.links.get(link)?;
            self.renamed[*input].get(element)
        });
        linked.map_or_else(|| reference.to_owned(), Clone::clone)
    }
}

/// The BOM-Link of a CycloneDX document.
pub(super) fn bom_link(document: &Document) -> Option<String> {
    let serial = document.serial_number.as_deref()?;
    let is_cyclonedx = matches!(
        document.format,
        Format::CyclonedxJson | Format::CyclonedxXml
    );
    let uuid = serial.strip_prefix("urn:uuid:")?;
    let is_whole = is_cyclonedx && mend::is_serial_number(serial);
    is_whole.then(|| format!("urn:cdx:{uuid}/{}", document.version.unwrap_or(1).max(1)))
}

/// Texts of which two components share one when they are the same.
pub(super) fn keys_of(part: &Part) -> Vec<String> {
    let version = part.version.known().map(String::as_str);
    let mut keys = Vec::new();
    let purl = part.purls.first().and_then(|purl| Purl::parse(purl).ok());
    if let Some(purl) = &purl {
        let version = purl.version.as_deref().or(version).unwrap_or_default();
        keys.push(format!("purl\n{}\n{version}", purl.canonical()));
    }
    for hash in &part.hashes {
        if STRONG.contains(&hash.algorithm.as_str()) {
            let value = hash.value.to_ascii_lowercase();
            let (name, kind) = (&part.name, &part.kind);
            // Two package URLs are two components, also with the same content.
            if purl.is_none() {
                keys.push(format!("hash\n{}\n{value}\n{name}\n{kind}", hash.algorithm));
            }
        }
    }
    if let (true, Some(version)) = (keys.is_empty(), version) {
        let supplier = part
            .supplier
            .known()
            .and_then(|party| party.name.as_deref());
        let words = [
            part.kind.as_str(),
            part.group.as_deref().unwrap_or_default(),
            &part.name,
            version,
        ];
        keys.push(format!(
            "name\n{}\n{}",
            words.join("\n"),
            supplier.unwrap_or_default()
        ));
    }
    keys
}
