//! A form as it is shown: the values that stand in it, and what was wrong with them last time.

use super::forms::Fields;
use super::visit::Visit;
use super::when;
use super::words::Lang;
use crate::trouble::{Refusal, Trouble};

/// A form on a page. Fields are named as in the markup; `<prefix>-<name>` (with dashes) is the
/// message key of a field's label.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    fields: Fields,
    wrong: Vec<Wrong>,
    /// Stands above the list of what is wrong.
    heading: String,
}

/// One thing that is wrong with a form.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// The id of the input to go to; empty when it is about no field.
    pub field: &'static str,
    pub sentence: String,
}

impl Shown {
    /// A form with these values.
    pub fn new(fields: Fields) -> Self {
        Self {
            fields,
            wrong: Vec::new(),
            heading: String::new(),
        }
    }

    /// The form as it was typed, with the sentence of a refusal; any other trouble goes on.
    pub fn refused(
        fields: Fields,
        trouble: Trouble,
        lang: Lang,
        prefix: &str,
    ) -> Result<Self, Trouble> {
        match trouble {
            Trouble::Refusal(mut refusal) if matches!(refusal.status, 409 | 422 | 429) => {
                let also = std::mem::take(&mut refusal.also);
                let wrong: Vec<Wrong> = std::iter::once(refusal)
                    .chain(also)
                    .map(|refusal| Wrong {
                        field: refusal.field.unwrap_or_default(),
                        sentence: lang.refusal(&with_label(refusal, lang, prefix)),
                    })
                    .collect();
                Ok(Self {
                    heading: lang.t1("form-wrong", "n", wrong.len()),
                    fields,
                    wrong,
                })
            }
            other => Err(other),
        }
    }

    pub fn value(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).contains(&value)
    }

    pub fn is_ticked(&self, name: &str) -> bool {
        self.fields.is_ticked(name)
    }

    /// The zone in which the instant of a field was or is to be typed.
    pub fn zone(&self, page: &Visit, name: &str) -> String {
        match self.fields.opt(&format!("{name}_zone")) {
            Some(zone) => zone.to_owned(),
            None => when::zone_name(&page.zone),
        }
    }

    /// The instant that stands in a field in UTC, to stand beside it; empty when none does.
    pub fn utc(&self, page: &Visit, name: &'static str) -> String {
        // A form that was not sent yet names no zone: its times stand in the reader's.
        let Ok(zone) = jiff::tz::TimeZone::get(&self.zone(page, name)) else {
            return String::new();
        };
        when::read(self.value(name), &zone, name).map_or(String::new(), |at| page.utc(&at))
    }

    /// What was wrong with a field; empty when nothing was.
    pub fn wrong(&self, name: &str) -> &str {
        let found = self.wrong.iter().find(|wrong| wrong.field == name);
        found.map_or("", |wrong| &wrong.sentence)
    }

    /// [`Shown::wrong`], absent when nothing was.
    pub fn error(&self, name: &str) -> Option<&str> {
        Some(self.wrong(name)).filter(|sentence| !sentence.is_empty())
    }

    /// What was wrong with the form as a whole.
    pub fn general(&self) -> Option<&str> {
        self.error("")
    }

    /// The first thing that was wrong, to stand above the form; empty when nothing was.
    pub fn trouble(&self) -> &str {
        self.wrong.first().map_or("", |wrong| &wrong.sentence)
    }

    /// Everything that was wrong.
    pub fn troubles(&self) -> &[Wrong] {
        &self.wrong
    }

    pub fn heading(&self) -> &str {
        &self.heading
    }

    /// Whether a file came with the refused form: browsers send none a second time by themselves.
    pub fn lost_file(&self) -> bool {
        let sent = self
            .fields
            .files()
            .iter()
            .any(|file| !file.bytes.is_empty());
        sent && !self.wrong.is_empty()
    }
}

/// Says the label of a field where a sentence names the field.
fn with_label(mut refusal: Refusal, lang: Lang, prefix: &str) -> Refusal {
    for (name, value) in &mut refusal.args {
        let key = format!("{prefix}-{}", value.replace('_', "-"));
        if *name == "field" && lang.has(&key) {
            *value = lang.t(&key);
        }
    }
    refusal
}
