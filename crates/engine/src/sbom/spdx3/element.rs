//! One element of the graph. Types are written `software_Package`, as in the context of the
//! specification, or as whole addresses; both end in the same name.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Creation, Document, Links};
use crate::json::lenient::{Text, drain_seq};
use crate::sbom::builder::Builder;
use crate::sbom::{Component, SbomError};

/// Hashes, identifiers and the like read per element.
const PER_ELEMENT_MAX: usize = 256;

/// What an element is to us.
pub(super) enum Element<'a> {
    Component(Box<Component>, Links<'a>),
    Relationship(Relationship<'a>),
    /// An agent or tool.
    Named(String),
    License(String),
    Hash((String, String)),
    Identifier((String, String)),
    Creation(Creation<'a>),
    /// An SBOM or bundle, by its roots.
    Collection(Vec<Cow<'a, str>>),
    /// The document, and the ids it imports.
    Document(Document<'a>, Vec<Cow<'a, str>>),
    Other,
}

pub(super) struct Relationship<'a> {
    pub from: Cow<'a, str>,
    pub kind: Cow<'a, str>,
    pub to: Vec<Cow<'a, str>>,
    /// The element's index in the graph.
    pub position: usize,
}

/// What a relationship says about two components, in the direction we keep.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    DependsOn,
    Contains,
}

/// Types of SPDX 3.0 that build the graph, and whether they are written the other way round.
pub(super) fn meaning(kind: &str) -> Option<(Meaning, bool)> {
    Some(match kind {
        "dependsOn"
        | "hasDynamicLink"
        | "hasStaticLink"
        | "hasPrerequisite"
        | "hasOptionalDependency"
        | "hasProvidedDependency" => (Meaning::DependsOn, false),
        "contains" | "hasOptionalComponent" => (Meaning::Contains, false),
        _ => return None,
    })
}

/// An element as written; fields that no type of ours has are read over.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Raw<'a> {
    #[serde(rename = "spdxId", alias = "@id", deserialize_with = "id", borrow)]
    pub id: Option<Cow<'a, str>>,
    #[serde(rename = "type", alias = "@type", borrow)]
    class: Text<'a>,
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(rename = "creationInfo", borrow)]
    creation: Node<'a>,
    #[serde(rename = "rootElement", borrow)]
    roots: Many<'a>,
    #[serde(borrow)]
    import: Many<'a>,
    #[serde(rename = "software_packageVersion", borrow)]
    version: Text<'a>,
    #[serde(rename = "software_packageUrl", borrow)]
    purl: Text<'a>,
    #[serde(rename = "software_primaryPurpose", borrow)]
    purpose: Text<'a>,
    #[serde(rename = "software_sourceInfo", borrow)]
    source_info: Text<'a>,
    #[serde(rename = "suppliedBy", borrow)]
    supplier: Many<'a>,
    #[serde(rename = "originatedBy", borrow)]
    originator: Many<'a>,
    #[serde(rename = "externalIdentifier", borrow)]
    identifiers: Many<'a>,
    #[serde(rename = "verifiedUsing", borrow)]
    hashes: Many<'a>,
    #[serde(borrow)]
    from: Node<'a>,
    #[serde(rename = "relationshipType", borrow)]
    relationship: Text<'a>,
    #[serde(borrow)]
    to: Many<'a>,
    #[serde(rename = "simplelicensing_licenseExpression", borrow)]
    expression: Text<'a>,
    #[serde(rename = "specVersion", borrow)]
    spec_version: Text<'a>,
    #[serde(borrow)]
    created: Text<'a>,
    #[serde(rename = "createdUsing", borrow)]
    tools: Many<'a>,
    #[serde(borrow)]
    algorithm: Text<'a>,
    #[serde(rename = "hashValue", borrow)]
    hash_value: Text<'a>,
    #[serde(rename = "externalIdentifierType", borrow)]
    identifier_type: Text<'a>,
    #[serde(borrow)]
    identifier: Text<'a>,
}

/// A reference, or what stands in its place.
#[derive(Default)]
pub(super) enum Node<'a> {
    #[default]
    Absent,
    Id(Cow<'a, str>),
    Inline(Box<Inline<'a>>),
}

/// The parts of an element that may stand where they are used.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Inline<'a> {
    #[serde(rename = "spdxId", alias = "@id", deserialize_with = "id", borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    algorithm: Text<'a>,
    #[serde(rename = "hashValue", borrow)]
    hash_value: Text<'a>,
    #[serde(rename = "externalIdentifierType", borrow)]
    identifier_type: Text<'a>,
    #[serde(borrow)]
    identifier: Text<'a>,
    #[serde(rename = "externalSpdxId", borrow)]
    external_id: Text<'a>,
    #[serde(rename = "specVersion", borrow)]
    spec_version: Text<'a>,
    #[serde(borrow)]
    created: Text<'a>,
}

fn id<'de: 'a, 'a, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Cow<'a, str>>, D::Error> {
    Ok(Text::deserialize(deserializer)?.into_cow())
}

/// JSON-LD allows one value where a list belongs.
#[derive(Default)]
struct Many<'a>(Vec<Node<'a>>);

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an element or its id")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Id(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Node::Id(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Absent)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Node::Absent)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Node::Absent)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Node::Absent)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Node::Absent)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        drain_seq(seq)?;
        Ok(Node::Absent)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let inline = Inline::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Node::Inline(Box::new(inline)))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Node<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct ManyVisitor;

impl<'de> Visitor<'de> for ManyVisitor {
    type Value = Many<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("elements or their ids")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Many(vec![Node::Id(Cow::Borrowed(text))]))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Many(vec![Node::Id(Cow::Owned(text.to_owned()))]))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Many::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Many::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Many::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Many::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Many::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element::<Node<'de>>()? {
            list.push(node);
        }
        Ok(Many(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(Many(vec![NodeVisitor.visit_map(map)?]))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Many<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ManyVisitor)
    }
}

impl<'a> Many<'a> {
    fn ids(self) -> Vec<Cow<'a, str>> {
        self.0.into_iter().filter_map(Node::id).collect()
    }
}

impl<'a> Node<'a> {
    fn id(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Id(id) => Some(id),
            Self::Inline(inline) => inline.id,
            Self::Absent => None,
        }
    }
}

/// Sorts an element out by its type.
pub(super) fn read<'a>(builder: &mut Builder<'_>, raw: Raw<'a>) -> Result<Element<'a>, SbomError> {
    let class = raw.class.get().unwrap_or_default().to_owned();
    let class = class
        .rsplit(['/', '#', '_', ':'])
        .next()
        .unwrap_or_default();
    Ok(match class {
        "Package" | "AIPackage" | "DatasetPackage" => component(builder, raw, class),
        "File" => match component(builder, raw, class) {
            Element::Component(component, links)
                if component.purl_text.is_none()
                    && component.cpe.is_none()
                    && links.identifiers.is_empty() =>
            {
                Element::Other
            }
            element => element,
        },
        "Relationship" | "LifecycleScopedRelationship" => {
            let position = builder.path.last().map_or(0, |(_, position)| *position);
            let ends = raw.from.id().zip(raw.relationship.into_cow());
            match ends {
                Some((from, kind)) => Element::Relationship(Relationship {
                    from,
                    kind: short(kind),
                    to: raw.to.ids(),
                    position,
                }),
                None => Element::Other,
            }
        }
        "Person" | "Organization" | "Agent" | "SoftwareAgent" | "Tool" => {
            raw.name.into_owned().map_or(Element::Other, Element::Named)
        }
        "LicenseExpression" => {
            let text = raw.expression.into_owned();
            text.filter(|text| !matches!(text.trim(), "NOASSERTION" | "NONE"))
                .map_or(Element::Other, Element::License)
        }
        "ListedLicense" | "CustomLicense" | "SimpleLicensingText" => {
            let name = raw.name.into_owned();
            name.map_or(Element::Other, Element::License)
        }
        "Hash" => pair(raw.algorithm, raw.hash_value).map_or(Element::Other, Element::Hash),
        "ExternalIdentifier" => {
            pair(raw.identifier_type, raw.identifier).map_or(Element::Other, Element::Identifier)
        }
        "CreationInfo" => Element::Creation(Creation {
            version: raw.spec_version.into_owned(),
            created: raw.created.into_owned(),
            tools: raw.tools.ids(),
        }),
        "Sbom" | "Bom" | "Bundle" => Element::Collection(raw.roots.ids()),
        "SpdxDocument" => document(raw),
        _ => Element::Other,
    })
}

fn document(raw: Raw<'_>) -> Element<'_> {
    let imports = raw.import.0.into_iter().filter_map(|node| match node {
        Node::Inline(inline) => inline.external_id.into_cow(),
        _ => None,
    });
    let imports = imports.collect();
    let document = Document {
        id: raw.id.map(Cow::into_owned),
        name: raw.name.into_owned(),
        creation: raw.creation.id(),
        roots: raw.roots.ids(),
    };
    Element::Document(document, imports)
}

fn component<'a>(builder: &mut Builder<'_>, raw: Raw<'a>, class: &str) -> Element<'a> {
    let mut component = Component::unreadable();
    let mut links = Links::default();
    for (field, text) in [
        ("name", &raw.name),
        ("software_packageVersion", &raw.version),
    ] {
        if text.is_odd() {
            let text = format!("The field \"{field}\" is not of the type it must have.");
            builder.warn("field-of-wrong-type", field, text);
        }
    }
    component.bom_ref = raw.id.map(Cow::into_owned);
    component.name = raw.name.into_owned().unwrap_or_default();
    component.version = raw
        .version
        .into_owned()
        .filter(|text| !matches!(text.trim(), "NOASSERTION" | "NONE"));
    component.purl_text = raw.purl.into_owned();
    if let Some(text) = raw.source_info.get() {
        component.note_source_info(text);
    }
    component.kind = match (raw.purpose.get(), class) {
        (Some(purpose), _) => kebab(purpose),
        (None, "AIPackage") => "machine-learning-model".to_owned(),
        (None, "DatasetPackage") => "data".to_owned(),
        (None, "File") => "file".to_owned(),
        (None, _) => String::new(),
    };
    for node in raw.supplier.0.into_iter().chain(raw.originator.0) {
        match node {
            Node::Id(id) => links.suppliers.push(id),
            Node::Inline(inline) if component.supplier.is_none() => {
                component.supplier = inline.name.into_owned();
            }
            _ => {}
        }
    }
    for node in raw.hashes.0.into_iter().take(PER_ELEMENT_MAX) {
        match node {
            Node::Id(id) => links.hashes.push(id),
            Node::Inline(inline) => {
                let pair = pair(inline.algorithm, inline.hash_value);
                component
                    .hashes
                    .extend(pair.map(|(algorithm, value)| (algorithm, value.to_ascii_lowercase())));
            }
            Node::Absent => {}
        }
    }
    for node in raw.identifiers.0.into_iter().take(PER_ELEMENT_MAX) {
        match node {
            Node::Id(id) => links.identifiers.push(id),
            Node::Inline(inline) => {
                if let Some((kind, text)) = pair(inline.identifier_type, inline.identifier) {
                    identify(&mut component, &kind, &text);
                }
            }
            Node::Absent => {}
        }
    }
    if component.name.is_empty() {
        builder.warn("name-missing", "name", "The package has no name.");
    }
    Element::Component(Box::new(component), links)
}

/// Takes a package URL or CPE that stands as an external identifier.
pub(super) fn identify(component: &mut Component, kind: &str, text: &str) {
    let kind = kind.rsplit(['/', '#', ':']).next().unwrap_or_default();
    match kind {
        "packageUrl" | "packageURL" | "purl" if component.purl_text.is_none() => {
            component.purl_text = Some(text.to_owned());
        }
        "cpe23" | "cpe22" if component.cpe.is_none() => component.cpe = Some(text.to_owned()),
        _ => {}
    }
}

fn pair(first: Text<'_>, second: Text<'_>) -> Option<(String, String)> {
    let first = first.into_owned()?;
    let first = first
        .rsplit(['/', '#'])
        .next()
        .unwrap_or_default()
        .to_owned();
    Some((first, second.into_owned()?))
}

/// The last part of a term that is written as a whole address.
fn short(term: Cow<'_, str>) -> Cow<'_, str> {
    match term.rfind(['/', '#']) {
        Some(at) => Cow::Owned(term[at + 1..].to_owned()),
        None => term,
    }
}

/// `operatingSystem` as CycloneDX spells it: `operating-system`.
fn kebab(term: &str) -> String {
    let term = term.rsplit(['/', '#']).next().unwrap_or_default();
    if term == "model" {
        return "machine-learning-model".to_owned();
    }
    let mut text = String::with_capacity(term.len() + 2);
    for character in term.chars() {
        if character.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(character.to_ascii_lowercase());
    }
    text
}
