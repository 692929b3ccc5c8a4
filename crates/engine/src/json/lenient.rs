//! Values that forgive: a field of the wrong type becomes [`Text::Wrong`] or [`List::wrong`], so
//! that the reader can warn and go on.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A text, borrowed from the input where it needs no unescaping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Text<'a> {
    /// No such field, or `null`.
    #[default]
    Absent,
    /// The text; numbers and booleans are taken as they are written, see [`Text::Converted`].
    Is(Cow<'a, str>),
    /// A number or a boolean where a text belongs; usable, but worth a warning.
    Converted(String),
    /// A list or an object where a text belongs.
    Wrong,
}

impl<'a> Text<'a> {
    /// The text, if there is one and it is not blank.
    pub(crate) fn get(&self) -> Option<&str> {
        let text = match self {
            Self::Is(text) => text.as_ref(),
            Self::Converted(text) => text,
            Self::Absent | Self::Wrong => return None,
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// Like [`Text::get`], owned.
    pub(crate) fn into_owned(self) -> Option<String> {
        let text = match self {
            Self::Is(text) => text.into_owned(),
            Self::Converted(text) => text,
            Self::Absent | Self::Wrong => return None,
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// Like [`Text::into_owned`], but borrowed where it was.
    pub(crate) fn into_cow(self) -> Option<Cow<'a, str>> {
        let text = match self {
            Self::Is(text) => text,
            Self::Converted(text) => Cow::Owned(text),
            Self::Absent | Self::Wrong => return None,
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// Whether the field was not a text.
    pub(crate) fn is_odd(&self) -> bool {
        matches!(self, Self::Wrong | Self::Converted(_))
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text::Is(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text::Is(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Text::Absent)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Text::Converted(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Text::Converted(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Text::Converted(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Text::Converted(value.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        drain_seq(seq)?;
        Ok(Text::Wrong)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        drain_map(map)?;
        Ok(Text::Wrong)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

/// A list of at most `MAX` items; what comes after them is read over and counted.
#[derive(Debug)]
pub(crate) struct List<T, const MAX: usize = { usize::MAX }> {
    pub items: Vec<T>,
    /// Not a list at all.
    pub wrong: bool,
    /// Items beyond `MAX`.
    pub left_out: usize,
}

impl<T, const MAX: usize> Default for List<T, MAX> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            wrong: false,
            left_out: 0,
        }
    }
}

struct ListVisitor<T, const MAX: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MAX: usize> Visitor<'de> for ListVisitor<T, MAX> {
    type Value = List<T, MAX>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = List::default();
        while list.items.len() < MAX {
            match seq.next_element()? {
                Some(item) => list.items.push(item),
                None => return Ok(list),
            }
        }
        list.left_out = drain_seq(seq)?;
        Ok(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        drain_map(map)?;
        Ok(List {
            wrong: true,
            ..List::default()
        })
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(List::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(List {
            wrong: true,
            ..List::default()
        })
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(List {
            wrong: true,
            ..List::default()
        })
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(List {
            wrong: true,
            ..List::default()
        })
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(List {
            wrong: true,
            ..List::default()
        })
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(List {
            wrong: true,
            ..List::default()
        })
    }
}

impl<'de, T: Deserialize<'de>, const MAX: usize> Deserialize<'de> for List<T, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

/// An object read as `T`; anything else is `Wrong`.
#[derive(Debug, Default)]
pub(crate) enum Object<T> {
    #[default]
    Absent,
    Is(T),
    Wrong,
}

impl<T> Object<T> {
    pub(crate) fn get(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            _ => None,
        }
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object::Is)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        drain_seq(seq)?;
        Ok(Object::Wrong)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Object::Absent)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Object::Wrong)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Object::Wrong)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Object::Wrong)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Object::Wrong)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Object::Wrong)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(PhantomData))
    }
}

/// The known fields an object has had so far. The same field twice is refused, as in the derived
/// readers: two parsers may take different ones for true, so the document says two things.
#[derive(Default)]
pub(crate) struct Seen(u32);

impl Seen {
    /// `field` is its place among the known fields, below 32.
    pub(crate) fn once<E: Error>(&mut self, field: u32) -> Result<(), E> {
        let bit = 1u32.checked_shl(field).unwrap_or(0);
        if self.0 & bit != 0 {
            return Err(E::custom("a field stands there twice"));
        }
        self.0 |= bit;
        Ok(())
    }
}

/// Reads over what is left of a list and counts it.
pub(crate) fn drain_seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<usize, A::Error> {
    let mut count = 0;
    while seq.next_element::<IgnoredAny>()?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// Reads over what is left of an object.
pub(crate) fn drain_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}
