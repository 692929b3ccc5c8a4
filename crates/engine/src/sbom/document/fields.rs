//! Taking a JSON object apart: what a reader takes out was understood, what is left over at the
//! end was not and is noted. A value of the wrong type is noted too and never an error.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use super::{Claim, NotUnderstood};

/// Names of fields noted one by one; what comes beyond them is counted together.
const FIELDS_MAX: usize = 300;
/// Characters kept of a field's name.
const FIELD_CHARS_MAX: usize = 100;
/// The name under which fields beyond [`FIELDS_MAX`] are counted.
const OTHERS: &str = "*";

/// A JSON object that is being taken apart.
pub(super) type Object = Map<String, Value>;

/// Where in the document: a chain that lives on the stack, written out only when needed.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    above: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Top,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    pub(super) const TOP: Place<'static> = Place {
        above: None,
        step: Step::Top,
    };

    pub(super) fn key<'b>(&'b self, key: &'b str) -> Place<'b> {
        Place {
            above: Some(self),
            step: Step::Key(key),
        }
    }

    pub(super) fn index<'b>(&'b self, index: usize) -> Place<'b> {
        Place {
            above: Some(self),
            step: Step::Index(index),
        }
    }
}

/// The JSON pointer (RFC 6901).
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps: Vec<Step<'_>> = std::iter::successors(Some(self), |place| place.above)
            .map(|place| place.step)
            .collect();
        for step in steps.iter().rev() {
            match step {
                Step::Top => {}
                Step::Key(key) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1"))?,
                Step::Index(index) => write!(f, "/{index}")?,
            }
        }
        Ok(())
    }
}

/// What was not understood so far.
#[derive(Default)]
pub(super) struct Notes {
    fields: BTreeMap<String, NotUnderstood>,
}

impl Notes {
    /// Notes a field, `times` times.
    pub(super) fn note(&mut self, place: &Place<'_>, field: &str, times: usize) {
        let name: String = field.chars().take(FIELD_CHARS_MAX).collect();
        let is_room = self.fields.len() < FIELDS_MAX || self.fields.contains_key(&name);
        let name = if is_room { name } else { OTHERS.to_owned() };
        let noted = self
            .fields
            .entry(name.clone())
            .or_insert_with(|| NotUnderstood {
                place: place.key(field).to_string(),
                field: name,
                times: 0,
            });
        noted.times += times;
    }

    /// Notes all that is left of an object. Null and empty lists say nothing.
    pub(super) fn rest(&mut self, place: &Place<'_>, object: Object) {
        self.rest_of(place, &object);
    }

    fn rest_of(&mut self, place: &Place<'_>, object: &Object) {
        for (field, value) in object {
            let times = NotUnderstood::times_of(value);
            if times > 0 {
                self.note(place, field, times);
            }
        }
    }

    /// The same, and hands out what says something.
    pub(super) fn kept(&mut self, place: &Place<'_>, mut object: Object) -> Object {
        object.retain(|_, value| NotUnderstood::times_of(value) > 0);
        self.rest_of(place, &object);
        object
    }

    /// All notes, sorted by field.
    pub(super) fn finish(self) -> Vec<NotUnderstood> {
        self.fields.into_values().collect()
    }

    /// A text; numbers and booleans are taken as written, and noted. Blank is absent.
    pub(super) fn text(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
    ) -> Option<String> {
        let text = match from.remove(field)? {
            Value::Null => return None,
            Value::String(text) => text,
            value @ (Value::Number(_) | Value::Bool(_)) => {
                self.note(place, field, 1);
                value.to_string()
            }
            Value::Array(_) | Value::Object(_) => {
                self.note(place, field, 1);
                return None;
            }
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// A text that may also say that nothing is known (`NOASSERTION`) or that there is none
    /// (`NONE`): words of SPDX that tools write into CycloneDX as well.
    pub(super) fn claim(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
    ) -> Claim<String> {
        claim(self.text(place, from, field))
    }

    /// A boolean, `None` when it is not said.
    pub(super) fn flag(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
    ) -> Option<bool> {
        match from.remove(field)? {
            Value::Null => None,
            Value::Bool(flag) => Some(flag),
            _ => {
                self.note(place, field, 1);
                None
            }
        }
    }

    /// A list; a single value where a list belongs is a list of one.
    fn list(from: &mut Object, field: &str) -> Vec<Value> {
        match from.remove(field) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(value) => vec![value],
        }
    }

    /// A list of texts, blank ones left out.
    pub(super) fn texts(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
    ) -> Vec<String> {
        let mut texts = Vec::new();
        for value in Self::list(from, field) {
            match value {
                Value::String(text) if !text.trim().is_empty() => texts.push(text),
                Value::String(_) | Value::Null => {}
                _ => self.note(place, field, 1),
            }
        }
        texts
    }

    /// A list of objects with their index in the document.
    pub(super) fn objects(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
    ) -> Vec<(usize, Object)> {
        let list = Self::list(from, field);
        let mut objects = Vec::with_capacity(list.len());
        for (index, value) in list.into_iter().enumerate() {
            match value {
                Value::Object(object) => objects.push((index, object)),
                Value::Null => {}
                _ => self.note(place, field, 1),
            }
        }
        objects
    }

    /// An object.
    pub(super) fn object(
        &mut self,
        place: &Place<'_>,
        from: &mut Object,
        field: &str,
    ) -> Option<Object> {
        match from.remove(field)? {
            Value::Object(object) => Some(object),
            Value::Null => None,
            _ => {
                self.note(place, field, 1);
                None
            }
        }
    }
}

/// Reads the two words of SPDX for what is not stated.
pub(super) fn claim(text: Option<String>) -> Claim<String> {
    match text {
        None => Claim::Absent,
        Some(text) => match text.trim() {
            "NOASSERTION" => Claim::Unknown,
            "NONE" => Claim::None,
            _ => Claim::Known(text),
        },
    }
}
