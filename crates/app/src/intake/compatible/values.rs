//! Values as clients write them: booleans as strings, numbers for versions, `null` for absent.

use crate::intake::rules::{flag, tidy_labels};
use serde_json::Value;

/// The members of a JSON body. Unknown ones are left alone.
pub struct Members(Value);

impl Members {
    /// Reads an object; anything else is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: Value = serde_json::from_slice(bytes).ok()?;
        value.is_object().then_some(Self(value))
    }

    /// A text that is there and not empty.
    pub fn text(&self, name: &str) -> Option<String> {
        let text = match self.0.get(name)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A text taken out, without a copy: for the document itself.
    pub fn take_text(&mut self, name: &str) -> Option<String> {
        match self.0.get_mut(name)?.take() {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A boolean, also when it came as a text.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name)? {
            Value::Bool(yes) => Some(*yes),
            Value::String(text) => flag(text),
            _ => None,
        }
    }

    /// Tags as objects with a name, as texts, or as one comma list.
    pub fn tags(&self, name: &str) -> Vec<String> {
        match self.0.get(name) {
            Some(Value::Array(list)) => tidy_labels(list.iter().filter_map(|tag| {
                tag.as_str()
                    .or_else(|| tag.get("name").and_then(Value::as_str))
            })),
            Some(Value::String(text)) => tidy_labels(text.split(',')),
            _ => Vec::new(),
        }
    }

    /// Whether the member was sent with a value.
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }
}
