//! XML from outside, pulled event by event within bounds: depth, elements, attributes and bytes of
//! a text. A document type is refused, so no entity can be declared, and only the five of XML are
//! known.

use quick_xml::errors::SyntaxError;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::sbom::{Limits, SbomError};

/// Attributes of one element; CycloneDX has at most six, RDF/XML a dozen namespaces.
pub(in crate::sbom) const ATTRIBUTES_MAX: usize = 64;

/// What stands next in the document.
pub(in crate::sbom) enum Item<'a> {
    /// An element begins. An empty one is followed by its end.
    Start(BytesStart<'a>),
    /// The element that began last ends.
    End,
    /// A piece of text, unescaped.
    Text(String),
    /// The document is over.
    Eof,
}

/// A reader that counts.
pub(in crate::sbom) struct Pull<'a, 'l> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    limits: &'l Limits,
    depth: usize,
    values: usize,
}

impl<'a, 'l> Pull<'a, 'l> {
    pub(in crate::sbom) fn new(text: &'a str, limits: &'l Limits) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = true;
        Self {
            reader,
            text,
            limits,
            depth: 0,
            values: 0,
        }
    }

    /// How many elements are open.
    pub(in crate::sbom) fn depth(&self) -> usize {
        self.depth
    }

    /// The next item; comments and processing instructions are read over.
    pub(in crate::sbom) fn next(&mut self) -> Result<Item<'a>, SbomError> {
        loop {
            let event = self.reader.read_event();
            let event = event.map_err(|error| self.broken(&error))?;
            match event {
                Event::Start(start) => {
                    self.enter(&start)?;
                    return Ok(Item::Start(start));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Item::End);
                }
                Event::Text(text) => {
                    self.check_length(text.len())?;
                    return Ok(Item::Text(text.xml10_content().into_owned()));
                }
                Event::CData(text) => {
                    self.check_length(text.len())?;
                    return Ok(Item::Text(text.xml10_content().into_owned()));
                }
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().ok().flatten();
                    let name = reference.into_inner();
                    let text = match character {
                        Some(character) => character.to_string(),
                        None => resolve_xml_entity(&name)
                            .ok_or_else(|| self.unknown_entity(&name))?
                            .to_owned(),
                    };
                    return Ok(Item::Text(text));
                }
                Event::DocType(_) => return Err(self.doctype()),
                Event::Eof if self.depth > 0 => return Err(self.cut_off()),
                Event::Eof => return Ok(Item::Eof),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Empty(start) => {
                    // The reader expands empty elements, so this does not come.
                    self.enter(&start)?;
                    return Ok(Item::Start(start));
                }
            }
        }
    }

    /// The attributes of an element, names as written.
    pub(in crate::sbom) fn attributes(
        &self,
        start: &BytesStart<'_>,
    ) -> Result<Vec<(String, String)>, SbomError> {
        let mut list: Vec<(String, String)> = Vec::new();
        // The parser's own check compares every attribute with all others; ours comes after the
        // bound.
        for attribute in start.attributes().with_checks(false) {
            let attribute: Attribute<'_> = attribute.map_err(|error| self.broken(&error.into()))?;
            if list.len() >= ATTRIBUTES_MAX {
                return Err(self.too_many_attributes());
            }
            let name = attribute.key.as_ref().to_owned();
            if list.iter().any(|(known, _)| *known == name) {
                let text = format!("The attribute {name:?} stands there twice. Export it again.");
                return Err(SbomError::new("structure-invalid", text).at(self.place()));
            }
            let value = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|error| self.broken(&error))?;
            self.check_length(value.len())?;
            list.push((name, value.into_owned()));
        }
        Ok(list)
    }

    /// Reads over the rest of the element that began last.
    pub(in crate::sbom) fn skip(&mut self) -> Result<(), SbomError> {
        let until = self.depth.saturating_sub(1);
        while self.depth > until {
            self.next()?;
        }
        Ok(())
    }

    /// The text of the element that began last, with that of the elements in it.
    pub(in crate::sbom) fn content(&mut self) -> Result<String, SbomError> {
        let until = self.depth.saturating_sub(1);
        let mut content = String::new();
        while self.depth > until {
            if let Item::Text(text) = self.next()? {
                self.check_length(content.len() + text.len())?;
                content.push_str(&text);
            }
        }
        Ok(content)
    }

    /// Where the reader stands.
    pub(in crate::sbom) fn place(&self) -> String {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        place_in(self.text, at)
    }

    /// Refuses one text more than fits.
    pub(in crate::sbom) fn check_length(&self, length: usize) -> Result<(), SbomError> {
        if length <= self.limits.string_max {
            return Ok(());
        }
        let max = self.limits.string_max / (1024 * 1024);
        let text = format!(
            "A text in the document is larger than {max} MiB. Export it again without embedded \
             files."
        );
        Err(SbomError::new("text-too-large", text).at(self.place()))
    }

    fn enter(&mut self, start: &BytesStart<'_>) -> Result<(), SbomError> {
        self.depth += 1;
        // Attributes are counted by their signs, so that a flood of them costs one walk.
        self.values += 1 + memchr::memchr_iter(b'=', start.attributes_raw().as_bytes()).count();
        if self.depth > self.limits.depth_max {
            let max = self.limits.depth_max;
            let text = format!(
                "The document is nested more than {max} levels deep. No SBOM tool writes that; \
                 export it again with flat components."
            );
            return Err(SbomError::new("document-too-deep", text).at(self.place()));
        }
        if self.values > self.limits.values_max {
            let max = self.limits.values_max;
            let text = format!("The document has more than {max} values. Split it by module.");
            return Err(SbomError::new("too-many-values", text).at(self.place()));
        }
        Ok(())
    }

    fn broken(&self, error: &quick_xml::Error) -> SbomError {
        let ended = matches!(
            error,
            quick_xml::Error::Syntax(
                SyntaxError::UnclosedTag
                    | SyntaxError::UnclosedSingleQuotedAttributeValue
                    | SyntaxError::UnclosedDoubleQuotedAttributeValue
                    | SyntaxError::UnclosedComment
                    | SyntaxError::UnclosedCData
                    | SyntaxError::UnclosedPI
                    | SyntaxError::UnclosedXmlDecl
            )
        );
        if ended {
            return self.cut_off();
        }
        let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        let shown: String = error.to_string().chars().take(200).collect();
        let text = format!("The document is not valid XML ({shown}). Export it again.");
        SbomError::new("xml-invalid", text).at(place_in(self.text, at))
    }

    fn cut_off(&self) -> SbomError {
        let text = "The document ends in the middle. The file was cut off; upload it again.";
        SbomError::new("document-cut-off", text).at(self.place())
    }

    fn doctype(&self) -> SbomError {
        let text = "The document declares a document type (DOCTYPE), which could declare entities. \
                    No SBOM needs one; export it again without.";
        SbomError::new("xml-doctype", text).at(self.place())
    }

    fn unknown_entity(&self, name: &str) -> SbomError {
        let name: String = name.chars().take(40).collect();
        let text = format!(
            "The document uses the entity \"&{name};\". Only those of XML itself are known; \
             export it again without."
        );
        SbomError::new("xml-invalid", text).at(self.place())
    }

    fn too_many_attributes(&self) -> SbomError {
        let text = format!(
            "An element has more than {ATTRIBUTES_MAX} attributes. No SBOM tool writes that; \
             export it again."
        );
        SbomError::new("too-many-values", text).at(self.place())
    }
}

/// A place in a text as people count.
fn place_in(text: &str, at: usize) -> String {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let column = before.len() - memchr::memrchr(b'\n', before).map_or(0, |found| found + 1) + 1;
    format!("line {line}, column {column}")
}
