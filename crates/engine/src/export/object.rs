//! JSON objects that leave out what is empty, in the order in which they are filled.

use serde_json::{Map, Value};

/// An object under construction.
#[derive(Default)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Sets a field.
    pub(super) fn put(&mut self, name: &str, value: impl Into<Value>) -> &mut Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Sets a field when there is a value.
    pub(super) fn some<V: Into<Value>>(&mut self, name: &str, value: Option<V>) -> &mut Self {
        if let Some(value) = value {
            self.put(name, value);
        }
        self
    }

    /// Sets a field when the list is not empty.
    pub(super) fn list<V: Into<Value>>(&mut self, name: &str, values: Vec<V>) -> &mut Self {
        if !values.is_empty() {
            let values: Vec<Value> = values.into_iter().map(Into::into).collect();
            self.put(name, values);
        }
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}
