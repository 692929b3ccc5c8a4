//! An object of JSON text under construction: members keep the order in which they were first
//! named, and lists grow where their items stand apart in the source.

use serde_json::Value;

/// The members of one object.
#[derive(Default)]
pub(super) struct Members(Vec<(&'static str, Member)>);

enum Member {
    One(String),
    /// Items, parted by commas.
    Items(String),
}

/// A text as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

impl Members {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets a member; `false` when it has a value already.
    pub(super) fn set(&mut self, name: &'static str, value: String) -> bool {
        if self.0.iter().any(|(known, _)| *known == name) {
            return false;
        }
        self.0.push((name, Member::One(value)));
        true
    }

    /// Adds an item to a list; `false` when the member is no list.
    pub(super) fn push(&mut self, name: &'static str, item: &str) -> bool {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, Member::Items(items))) => {
                items.push(',');
                items.push_str(item);
            }
            Some((_, Member::One(_))) => return false,
            None => self.0.push((name, Member::Items(item.to_owned()))),
        }
        true
    }

    /// Takes over the members of another object; `false` when one is there already.
    pub(super) fn merge(&mut self, other: Self) -> bool {
        other.0.into_iter().all(|(name, member)| match member {
            Member::One(value) => self.set(name, value),
            Member::Items(items) => self.push(name, &items),
        })
    }

    /// The text of a member that is no list.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find_map(|(known, member)| match member {
            Member::One(value) if *known == name => Some(value.as_str()),
            _ => None,
        })
    }

    /// Takes a member out.
    pub(super) fn remove(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| *known == name)?;
        match self.0.remove(at).1 {
            Member::One(value) => Some(value),
            Member::Items(_) => None,
        }
    }

    /// The object.
    pub(super) fn into_text(self) -> String {
        let length = self.0.iter().map(|(name, member)| {
            let (Member::One(text) | Member::Items(text)) = member;
            name.len() + text.len() + 6
        });
        let mut text = String::with_capacity(length.sum::<usize>() + 2);
        text.push('{');
        for (place, (name, member)) in self.0.into_iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            text.push('"');
            text.push_str(name);
            text.push_str("\":");
            match member {
                Member::One(value) => text.push_str(&value),
                Member::Items(items) => {
                    text.push('[');
                    text.push_str(&items);
                    text.push(']');
                }
            }
        }
        text.push('}');
        text
    }
}
