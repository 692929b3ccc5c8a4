//! The form of ENISA's reporting platform, as versioned data, and two separate checks of what is
//! to be entered: [`form_check`] asks what the form asks, [`law_check`] what the article asks.
//!
//! ENISA publishes labels only, neither schema nor API; the keys are ours. Nothing here submits
//! anything. An operator may replace the form by a newer one of the same shape.

mod check;
mod law_check;

pub use check::{Lack, LackCode, form_check};
pub use law_check::{Condition, Element, LawLack, elements, law_check};

use crate::Language;
use crate::certainty::Certainty;
use crate::data::{self, DataError};
use crate::deadlines::{Kind, Stage};
use crate::words::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is entered: field key to value, the whole sheet with the values carried over from earlier
/// stages. Several choices are separated by commas; instants are RFC 3339; yes and no are `yes`
/// and `no`; Member States are ISO codes.
pub type Values = BTreeMap<String, String>;

/// No form may have more fields than this.
const FIELDS_MAX: usize = 500;

words! {
    /// Which of the two matters a field belongs to.
    pub enum AppliesTo {
        Both = "both",
        Vulnerability = "vulnerability",
        Incident = "incident",
    }
}

words! {
    /// What a field holds.
    pub enum FieldKind {
        Text = "text",
        /// One of the field's options.
        Choice = "choice",
        /// Any of the field's options.
        Choices = "choices",
        YesNo = "yes-no",
        DateTime = "date-time",
        MemberStates = "member-states",
        /// An entry of Annex III or IV, by the ids of [`crate::categories`].
        Category = "category",
    }
}

words! {
    /// What a stage asks of a field.
    pub enum Duty {
        Required = "required",
        RequiredIfAvailable = "required-if-available",
        Optional = "optional",
        /// The platform copies it from the stage before, unless changed.
        CarriedForward = "carried-forward",
        NotAvailable = "not-available",
    }
}

words! {
    /// Who fills a field.
    pub enum FilledBy {
        Reporter = "reporter",
        Platform = "platform",
        Csirt = "csirt",
    }
}

/// Another field's value on which a field depends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    pub key: String,
    pub is: String,
}

/// One field; unique by `nr` and `applies_to`, and by `key` within the fields of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// ENISA's number, such as `7` or `v26a`; numbers moved between versions.
    pub nr: String,
    pub key: String,
    pub applies_to: AppliesTo,
    pub label_en: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_de: Option<String>,
    pub kind: FieldKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// In characters, not bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_chars: Option<usize>,
    #[serde(default = "by_reporter", skip_serializing_if = "is_by_reporter")]
    pub filled_by: FilledBy,
    /// The field has a meaning only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_when: Option<When>,
    /// The field is required then, where the stage has it at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<When>,
    pub early_warning: Duty,
    pub notification: Duty,
    pub final_report: Duty,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub certainty: Certainty,
}

/// One version of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub title: String,
    pub version: String,
    pub as_of: Date,
    pub source: String,
    pub citation: String,
    pub certainty: Certainty,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// In the order of the form.
    pub fields: Vec<Field>,
}

static CURRENT: LazyLock<Form> = LazyLock::new(|| data::embedded(data::SRP_FORM));

impl Form {
    /// The version inside the program.
    pub fn current() -> &'static Form {
        &CURRENT
    }

    /// Reads another version of the same shape.
    pub fn parse(json: &str) -> Result<Form, DataError> {
        let form: Form = data::replaced(json)?;
        form.validate().map_err(DataError::Content)?;
        Ok(form)
    }

    /// The fields shown for a kind, in the order of the form.
    pub fn fields_for(&self, kind: Kind) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| field.is_for(kind))
    }

    /// The field with a key, among those of a kind.
    pub fn field(&self, kind: Kind, key: &str) -> Option<&Field> {
        self.fields_for(kind).find(|field| field.key == key)
    }

    fn validate(&self) -> Result<(), String> {
        if self.fields.is_empty() || self.fields.len() > FIELDS_MAX {
            return Err(format!("a form has between 1 and {FIELDS_MAX} fields"));
        }
        let mut numbers = BTreeSet::new();
        for field in &self.fields {
            if !numbers.insert((&field.nr, field.applies_to)) {
                return Err(format!("field {} stands twice in its group", field.nr));
            }
            let has_options = !field.options.is_empty();
            if has_options != matches!(field.kind, FieldKind::Choice | FieldKind::Choices) {
                return Err(format!(
                    "field {}: options belong to choices, and only there",
                    field.nr
                ));
            }
        }
        for &kind in Kind::ALL {
            let mut keys = BTreeSet::new();
            for field in self.fields_for(kind) {
                if !keys.insert(&field.key) {
                    return Err(format!("key {} stands twice for {kind}", field.key));
                }
            }
            for field in self.fields_for(kind) {
                for when in field.only_when.iter().chain(&field.required_when) {
                    if !keys.contains(&when.key) {
                        return Err(format!("field {} depends on an unknown key", field.nr));
                    }
                }
            }
        }
        Ok(())
    }
}

impl Field {
    pub fn is_for(&self, kind: Kind) -> bool {
        match self.applies_to {
            AppliesTo::Both => true,
            AppliesTo::Vulnerability => kind == Kind::ActivelyExploitedVulnerability,
            AppliesTo::Incident => kind == Kind::SevereIncident,
        }
    }

    /// What a stage asks of this field; the form has no intermediate report.
    pub fn duty(&self, stage: Stage) -> Option<Duty> {
        match stage {
            Stage::EarlyWarning => Some(self.early_warning),
            Stage::Notification => Some(self.notification),
            Stage::IntermediateReport => None,
            Stage::FinalReport => Some(self.final_report),
        }
    }

    /// The label; German where there is one and it is asked for.
    pub fn label(&self, language: Language) -> &str {
        match (language, &self.label_de) {
            (Language::German, Some(label)) => label,
            _ => &self.label_en,
        }
    }
}

fn by_reporter() -> FilledBy {
    FilledBy::Reporter
}

fn is_by_reporter(by: &FilledBy) -> bool {
    *by == FilledBy::Reporter
}

/// A value that says something, without the blanks around it.
fn given<'v>(values: &'v Values, key: &str) -> Option<&'v str> {
    values
        .get(key)
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
}
