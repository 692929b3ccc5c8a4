//! A form as it is shown: the values that stand in it, and what was wrong with them last time.

use super::forms::Fields;
use super::words::Lang;
use crate::trouble::{Refusal, Trouble};

/// A form on a page. Fields are named as in the markup; `<prefix>-<name>` (with dashes) is the
/// message key of a field's label.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    fields: Fields,
    wrong: Option<Wrong>,
}

#[derive(Debug, Clone)]
struct Wrong {
    field: Option<&'static str>,
    sentence: String,
}

impl Shown {
    /// A form with these values.
    pub fn new(fields: Fields) -> Self {
        Self {
            fields,
            wrong: None,
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
            Trouble::Refusal(refusal) if matches!(refusal.status, 409 | 422 | 429) => Ok(Self {
                fields,
                wrong: Some(Wrong {
                    field: refusal.field,
                    sentence: lang.refusal(&with_label(refusal, lang, prefix)),
                }),
            }),
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

    /// What was wrong with a field; empty when nothing was.
    pub fn wrong(&self, name: &str) -> &str {
        match &self.wrong {
            Some(wrong) if wrong.field == Some(name) => &wrong.sentence,
            _ => "",
        }
    }

    /// [`Shown::wrong`], absent when nothing was.
    pub fn error(&self, name: &str) -> Option<&str> {
        Some(self.wrong(name)).filter(|sentence| !sentence.is_empty())
    }

    /// What was wrong with the form as a whole.
    pub fn general(&self) -> Option<&str> {
        let wrong = self.wrong.as_ref()?;
        wrong.field.is_none().then_some(&wrong.sentence)
    }

    /// What was wrong, to stand above the form; empty when nothing was.
    pub fn trouble(&self) -> &str {
        self.wrong.as_ref().map_or("", |wrong| &wrong.sentence)
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
