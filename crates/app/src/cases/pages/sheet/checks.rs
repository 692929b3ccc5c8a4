//! The two checks of a sheet in words: what the article asks, and what the form asks.

use super::boxes::element_id;
use crate::cases::Kind;
use crate::cases::operations::reading::SheetView;
use crate::cases::pages::wording::{language, word};
use crate::web::Visit;
use bonafide_law::form::{Form, Lack};

/// Something the article asks for that is not there.
pub struct LawLine {
    pub text: String,
    pub citation: String,
    pub certainty: String,
    pub blocking: bool,
    pub condition: String,
    /// Where it can be written: the field's element and its number.
    pub fields: Vec<(String, String)>,
}

/// Something the form would refuse or miss.
pub struct FormLine {
    pub id: String,
    pub nr: String,
    pub label: String,
    pub text: String,
    pub blocking: bool,
}

/// What is wrong, in a sentence.
pub fn lack_text(page: &Visit, lack: &Lack) -> String {
    let key = format!("sheet-lack-{}", lack.code.as_str());
    match (lack.has_chars, lack.max_chars) {
        (Some(has), Some(max)) => page.t2(&key, "has", has, "max", max),
        _ => page.t(&key),
    }
}

/// What the form asks, line by line.
pub fn form_lines(page: &Visit, view: &SheetView) -> Vec<FormLine> {
    let form = Form::current();
    view.form_lacks
        .iter()
        .map(|lack| {
            let field = form.field(view.case.case.kind, &lack.key);
            FormLine {
                id: element_id(&lack.key),
                nr: lack.nr.clone().unwrap_or_default(),
                label: field
                    .map_or(lack.key.as_str(), |f| f.label(language(page)))
                    .to_owned(),
                text: lack_text(page, lack),
                blocking: lack.blocking,
            }
        })
        .collect()
}

/// What the article asks, line by line.
pub fn law_lines(page: &Visit, view: &SheetView) -> Vec<LawLine> {
    let kind = match view.case.case.kind {
        Kind::ActivelyExploitedVulnerability => "aev",
        Kind::SevereIncident => "si",
    };
    view.law_lacks
        .iter()
        .map(|lack| {
            let key = format!("sheet-law-{kind}-{}-{}", view.stage, lack.code);
            LawLine {
                text: if page.lang.has(&key) {
                    page.t(&key)
                } else {
                    lack.text.clone()
                },
                citation: lack.citation.clone(),
                certainty: word(page, "case-certainty", lack.certainty.as_str()),
                blocking: lack.blocking,
                condition: word(page, "sheet-condition", lack.condition.as_str()),
                fields: view
                    .entries
                    .iter()
                    .filter(|entry| lack.keys.contains(&entry.field.key))
                    .map(|entry| (element_id(&entry.field.key), entry.field.nr.clone()))
                    .collect(),
            }
        })
        .collect()
}
