//! Licences of the inputs' own: one `LicenseRef-` id may stand for different texts in two inputs.

use crate::sbom::document::{Claim, Document, License, LicenseText, Part};
use std::borrow::Cow;
use std::collections::HashMap;

const REFERENCE: &str = "LicenseRef-";

/// What ids of one input are called now.
pub(super) struct Renamed(HashMap<String, String>);

/// The texts of all inputs, each id once, and the new ids of each input.
pub(super) fn apart(documents: &[Document]) -> (Vec<LicenseText>, Vec<Renamed>) {
    let mut texts: Vec<LicenseText> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut renamed = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let mut own = HashMap::new();
        for text in &document.license_texts {
            let mut id = text.id.clone();
            let mut attempt = 0;
            while let Some(place) = places.get(&id) {
                let LicenseText {
                    name, text: words, ..
                } = &texts[*place];
                if (name, words) == (&text.name, &text.text) {
                    break;
                }
                attempt += 1;
                let tail = text.id.strip_prefix(REFERENCE).unwrap_or(&text.id);
                id = match attempt {
                    1 => format!("{REFERENCE}{}-{tail}", number + 1),
                    _ => format!("{REFERENCE}{}-{attempt}-{tail}", number + 1),
                };
            }
            if !places.contains_key(&id) {
                places.insert(id.clone(), texts.len());
                texts.push(LicenseText {
                    id: id.clone(),
                    ..text.clone()
                });
            }
            if id != text.id {
                own.insert(text.id.clone(), id);
            }
        }
        renamed.push(Renamed(own));
    }
    (texts, renamed)
}

impl Renamed {
    /// A component with the new ids.
    pub(super) fn of_part<'p>(&self, part: &'p Part) -> Cow<'p, Part> {
        if self.0.is_empty() {
            return Cow::Borrowed(part);
        }
        let mut own = part.clone();
        for claim in [&mut own.licenses_declared, &mut own.licenses_concluded] {
            if let Claim::Known(list) = claim {
                list.iter_mut().for_each(|license| self.rename(license));
            }
        }
        Cow::Owned(own)
    }

    fn rename(&self, license: &mut License) {
        match license {
            License::Named { name, text: None } => {
                if let Some(new) = self.0.get(name) {
                    name.clone_from(new);
                }
            }
            License::Named { .. } => {}
            License::Id(text) | License::Expression(text) => {
                let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '+');
                let words = text.split_inclusive(is_end).map(|word| {
                    let id = word.trim_end_matches(is_end);
                    let new = self.0.get(id).map_or(id, String::as_str);
                    format!("{new}{}", &word[id.len()..])
                });
                *text = words.collect();
            }
        }
    }
}
