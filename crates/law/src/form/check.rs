//! The form check: what the platform would refuse or miss. It asks more than the law does.

use super::{Duty, Field, FieldKind, FilledBy, Form, Values, When, given};
use crate::categories;
use crate::deadlines::{Kind, Stage};
use crate::member_states::MemberState;
use crate::words::words;
use jiff::Timestamp;
use serde::Serialize;

words! {
    /// What is wrong with a field.
    pub enum LackCode {
        /// The stage requires it.
        Missing = "missing",
        /// An earlier stage required it, and the value to carry over is not there.
        CarriedValueMissing = "carried-value-missing",
        /// The stage requires it if it is available: fill it, or be sure that it is not.
        MissingUnlessUnavailable = "missing-unless-unavailable",
        TooLong = "too-long",
        NotAnOption = "not-an-option",
        NotYesOrNo = "not-yes-or-no",
        NotAnInstant = "not-an-instant",
        NotAMemberState = "not-a-member-state",
        NotACategory = "not-a-category",
        /// Neither this stage nor one before it has the field.
        NotAtThisStage = "not-at-this-stage",
        /// Another field's value gives this one no place.
        OutOfPlace = "out-of-place",
        /// No field of this kind of matter has the key.
        UnknownField = "unknown-field",
    }
}

/// Something the form would not accept, or would miss.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// ENISA's number; absent for a key no field has.
    pub nr: Option<String>,
    pub key: String,
    pub code: LackCode,
    /// False where the value may rightly be absent.
    pub blocking: bool,
    /// The limit, for a text that is too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_chars: Option<usize>,
    /// Its length in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_chars: Option<usize>,
}

/// What the form would refuse or miss at a stage, in the order of the form; then unknown keys,
/// sorted.
///
/// `values` is the whole sheet, with what earlier stages carried over. An intermediate report has no
/// place in the form: only lengths and values are checked then.
pub fn form_check(form: &Form, kind: Kind, stage: Stage, values: &Values) -> Vec<Lack> {
    let mut lacks = Vec::new();
    for field in form.fields_for(kind) {
        match given(values, &field.key) {
            Some(value) => lacks.extend(check_value(field, stage, value, values)),
            None => lacks.extend(check_absence(field, stage, values)),
        }
    }
    let unknown = values.keys().filter(|key| form.field(kind, key).is_none());
    lacks.extend(unknown.map(|key| Lack {
        nr: None,
        key: key.clone(),
        code: LackCode::UnknownField,
        blocking: false,
        max_chars: None,
        has_chars: None,
    }));
    lacks
}

fn check_absence(field: &Field, stage: Stage, values: &Values) -> Option<Lack> {
    if field.filled_by != FilledBy::Reporter {
        return None;
    }
    let duty = field.duty(stage)?;
    let required_now = duty == Duty::Required
        || (duty != Duty::NotAvailable
            && field
                .required_when
                .as_ref()
                .is_some_and(|when| holds(when, values)));
    if required_now {
        return Some(lack(field, LackCode::Missing, true));
    }
    match duty {
        Duty::RequiredIfAvailable => Some(lack(field, LackCode::MissingUnlessUnavailable, false)),
        Duty::CarriedForward if required_before(field, stage) => {
            Some(lack(field, LackCode::CarriedValueMissing, true))
        }
        _ => None,
    }
}

fn check_value(field: &Field, stage: Stage, value: &str, values: &Values) -> Vec<Lack> {
    let mut lacks = Vec::new();
    if field
        .only_when
        .as_ref()
        .is_some_and(|when| !holds(when, values))
    {
        lacks.push(lack(field, LackCode::OutOfPlace, false));
    }
    if field.duty(stage) == Some(Duty::NotAvailable) && !available_before(field, stage) {
        lacks.push(lack(field, LackCode::NotAtThisStage, false));
    }
    let has_chars = value.chars().count();
    if let Some(max_chars) = field.max_chars
        && has_chars > max_chars
    {
        lacks.push(Lack {
            max_chars: Some(max_chars),
            has_chars: Some(has_chars),
            ..lack(field, LackCode::TooLong, true)
        });
    }
    lacks.extend(wrong_value(field, value).map(|code| lack(field, code, true)));
    lacks
}

fn wrong_value(field: &Field, value: &str) -> Option<LackCode> {
    let mut parts = value
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let is_option = |part: &str| field.options.iter().any(|option| option == part);
    let (fits, code) = match field.kind {
        FieldKind::Text => return None,
        FieldKind::Choice => (is_option(value), LackCode::NotAnOption),
        FieldKind::Choices => (parts.all(is_option), LackCode::NotAnOption),
        FieldKind::YesNo => (matches!(value, "yes" | "no"), LackCode::NotYesOrNo),
        FieldKind::DateTime => (value.parse::<Timestamp>().is_ok(), LackCode::NotAnInstant),
        FieldKind::MemberStates => (
            parts.all(|part| MemberState::parse(part).is_some()),
            LackCode::NotAMemberState,
        ),
        FieldKind::Category => (categories::by_id(value).is_some(), LackCode::NotACategory),
    };
    (!fits).then_some(code)
}

fn holds(when: &When, values: &Values) -> bool {
    given(values, &when.key) == Some(when.is.as_str())
}

fn required_before(field: &Field, stage: Stage) -> bool {
    stages_before(stage).any(|earlier| field.duty(earlier) == Some(Duty::Required))
}

fn available_before(field: &Field, stage: Stage) -> bool {
    stages_before(stage).any(|earlier| {
        field
            .duty(earlier)
            .is_some_and(|duty| duty != Duty::NotAvailable)
    })
}

fn stages_before(stage: Stage) -> impl Iterator<Item = Stage> {
    Stage::ALL
        .iter()
        .copied()
        .take_while(move |&earlier| earlier < stage)
}

fn lack(field: &Field, code: LackCode, blocking: bool) -> Lack {
    Lack {
        nr: Some(field.nr.clone()),
        key: field.key.clone(),
        code,
        blocking,
        max_chars: None,
        has_chars: None,
    }
}
