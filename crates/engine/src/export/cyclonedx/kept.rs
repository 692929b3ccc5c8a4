//! Fields of a CycloneDX source that the model does not know, on their way back to CycloneDX: as
//! they came where the schema is sure to allow it, else as JSON in a property. A signature is
//! never carried over: it would not be that of the new document.

use super::shape::{OF_COMPONENT, OF_DOCUMENT, OF_VULNERABILITY, Shape};
use super::{Writer, property};
use crate::export::object::Object;
use crate::sbom::document::{KEPT_FROM, NotUnderstood, Part, Statement};
use serde_json::{Map, Value};

/// Bytes of JSON in one property.
const PROPERTY_BYTES_MAX: usize = 16 * 1024;
const SIGNATURE: &str = "signature";

impl Writer<'_> {
    /// What the document itself says beyond our model; its services can be referred to.
    pub(super) fn kept_of_document(&mut self) -> (Object, Vec<Value>) {
        let mut into = Object::new();
        let kept = &self.document.kept;
        let properties = self.keep(kept, OF_DOCUMENT, &mut into);
        if let Some(services) = into.get("services") {
            let mut names = Vec::new();
            bom_refs(services, &mut names);
            names.into_iter().for_each(|name| self.refs.append(name));
        }
        (into, properties)
    }

    pub(super) fn kept_of_component(&mut self, part: &Part, into: &mut Object) -> Vec<Value> {
        self.keep(&part.kept, OF_COMPONENT, into)
    }

    pub(super) fn kept_of_statement(
        &mut self,
        statement: &Statement,
        into: &mut Object,
    ) -> Vec<Value> {
        self.keep(&statement.kept, OF_VULNERABILITY, into)
    }

    fn keep(
        &mut self,
        kept: &Map<String, Value>,
        shapes: &[(&'static str, &'static Shape)],
        into: &mut Object,
    ) -> Vec<Value> {
        let mut properties = Vec::new();
        for (field, value) in kept {
            let shape = shapes.iter().find(|(known, _)| known == field);
            let is_sure = shape.is_some_and(|(_, shape)| shape.fits(value));
            if is_sure && !into.has(field) && self.takes_refs(value) {
                self.losses.withdraw(field, NotUnderstood::times_of(value));
                into.put(field, value.clone());
                continue;
            }
            let text = value.to_string();
            if field != SIGNATURE && text.len() <= PROPERTY_BYTES_MAX {
                self.losses.withdraw(field, NotUnderstood::times_of(value));
                let said = format!("{field} (kept as a property)");
                self.losses.add(&said, NotUnderstood::times_of(value), "");
                properties.push(property(format!("{KEPT_FROM}{field}"), text));
            }
        }
        properties
    }

    /// Takes the names that a value gives to its entries, unless one of them is taken.
    fn takes_refs(&mut self, value: &Value) -> bool {
        let mut names = Vec::new();
        bom_refs(value, &mut names);
        self.refs.take_all(&names)
    }
}

/// The names given below a value. How deep this goes was bounded before parsing.
fn bom_refs(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let own = object.get("bom-ref").and_then(Value::as_str);
            into.extend(own.map(str::to_owned));
            object.values().for_each(|value| bom_refs(value, into));
        }
        Value::Array(list) => list.iter().for_each(|value| bom_refs(value, into)),
        _ => {}
    }
}
