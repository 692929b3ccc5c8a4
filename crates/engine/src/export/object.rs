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

    /// Adds to a list, which need not be there yet.
    pub(super) fn extend(&mut self, name: &str, values: Vec<Value>) {
        match self.0.get_mut(name) {
            Some(Value::Array(list)) => list.extend(values),
            _ => drop(self.list(name, values)),
        }
    }

    /// Takes over all fields of another one.
    pub(super) fn all(&mut self, other: Object) {
        self.0.extend(other.0);
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
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
