//! A form as it is shown: with what was typed, and with the sentence that says what is not right.

use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::words::Lang;

/// What a template needs to draw a form.
#[derive(Debug, Default, Clone)]
pub struct Form {
    fields: Fields,
    /// The field (none: the form as a whole) and the sentence.
    refused: Option<(Option<&'static str>, String)>,
}

impl Form {
    /// A form with given values.
    pub fn of(fields: Fields) -> Self {
        Self {
            fields,
            refused: None,
        }
    }

    /// The form again after a refusal about something typed; every other trouble goes on.
    pub fn refused(fields: Fields, trouble: Trouble, lang: Lang) -> Result<Self, Trouble> {
        match trouble {
            Trouble::Refusal(refusal) if matches!(refusal.status, 409 | 422 | 429) => Ok(Self {
                refused: Some((refusal.field, sentence(lang, &refusal))),
                fields,
            }),
            other => Err(other),
        }
    }

    pub fn value(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    /// Whether `value` is the chosen one among a field's values.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).contains(&value)
    }

    /// What is not right about a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        let (field, sentence) = self.refused.as_ref()?;
        (*field == Some(name)).then_some(sentence)
    }

    /// What is not right about the form as a whole.
    pub fn general(&self) -> Option<&str> {
        let (field, sentence) = self.refused.as_ref()?;
        field.is_none().then_some(sentence)
    }
}

/// A refusal's sentence, with the field called as its label calls it.
fn sentence(lang: Lang, refusal: &Refusal) -> String {
    let mut refusal = refusal.clone();
    for (name, value) in &mut refusal.args {
        let label = format!("account-field-{}", value.replace('_', "-"));
        if *name == "field" && lang.has(&label) {
            *value = lang.t(&label);
        }
    }
    lang.refusal(&refusal)
}
