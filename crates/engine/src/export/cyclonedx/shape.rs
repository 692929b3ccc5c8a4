//! Whether a field that our model does not know may be written as it came: the parts of the
//! CycloneDX 1.6 and 1.7 schemas that tools use, without what refers to other entries. A value
//! outside them is not wrong; it moves to a property.

use crate::export::mend;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What a value may be.
pub(super) enum Shape {
    Text,
    Flag,
    /// From 0 to 1.
    Share,
    Number,
    /// An integer, not below this.
    From(u64),
    Word(&'static [&'static str]),
    Check(fn(&str) -> bool),
    List(&'static Shape),
    /// A list in which nothing stands twice.
    Set(&'static Shape),
    /// An object: its fields, and which of them it must have.
    Fields(&'static [Field], &'static [&'static str]),
    /// An object with exactly one of these fields, beside those of the shape.
    OneOf(&'static [&'static str], &'static Shape),
    Either(&'static Shape, &'static Shape),
}

type Field = (&'static str, &'static Shape);

use Shape::{Check, Either, Fields, Flag, From, List, Number, OneOf, Set, Share, Text, Word};

impl Shape {
    /// How deep this goes was bounded before the document was parsed.
    pub(super) fn fits(&self, value: &Value) -> bool {
        let all = |of: &Shape| {
            let list = value.as_array();
            list.is_some_and(|list| list.iter().all(|item| of.fits(item)))
        };
        match self {
            Text => value.is_string(),
            Flag => value.is_boolean(),
            Number => value.is_number(),
            Share => value
                .as_f64()
                .is_some_and(|share| (0.0..=1.0).contains(&share)),
            From(least) => value.as_u64().is_some_and(|number| number >= *least),
            Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Check(check) => value.as_str().is_some_and(check),
            List(of) => all(of),
            Set(of) => {
                let mut seen = HashSet::new();
                let list = value.as_array().into_iter().flatten();
                let mut list = list.map(Value::to_string);
                all(of) && list.all(|item| seen.insert(item))
            }
            Fields(fields, required) => value
                .as_object()
                .is_some_and(|object| fit(object, fields, required)),
            OneOf(names, shape) => {
                let has = |name: &&&str| value.get(**name).is_some();
                shape.fits(value) && names.iter().filter(has).count() == 1
            }
            Either(one, other) => one.fits(value) || other.fits(value),
        }
    }
}

fn fit(object: &Map<String, Value>, fields: &[Field], required: &[&str]) -> bool {
    let mut all = object.iter();
    required.iter().all(|name| object.contains_key(*name))
        && all.all(|(name, value)| {
            let shape = fields.iter().find(|(known, _)| known == name);
            shape.is_some_and(|(_, shape)| shape.fits(value))
        })
}

/// Fields of a component that may stay as they came.
pub(super) const OF_COMPONENT: &[Field] = &[
    ("mime-type", &Check(is_media_type)),
    ("modified", &Flag),
    ("tags", &List(&Text)),
    ("pedigree", &PEDIGREE),
    ("evidence", &EVIDENCE),
];

/// Fields of the document likewise.
pub(super) const OF_DOCUMENT: &[Field] = &[("services", &Set(&SERVICE))];

/// Fields of a vulnerability likewise.
pub(super) const OF_VULNERABILITY: &[Field] = &[
    ("references", &List(&FOREIGN_ID)),
    ("ratings", &List(&RATING)),
    ("cwes", &List(&From(1))),
    ("description", &Text),
    ("detail", &Text),
    ("recommendation", &Text),
    ("workaround", &Text),
    ("proofOfConcept", &PROOF),
    ("advisories", &List(&ADVISORY)),
    ("created", &TIME),
    ("published", &TIME),
    ("updated", &TIME),
    ("rejected", &TIME),
    ("credits", &CREDITS),
    ("properties", &PROPERTIES),
];

static IRI: Shape = Check(mend::is_iri_reference);
static TIME: Shape = Check(mend::is_date_time);
static NAMED: Shape = Check(|text| !text.is_empty());
static VERSION: Shape = Check(|text| super::parties::version(Some(text)).is_some());
static PROPERTY: Shape = Fields(&[("name", &Text), ("value", &Text)], &["name"]);
static PROPERTIES: Shape = List(&PROPERTY);
static ATTACHMENT: Shape = Fields(
    &[
        ("contentType", &Text),
        ("encoding", &Word(&["base64"])),
        ("content", &Text),
    ],
    &["content"],
);
static CONTACT: Shape = Fields(
    &[
        ("name", &Text),
        ("email", &Check(mend::is_email)),
        ("phone", &Text),
    ],
    &[],
);
static ENTITY: Shape = Fields(
    &[
        ("name", &Text),
        ("url", &List(&IRI)),
        ("contact", &List(&CONTACT)),
    ],
    &[],
);
static CREDITS: Shape = Fields(
    &[
        ("organizations", &List(&ENTITY)),
        ("individuals", &List(&CONTACT)),
    ],
    &[],
);
static ACKNOWLEDGEMENT: Shape = Word(&["declared", "concluded"]);
static LICENSE: Shape = OneOf(
    &["id", "name"],
    &Fields(
        &[
            ("id", &Check(mend::is_license_id)),
            ("name", &Text),
            ("acknowledgement", &ACKNOWLEDGEMENT),
            ("text", &ATTACHMENT),
            ("url", &IRI),
        ],
        &[],
    ),
);
static LICENSES: Shape = List(&Fields(&[("license", &LICENSE)], &["license"]));
static LINKS: Shape = List(&Fields(
    &[
        ("url", &IRI),
        ("comment", &Text),
        ("type", &Check(is_reference_kind)),
    ],
    &["url", "type"],
));

/// In both versions.
fn is_reference_kind(word: &str) -> bool {
    super::claims::is_reference_kind(word, crate::export::CyclonedxVersion::V1_6)
}

fn is_media_type(text: &str) -> bool {
    let is_plain = |text: &str| {
        let plain =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '+' | '.');
        !text.is_empty() && text.chars().all(plain)
    };
    text.split_once('/')
        .is_some_and(|(kind, own)| is_plain(kind) && is_plain(own))
}

static ACTION: Shape = Fields(
    &[
        ("timestamp", &TIME),
        ("name", &Text),
        ("email", &Check(mend::is_email)),
    ],
    &[],
);
static COMMIT: Shape = Fields(
    &[
        ("uid", &Text),
        ("url", &IRI),
        ("author", &ACTION),
        ("committer", &ACTION),
        ("message", &Text),
    ],
    &[],
);
static ISSUE: Shape = Fields(
    &[
        ("type", &Word(&["defect", "enhancement", "security"])),
        ("id", &Text),
        ("name", &Text),
        ("description", &Text),
        ("source", &Fields(&[("name", &Text), ("url", &IRI)], &[])),
        ("references", &List(&IRI)),
    ],
    &["type"],
);
static PATCH: Shape = Fields(
    &[
        (
            "type",
            &Word(&["unofficial", "monkey", "backport", "cherry-pick"]),
        ),
        (
            "diff",
            &Fields(&[("text", &ATTACHMENT), ("url", &IRI)], &[]),
        ),
        ("resolves", &List(&ISSUE)),
    ],
    &["type"],
);
/// A component that a pedigree tells of.
static RELATIVE: Shape = Fields(
    &[
        ("type", &Word(&crate::export::words::CYCLONEDX_KINDS)),
        ("bom-ref", &NAMED),
        ("group", &Text),
        ("name", &Text),
        ("version", &VERSION),
        ("description", &Text),
        ("publisher", &Text),
        ("copyright", &Text),
        ("purl", &Text),
        ("supplier", &ENTITY),
        ("licenses", &LICENSES),
        ("externalReferences", &LINKS),
        ("pedigree", &PEDIGREE),
        ("properties", &PROPERTIES),
    ],
    &["type", "name"],
);
static PEDIGREE: Shape = Fields(
    &[
        ("ancestors", &Set(&RELATIVE)),
        ("descendants", &Set(&RELATIVE)),
        ("variants", &Set(&RELATIVE)),
        ("commits", &List(&COMMIT)),
        ("patches", &List(&PATCH)),
        ("notes", &Text),
    ],
    &[],
);

static METHOD: Shape = Fields(
    &[
        (
            "technique",
            &Word(&[
                "source-code-analysis",
                "binary-analysis",
                "manifest-analysis",
                "ast-fingerprint",
                "hash-comparison",
                "instrumentation",
                "dynamic-analysis",
                "filename",
                "attestation",
                "other",
            ]),
        ),
        ("confidence", &Share),
        ("value", &Text),
    ],
    &["technique", "confidence"],
);
static IDENTITY: Shape = Fields(
    &[
        (
            "field",
            &Word(&[
                "group",
                "name",
                "version",
                "purl",
                "cpe",
                "omniborId",
                "swhid",
                "swid",
                "hash",
            ]),
        ),
        ("confidence", &Share),
        ("concludedValue", &Text),
        ("methods", &List(&METHOD)),
    ],
    &["field"],
);
static OCCURRENCE: Shape = Fields(
    &[
        ("bom-ref", &NAMED),
        ("location", &Text),
        ("line", &From(0)),
        ("offset", &From(0)),
        ("symbol", &Text),
        ("additionalContext", &Text),
    ],
    &["location"],
);
static FRAME: Shape = Fields(
    &[
        ("package", &Text),
        ("module", &Text),
        ("function", &Text),
        ("parameters", &List(&Text)),
        ("line", &From(0)),
        ("column", &From(0)),
        ("fullFilename", &Text),
    ],
    &["module"],
);
static EVIDENCE: Shape = Fields(
    &[
        ("identity", &Either(&List(&IDENTITY), &IDENTITY)),
        ("occurrences", &List(&OCCURRENCE)),
        ("callstack", &Fields(&[("frames", &List(&FRAME))], &[])),
        ("licenses", &LICENSES),
        ("copyright", &Set(&Fields(&[("text", &Text)], &["text"]))),
    ],
    &[],
);

static SERVICE: Shape = Fields(
    &[
        ("bom-ref", &NAMED),
        ("provider", &ENTITY),
        ("group", &Text),
        ("name", &Text),
        ("version", &VERSION),
        ("description", &Text),
        ("endpoints", &List(&IRI)),
        ("authenticated", &Flag),
        ("x-trust-boundary", &Flag),
        ("trustZone", &Text),
        ("data", &List(&FLOW)),
        ("licenses", &LICENSES),
        ("externalReferences", &LINKS),
        ("services", &Set(&SERVICE)),
        ("properties", &PROPERTIES),
        ("tags", &List(&Text)),
    ],
    &["name"],
);
static FLOW: Shape = Fields(
    &[
        (
            "flow",
            &Word(&["inbound", "outbound", "bi-directional", "unknown"]),
        ),
        ("classification", &Text),
        ("name", &Text),
        ("description", &Text),
        ("source", &List(&IRI)),
        ("destination", &List(&IRI)),
    ],
    &["flow", "classification"],
);

static FOREIGN_ID: Shape = Fields(&[("id", &Text), ("source", &SOURCE)], &["id", "source"]);
static SOURCE: Shape = Fields(&[("name", &Text), ("url", &Text)], &[]);
static RATING: Shape = Fields(
    &[
        ("source", &SOURCE),
        ("score", &Number),
        (
            "severity",
            &Word(&[
                "critical", "high", "medium", "low", "info", "none", "unknown",
            ]),
        ),
        (
            "method",
            &Word(&[
                "CVSSv2", "CVSSv3", "CVSSv31", "CVSSv4", "OWASP", "SSVC", "other",
            ]),
        ),
        ("vector", &Text),
        ("justification", &Text),
    ],
    &[],
);
static ADVISORY: Shape = Fields(&[("title", &Text), ("url", &IRI)], &["url"]);
static PROOF: Shape = Fields(
    &[
        ("reproductionSteps", &Text),
        ("environment", &Text),
        ("supportingMaterial", &List(&ATTACHMENT)),
    ],
    &[],
);
