//! SPDX 2.x tag-value (SPDX 2.3, clauses 6 to 12 and annex H) into SPDX JSON. A tag that begins an
//! element (`PackageName`, `FileName` …) ends the one before it; files that follow a package belong
//! to it, which JSON says by a relationship.

use std::collections::HashMap;

use super::json_text::{Members, quoted};
use super::spdx_tags::{Kind, Part, Tag, tag};
use super::{NotUnderstood, Transcoded};
use crate::sbom::{Limits, SbomError};

const DOCUMENT_REF: &str = "SPDXRef-DOCUMENT";

/// An element that began, with its id once it is known.
#[derive(Default)]
struct Open {
    id: String,
    members: Members,
    /// Of external references and relationships: what their comments belong to.
    last: Option<(&'static str, Members)>,
}

#[derive(Default)]
struct Annotation {
    target: String,
    members: Members,
}

struct Reader<'l> {
    limits: &'l Limits,
    document: Open,
    creation: Members,
    part: Part,
    open: Open,
    packages: Vec<Open>,
    files: Vec<Open>,
    snippets: Vec<Open>,
    licenses: Vec<Open>,
    annotation: Option<Annotation>,
    annotations: HashMap<String, Vec<String>>,
    review: Option<Members>,
    relationship: Option<Members>,
    /// The package that files belong to now.
    package: Option<String>,
    values: usize,
    not_understood: NotUnderstood,
}

/// Transcodes a document that begins with a tag.
pub(in crate::sbom) fn transcode(text: &str, limits: &Limits) -> Result<Transcoded, SbomError> {
    let mut reader = Reader {
        limits,
        document: Open::default(),
        creation: Members::default(),
        part: Part::Document,
        open: Open::default(),
        packages: Vec::new(),
        files: Vec::new(),
        snippets: Vec::new(),
        licenses: Vec::new(),
        annotation: None,
        annotations: HashMap::new(),
        review: None,
        relationship: None,
        package: None,
        values: 0,
        not_understood: NotUnderstood::default(),
    };
    let mut rest = text;
    let mut line = 1;
    while !rest.is_empty() {
        let from = line;
        let (statement, after, lines) = next_statement(rest, line)?;
        line += lines;
        rest = after;
        let Some((name, value)) = statement else {
            continue;
        };
        reader.values += 1;
        reader.check(value, from)?;
        reader.statement(name, value, from)?;
    }
    Ok(reader.finish())
}

/// A tag and its value, the text after them, and how many lines they took. `None` for blank lines
/// and comments.
type Statement<'a> = (Option<(&'a str, &'a str)>, &'a str, usize);

fn next_statement(text: &str, line: usize) -> Result<Statement<'_>, SbomError> {
    let end = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
    let after = text.get(end + 1..).unwrap_or_default();
    let first = text[..end].trim();
    if first.is_empty() || first.starts_with('#') {
        return Ok((None, after, 1));
    }
    let Some((name, value)) = first.split_once(':') else {
        let shown: String = first.chars().take(60).collect();
        let text = format!(
            "The line {shown:?} is no \"Tag: value\". Export the document again as tag-value."
        );
        return Err(SbomError::new("tag-value-invalid", text).at(format!("line {line}, column 1")));
    };
    let (name, value) = (name.trim(), value.trim());
    let Some(opened) = value.strip_prefix("<text>") else {
        return Ok((Some((name, value)), after, 1));
    };
    // The value may go over lines; it ends where the text does.
    let from = opened.as_ptr() as usize - text.as_ptr() as usize;
    let Some(length) = text[from..].find("</text>") else {
        let text = "A <text> is never closed. The file was cut off; upload it again.";
        let error = SbomError::new("document-cut-off", text);
        return Err(error.at(format!("line {line}, column 1")));
    };
    let (value, tail) = text[from..].split_at(length);
    let end = memchr::memchr(b'\n', tail.as_bytes()).unwrap_or(tail.len());
    let after = tail.get(end + 1..).unwrap_or_default();
    let lines = memchr::memchr_iter(b'\n', value.as_bytes()).count() + 1;
    Ok((Some((name, value)), after, lines))
}

impl Reader<'_> {
    fn check(&self, value: &str, line: usize) -> Result<(), SbomError> {
        let place = format!("line {line}, column 1");
        if value.len() > self.limits.string_max {
            let max = self.limits.string_max / (1024 * 1024);
            let text = format!(
                "A text in the document is larger than {max} MiB. Export it again without \
                 embedded files."
            );
            return Err(SbomError::new("text-too-large", text).at(place));
        }
        if self.values > self.limits.values_max {
            let max = self.limits.values_max;
            let text = format!("The document has more than {max} values. Split it by module.");
            return Err(SbomError::new("too-many-values", text).at(place));
        }
        Ok(())
    }

    fn statement(&mut self, name: &str, value: &str, line: usize) -> Result<(), SbomError> {
        let Some(tag) = tag(self.part, name) else {
            self.not_understood.add(name);
            return Ok(());
        };
        if let Kind::Begins(part) = tag.kind {
            self.begin(part);
        }
        let fits = match tag.kind {
            Kind::Annotator
            | Kind::OfAnnotation
            | Kind::Reviewer
            | Kind::OfReview
            | Kind::Relationship
            | Kind::RelationshipComment => self.aside(name, tag, value),
            _ => self.own(name, tag, value),
        };
        if fits {
            return Ok(());
        }
        let name: String = name.chars().take(60).collect();
        let text = format!("The tag {name} stands there twice for one element. Export it again.");
        Err(SbomError::new("structure-invalid", text).at(format!("line {line}, column 1")))
    }

    /// A tag of the element that is open, or of the document; `false` when it stands there twice.
    fn own(&mut self, name: &str, tag: Tag, value: &str) -> bool {
        match tag.kind {
            Kind::Begins(Part::Snippet) => {
                self.open.id = value.to_owned();
                self.open.members.set("SPDXID", quoted(value))
            }
            Kind::Begins(_) | Kind::Text => self.target().set(tag.json, quoted(value)),
            Kind::Id => {
                if self.part == Part::Package {
                    self.package = Some(value.to_owned());
                }
                let open = match self.part {
                    Part::Document => &mut self.document,
                    _ => &mut self.open,
                };
                open.id = value.to_owned();
                open.members.set("SPDXID", quoted(value))
            }
            Kind::Bool => {
                let text = match value {
                    "true" | "True" | "TRUE" => "true".to_owned(),
                    "false" | "False" | "FALSE" => "false".to_owned(),
                    other => quoted(other),
                };
                self.target().set(tag.json, text)
            }
            Kind::Each => self.target().push(tag.json, &quoted(value)),
            Kind::Creation => self.creation.set(tag.json, quoted(value)),
            Kind::Creator => self.creation.push(tag.json, &quoted(value)),
            Kind::Checksum => self.target().push(tag.json, &checksum(value)),
            Kind::DocumentRef => self.document.members.push(tag.json, &document_ref(value)),
            Kind::VerificationCode => self.target().set(tag.json, verification_code(value)),
            Kind::ExternalRef => self.external_ref(value),
            Kind::CommentOfLast => match &mut self.open.last {
                Some((_, last)) => last.set("comment", quoted(value)),
                None => self.lost(name),
            },
            Kind::Range => {
                let range = range(value, tag.json, &self.open);
                self.open.members.push("ranges", &range)
            }
            _ => self.lost(name),
        }
    }

    /// A tag of what stands beside elements: relationships, annotations, reviews.
    fn aside(&mut self, name: &str, tag: Tag, value: &str) -> bool {
        match tag.kind {
            Kind::Relationship => self.relationship(value),
            Kind::RelationshipComment => match &mut self.relationship {
                Some(last) => last.set("comment", quoted(value)),
                None => self.lost(name),
            },
            Kind::Annotator => {
                self.end_annotation();
                let mut annotation = Annotation::default();
                annotation.members.set("annotator", quoted(value));
                self.annotation = Some(annotation);
                true
            }
            Kind::OfAnnotation => match &mut self.annotation {
                Some(annotation) if tag.json == "SPDXREF" => {
                    annotation.target = value.to_owned();
                    true
                }
                Some(annotation) => annotation.members.set(tag.json, quoted(value)),
                None => self.lost(name),
            },
            Kind::Reviewer => {
                self.end_review();
                let mut review = Members::default();
                review.set("reviewer", quoted(value));
                self.review = Some(review);
                true
            }
            Kind::OfReview => match &mut self.review {
                Some(review) => review.set(tag.json, quoted(value)),
                None => self.lost(name),
            },
            _ => self.lost(name),
        }
    }

    /// Counts a tag that belongs to nothing.
    fn lost(&mut self, name: &str) -> bool {
        self.not_understood.add(name);
        true
    }

    fn target(&mut self) -> &mut Members {
        match self.part {
            Part::Document => &mut self.document.members,
            _ => &mut self.open.members,
        }
    }

    fn external_ref(&mut self, value: &str) -> bool {
        self.end_last();
        let mut words = value.split_whitespace();
        let mut members = Members::default();
        for field in ["referenceCategory", "referenceType"] {
            members.set(field, quoted(words.next().unwrap_or_default()));
        }
        // The locator has no blanks in it, but what has is kept.
        let locator: Vec<&str> = words.collect();
        members.set("referenceLocator", quoted(&locator.join(" ")));
        self.open.last = Some(("externalRefs", members));
        true
    }

    fn relationship(&mut self, value: &str) -> bool {
        self.end_relationship();
        let mut words = value.split_whitespace();
        let mut members = Members::default();
        for field in ["spdxElementId", "relationshipType", "relatedSpdxElement"] {
            members.set(field, quoted(words.next().unwrap_or_default()));
        }
        self.relationship = Some(members);
        true
    }

    fn end_last(&mut self) {
        if let Some((list, members)) = self.open.last.take() {
            self.open.members.push(list, &members.into_text());
        }
    }

    fn end_relationship(&mut self) {
        if let Some(members) = self.relationship.take() {
            self.document
                .members
                .push("relationships", &members.into_text());
        }
    }

    fn end_annotation(&mut self) {
        if let Some(annotation) = self.annotation.take() {
            let list = self.annotations.entry(annotation.target).or_default();
            list.push(annotation.members.into_text());
        }
    }

    fn end_review(&mut self) {
        if let Some(review) = self.review.take() {
            self.document.members.push("revieweds", &review.into_text());
        }
    }

    /// Ends the element that is open and begins another.
    fn begin(&mut self, part: Part) {
        self.end_last();
        let ended = std::mem::take(&mut self.open);
        match self.part {
            Part::Document => {}
            Part::Package => self.packages.push(ended),
            Part::File => {
                if let Some(package) = &self.package {
                    let mut members = Members::default();
                    members.set("spdxElementId", quoted(package));
                    members.set("relationshipType", quoted("CONTAINS"));
                    members.set("relatedSpdxElement", quoted(&ended.id));
                    self.document
                        .members
                        .push("relationships", &members.into_text());
                }
                self.files.push(ended);
            }
            Part::Snippet => self.snippets.push(ended),
            Part::License => self.licenses.push(ended),
        }
        if part == Part::Package {
            self.package = None;
        }
        self.part = part;
    }

    fn finish(mut self) -> Transcoded {
        self.begin(Part::Document);
        self.end_relationship();
        self.end_annotation();
        self.end_review();
        let mut document = self.document.members;
        if !self.creation.is_empty() {
            document.set("creationInfo", self.creation.into_text());
        }
        let lists = [
            ("packages", self.packages),
            ("files", self.files),
            ("snippets", self.snippets),
            ("hasExtractedLicensingInfos", self.licenses),
        ];
        for (list, elements) in lists {
            for mut element in elements {
                for text in self.annotations.remove(&element.id).into_iter().flatten() {
                    element.members.push("annotations", &text);
                }
                document.push(list, &element.members.into_text());
            }
        }
        let mut left: Vec<_> = self.annotations.into_iter().collect();
        left.sort();
        for (target, list) in left {
            if target != DOCUMENT_REF && !target.is_empty() {
                self.not_understood.add("annotations of unknown elements");
            }
            for text in list {
                document.push("annotations", &text);
            }
        }
        Transcoded {
            text: document.into_text(),
            warnings: self.not_understood.warning().into_iter().collect(),
        }
    }
}

/// `SHA1: 85ed…` as an object.
fn checksum(value: &str) -> String {
    let (algorithm, digest) = value.split_once(':').unwrap_or(("", value));
    let mut members = Members::default();
    members.set("algorithm", quoted(algorithm.trim()));
    members.set("checksumValue", quoted(digest.trim()));
    members.into_text()
}

/// `DocumentRef-x https://… SHA1: 85ed…` as an object.
fn document_ref(value: &str) -> String {
    let mut words = value.splitn(3, char::is_whitespace);
    let mut members = Members::default();
    members.set(
        "externalDocumentId",
        quoted(words.next().unwrap_or_default()),
    );
    members.set("spdxDocument", quoted(words.next().unwrap_or_default()));
    if let Some(sum) = words.next() {
        members.set("checksum", checksum(sum));
    }
    members.into_text()
}

/// `d6a7… (excludes: ./a, ./b)` as an object.
fn verification_code(value: &str) -> String {
    let (code, excluded) = value.split_once('(').unwrap_or((value, ""));
    let mut members = Members::default();
    members.set("packageVerificationCodeValue", quoted(code.trim()));
    let excluded = excluded.trim_end().trim_end_matches(')');
    let excluded = excluded.strip_prefix("excludes:").unwrap_or(excluded);
    for name in excluded
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        members.push("packageVerificationCodeExcludedFiles", &quoted(name));
    }
    members.into_text()
}

/// `310:420` as two pointers; `unit` is `offset` or `lineNumber`.
fn range(value: &str, unit: &'static str, snippet: &Open) -> String {
    let (from, to) = value.split_once(':').unwrap_or((value, value));
    let file = snippet
        .members
        .get("snippetFromFile")
        .unwrap_or("\"\"")
        .to_owned();
    let pointer = |text: &str| {
        let mut members = Members::default();
        members.set("reference", file.clone());
        let number = text.trim().parse::<u64>();
        members.set(
            unit,
            number.map_or_else(|_| quoted(text), |n| n.to_string()),
        );
        members.into_text()
    };
    let mut members = Members::default();
    members.set("startPointer", pointer(from));
    members.set("endPointer", pointer(to));
    members.into_text()
}
