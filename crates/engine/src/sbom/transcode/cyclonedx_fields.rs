//! What CycloneDX XML has (bom-1.0.xsd to bom-1.7.xsd) and what it is called in CycloneDX JSON
//! (bom-1.2.schema.json to bom-1.7.schema.json), as tables: elements of newer versions are read in
//! older documents too, for nothing is gained by losing them.

use Shape::{
    Bool, Chosen, Dependencies, List, ListOr, Listed, Merged, Number, Object, Ref, Repeated, Text,
    Verbatim, Whole,
};

/// What an element or attribute becomes.
pub(super) enum Shape {
    /// A text, blanks around it taken off.
    Text,
    /// A text as it stands.
    Verbatim,
    Bool,
    Whole,
    Number,
    /// The attribute `ref`.
    Ref,
    Object(&'static &'static [Field]),
    /// A text; an object when it has elements. The text's field is `$`.
    TextOr(&'static &'static [Field]),
    /// A wrapper around items.
    List(&'static [Item]),
    /// A wrapper around items, or an object.
    ListOr(&'static [Item], &'static &'static [Field]),
    /// A wrapper around one of these, which is the value itself.
    Chosen(&'static [Item]),
    /// Stands there several times, without a wrapper.
    Repeated(&'static Shape),
    /// Like `Repeated` since 1.6, one object before.
    Listed(&'static Shape),
    /// Its fields belong to the object around it.
    Merged(&'static &'static [Field]),
    /// The dependency graph.
    Dependencies,
}

/// One field. The name in XML is that of an element; of an attribute after `@`; the element's own
/// content when it is empty.
pub(super) struct Field {
    pub xml: &'static str,
    pub json: &'static str,
    pub shape: Shape,
}

/// One kind of item in a wrapper.
pub(super) struct Item {
    pub xml: &'static str,
    /// Whether the item stands in an object under its own name.
    pub is_named: bool,
    pub shape: Shape,
}

macro_rules! fields {
    (@name $name:literal) => { $name };
    (@name $name:literal $json:literal) => { $json };
    ($($name:literal $(as $json:literal)? : $shape:expr),* $(,)?) => {
        (&[$(Field { xml: $name, json: fields!(@name $name $($json)?), shape: $shape }),*] as &[Field])
    };
}

pub(super) use fields;

macro_rules! items {
    ($($name:literal : $shape:expr),* $(,)?) => {
        &[$(Item { xml: $name, is_named: false, shape: $shape }),*]
    };
}

pub(super) use items;

pub(super) static BOM: &[Field] = fields![
    "@serialNumber" as "serialNumber": Text,
    "@version" as "version": Whole,
    "metadata": Object(&METADATA),
    "components": List(COMPONENTS),
    "services": List(SERVICES),
    "externalReferences": List(REFERENCES),
    "dependencies": Dependencies,
    "compositions": List(items!["composition": Object(&COMPOSITION)]),
    "properties": List(PROPERTIES),
    "vulnerabilities": List(items!["vulnerability": Object(&VULNERABILITY)]),
    "annotations": List(items!["annotation": Object(&ANNOTATION)]),
    "formulation": List(items!["formula": Object(&FORMULA)]),
    "declarations": Object(&DECLARATIONS),
    "definitions": Object(&DEFINITIONS),
    "citations": List(items!["citation": Object(&CITATION)]),
];

static COMPONENTS: &[Item] = items!["component": Object(&COMPONENT)];
static SERVICES: &[Item] = items!["service": Object(&SERVICE)];
pub(super) static REFERENCES: &[Item] = items!["reference": Object(&REFERENCE)];
pub(super) static PROPERTIES: &[Item] = items!["property": Object(&PROPERTY)];
static HASHES: &[Item] = items!["hash": Object(&HASH)];
static TOOLS: &[Item] = items!["tool": Object(&TOOL)];
static CONTACTS: &[Item] = items!["author": Object(&CONTACT)];
static TEXTS_OF_TAGS: &[Item] = items!["tag": Text];
static ISSUES: &[Item] = items!["issue": Object(&ISSUE)];
pub(super) static PARTIES: &[Item] = items!["organization": Object(&ORGANIZATION), "contact": Object(&CONTACT), "individual": Object(&CONTACT), "ref": Text];
static LICENSES: &[Item] = &[
    Item {
        xml: "license",
        is_named: true,
        shape: Object(&LICENSE),
    },
    Item {
        xml: "expression",
        is_named: false,
        shape: Object(&EXPRESSION),
    },
    Item {
        xml: "expression-detailed",
        is_named: false,
        shape: Object(&EXPRESSION_DETAILED),
    },
];

static METADATA: &[Field] = fields![
    "timestamp": Text,
    "lifecycles": List(items!["lifecycle": Object(&fields!["phase": Text, "name": Text, "description": Text])]),
    "tools": ListOr(TOOLS, &TOOL_OBJECTS),
    "authors": List(CONTACTS),
    "component": Object(&COMPONENT),
    "manufacturer": Object(&ORGANIZATION),
    "manufacture": Object(&ORGANIZATION),
    "supplier": Object(&ORGANIZATION),
    "licenses": List(LICENSES),
    "properties": List(PROPERTIES),
    "distributionConstraints": Object(&fields!["tlp": Text]),
];

static TOOL_OBJECTS: &[Field] = fields!["components": List(COMPONENTS), "services": List(SERVICES)];

pub(super) static ORGANIZATION: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "name": Text,
    "address": Object(&ADDRESS),
    "url": Repeated(&Text),
    "contact": Repeated(&Object(&CONTACT)),
];

static ADDRESS: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text, "country": Text, "region": Text, "locality": Text,
    "postOfficeBoxNumber": Text, "postalCode": Text, "streetAddress": Text,
];

pub(super) static CONTACT: &[Field] =
    fields!["@bom-ref" as "bom-ref": Text, "name": Text, "email": Text, "phone": Text];

static TOOL: &[Field] = fields![
    "vendor": Text, "name": Text, "version": Text,
    "hashes": List(HASHES), "externalReferences": List(REFERENCES),
];

static COMPONENT: &[Field] = fields![
    "@type" as "type": Text,
    "@mime-type" as "mime-type": Text,
    "@bom-ref" as "bom-ref": Text,
    "@isExternal" as "isExternal": Bool,
    "supplier": Object(&ORGANIZATION),
    "manufacturer": Object(&ORGANIZATION),
    "authors": List(CONTACTS),
    "author": Text, "publisher": Text, "group": Text, "name": Text,
    "version": Text, "versionRange": Text, "description": Text, "scope": Text,
    "hashes": List(HASHES),
    "licenses": List(LICENSES),
    "copyright": Text,
    "patentAssertions": List(PATENT_ASSERTIONS),
    "cpe": Text, "purl": Text,
    "omniborId": Repeated(&Text),
    "swhid": Repeated(&Text),
    "swid": Object(&SWID),
    "modified": Bool,
    "pedigree": Object(&PEDIGREE),
    "externalReferences": List(REFERENCES),
    "properties": List(PROPERTIES),
    "components": List(COMPONENTS),
    "evidence": Object(&EVIDENCE),
    "releaseNotes": Object(&RELEASE_NOTES),
    "modelCard": Object(&super::cyclonedx_more::MODEL_CARD),
    "data": Repeated(&Object(&super::cyclonedx_more::COMPONENT_DATA)),
    "cryptoProperties": Object(&super::cyclonedx_more::CRYPTO),
    "tags": List(TEXTS_OF_TAGS),
];

static LICENSE: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "@acknowledgement" as "acknowledgement": Text,
    "id": Text, "name": Text,
    "text": Object(&ATTACHMENT),
    "url": Text,
    "licensing": Object(&LICENSING),
    "properties": List(PROPERTIES),
];

static EXPRESSION: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "@acknowledgement" as "acknowledgement": Text,
    "" as "expression": Text,
];

static EXPRESSION_DETAILED: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "@acknowledgement" as "acknowledgement": Text,
    "@expression" as "expression": Text,
    "details" as "expressionDetails": Repeated(&Object(&fields![
        "@license-identifier" as "licenseIdentifier": Text,
        "@bom-ref" as "bom-ref": Text,
        "text": Object(&ATTACHMENT),
        "url": Text,
    ])),
    "licensing": Object(&LICENSING),
    "properties": List(PROPERTIES),
];

static LICENSING: &[Field] = fields![
    "altIds": List(items!["altId": Text]),
    "licensor": Object(&LICENSING_PARTY),
    "licensee": Object(&LICENSING_PARTY),
    "purchaser": Object(&LICENSING_PARTY),
    "purchaseOrder": Text,
    "licenseTypes": List(items!["licenseType": Text]),
    "lastRenewal": Text, "expiration": Text,
];

pub(super) static LICENSING_PARTY: &[Field] =
    fields!["organization": Object(&ORGANIZATION), "individual": Object(&CONTACT)];

pub(super) static ATTACHMENT: &[Field] = fields![
    "@content-type" as "contentType": Text,
    "@encoding" as "encoding": Text,
    "" as "content": Verbatim,
];

pub(super) static HASH: &[Field] = fields!["@alg" as "alg": Text, "" as "content": Text];

static SWID: &[Field] = fields![
    "@tagId" as "tagId": Text, "@name" as "name": Text, "@version" as "version": Text,
    "@tagVersion" as "tagVersion": Whole, "@patch" as "patch": Bool,
    "text": Object(&ATTACHMENT), "url": Text,
];

pub(super) static REFERENCE: &[Field] = fields![
    "@type" as "type": Text, "url": Text, "comment": Text,
    "hashes": List(HASHES), "properties": List(PROPERTIES),
];

pub(super) static PROPERTY: &[Field] = fields!["@name" as "name": Text, "" as "value": Text];

static PEDIGREE: &[Field] = fields![
    "ancestors": List(COMPONENTS),
    "descendants": List(COMPONENTS),
    "variants": List(COMPONENTS),
    "commits": List(items!["commit": Object(&fields![
        "uid": Text, "url": Text, "author": Object(&ACTION), "committer": Object(&ACTION), "message": Text,
    ])]),
    "patches": List(items!["patch": Object(&fields![
        "@type" as "type": Text,
        "diff": Object(&fields!["text": Object(&ATTACHMENT), "url": Text]),
        "resolves": List(ISSUES),
    ])]),
    "notes": Text,
];

static ACTION: &[Field] = fields!["timestamp": Text, "name": Text, "email": Text];

static ISSUE: &[Field] = fields![
    "@type" as "type": Text, "id": Text, "name": Text, "description": Text,
    "source": Object(&SOURCE),
    "references": List(items!["url": Text]),
];

static SOURCE: &[Field] = fields!["name": Text, "url": Text];

static SERVICE: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "provider": Object(&ORGANIZATION),
    "group": Text, "name": Text, "version": Text, "description": Text,
    "endpoints": List(items!["endpoint": Text]),
    "authenticated": Bool, "x-trust-boundary": Bool, "trustZone": Text,
    "data": List(items![
        "classification": Object(&CLASSIFICATION),
        "dataflow": Object(&fields![
            "@name" as "name": Text, "@description" as "description": Text,
            "classification": Merged(&CLASSIFICATION),
            "governance": Object(&super::cyclonedx_more::GOVERNANCE),
            "source": List(items!["url": Text]),
            "destination": List(items!["url": Text]),
        ]),
    ]),
    "licenses": List(LICENSES),
    "patentAssertions": List(PATENT_ASSERTIONS),
    "externalReferences": List(REFERENCES),
    "properties": List(PROPERTIES),
    "services": List(SERVICES),
    "releaseNotes": Object(&RELEASE_NOTES),
    "tags": List(TEXTS_OF_TAGS),
];

static CLASSIFICATION: &[Field] = fields!["@flow" as "flow": Text, "" as "classification": Text];

static EVIDENCE: &[Field] = fields![
    "identity": Listed(&Object(&fields![
        "field": Text, "confidence": Number, "concludedValue": Text,
        "methods": List(items!["method": Object(&fields![
            "technique": Text, "confidence": Number, "value": Text,
        ])]),
        "tools": List(items!["tool": Ref]),
    ])),
    "occurrences": List(items!["occurrence": Object(&fields![
        "@bom-ref" as "bom-ref": Text, "location": Text, "line": Whole, "offset": Whole,
        "symbol": Text, "additionalContext": Text,
    ])]),
    "callstack": Object(&fields!["frames": List(items!["frame": Object(&fields![
        "package": Text, "module": Text, "function": Text,
        "parameters": List(items!["parameter": Text]),
        "line": Whole, "column": Whole, "fullFilename": Text,
    ])])]),
    "licenses": List(LICENSES),
    "copyright": List(&[Item { xml: "text", is_named: true, shape: Text }]),
];

static RELEASE_NOTES: &[Field] = fields![
    "type": Text, "title": Text, "featuredImage": Text, "socialImage": Text, "description": Text,
    "timestamp": Text,
    "aliases": List(items!["alias": Text]),
    "tags": List(TEXTS_OF_TAGS),
    "resolves": List(ISSUES),
    "notes": List(items!["note": Object(&fields!["locale": Text, "text": Object(&ATTACHMENT)])]),
    "properties": List(PROPERTIES),
];

static COMPOSITION: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "aggregate": Text,
    "assemblies": List(items!["assembly": Ref]),
    "dependencies": List(items!["dependency": Ref]),
    "vulnerabilities": List(items!["vulnerability": Ref]),
];

static VULNERABILITY: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "id": Text,
    "source": Object(&SOURCE),
    "references": List(items!["reference": Object(&fields!["id": Text, "source": Object(&SOURCE)])]),
    "ratings": List(items!["rating": Object(&fields![
        "source": Object(&SOURCE), "score": Number, "severity": Text, "method": Text,
        "vector": Text, "justification": Text,
    ])]),
    "cwes": List(items!["cwe": Whole]),
    "description": Text, "detail": Text, "recommendation": Text, "workaround": Text,
    "proofOfConcept": Object(&fields![
        "reproductionSteps": Text, "environment": Text,
        "supportingMaterial": List(items!["attachment": Object(&ATTACHMENT)]),
    ]),
    "advisories": List(items!["advisory": Object(&fields!["title": Text, "url": Text])]),
    "created": Text, "published": Text, "updated": Text, "rejected": Text,
    "credits": Object(&fields![
        "organizations": List(items!["organization": Object(&ORGANIZATION)]),
        "individuals": List(items!["individual": Object(&CONTACT)]),
    ]),
    "tools": ListOr(TOOLS, &TOOL_OBJECTS),
    "analysis": Object(&fields![
        "state": Text, "justification": Text,
        "responses" as "response": List(items!["response": Text]),
        "detail": Text, "firstIssued": Text, "lastUpdated": Text,
    ]),
    "affects": List(items!["target": Object(&fields![
        "ref": Text,
        "versions": List(items!["version": Object(&fields![
            "version": Text, "range": Text, "status": Text,
        ])]),
    ])]),
    "properties": List(PROPERTIES),
];

static ANNOTATION: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "subjects": List(items!["subject": Ref]),
    "annotator": Object(&fields![
        "organization": Object(&ORGANIZATION), "individual": Object(&CONTACT),
        "component": Object(&COMPONENT), "service": Object(&SERVICE),
    ]),
    "timestamp": Text, "text": Text,
];

static FORMULA: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "components": List(COMPONENTS),
    "services": List(SERVICES),
    "workflows": List(items!["workflow": Object(&super::cyclonedx_more::WORKFLOW)]),
    "properties": List(PROPERTIES),
];

static PATENT_ASSERTIONS: &[Item] = items!["patentAssertion": Object(&fields![
    "@bom-ref" as "bom-ref": Text,
    "assertionType": Text,
    "patentRefs": List(items!["bom-ref": Text]),
    "asserter": Chosen(PARTIES),
    "notes": Text,
])];

static DECLARATIONS: &[Field] = fields![
    "assessors": List(items!["assessor": Object(&fields![
        "@bom-ref" as "bom-ref": Text, "thirdParty": Bool, "organization": Object(&ORGANIZATION),
    ])]),
    "attestations": List(items!["attestation": Object(&fields![
        "summary": Text, "assessor": Text,
        "map": Repeated(&Object(&fields![
            "requirement": Text,
            "claims": List(items!["claim": Text]),
            "counterClaims": List(items!["counterClaim": Text]),
            "conformance": Object(&fields![
                "score": Number, "rationale": Text,
                "mitigationStrategies": List(items!["mitigationStrategy": Text]),
            ]),
            "confidence": Object(&fields!["score": Number, "rationale": Text]),
        ])),
    ])]),
    "claims": List(items!["claim": Object(&fields![
        "@bom-ref" as "bom-ref": Text, "target": Text, "predicate": Text,
        "mitigationStrategies": List(items!["mitigationStrategy": Text]),
        "reasoning": Text,
        "evidence": Repeated(&Text),
        "counterEvidence": Repeated(&Text),
        "externalReferences": List(REFERENCES),
    ])]),
    "evidence": List(items!["evidence": Object(&fields![
        "@bom-ref" as "bom-ref": Text, "propertyName": Text, "description": Text,
        "data": Repeated(&Object(&super::cyclonedx_more::EVIDENCE_DATA)),
        "created": Text, "expires": Text,
        "author": Object(&CONTACT), "reviewer": Object(&CONTACT),
    ])]),
    "targets": Object(&fields![
        "organizations": List(items!["organization": Object(&ORGANIZATION)]),
        "components": List(COMPONENTS),
        "services": List(SERVICES),
    ]),
    "affirmation": Object(&fields![
        "statement": Text,
        "signatories": List(items!["signatory": Object(&fields![
            "name": Text, "role": Text,
            "organization": Object(&ORGANIZATION), "externalReference": Object(&REFERENCE),
        ])]),
    ]),
];

static DEFINITIONS: &[Field] = fields![
    "standards": List(items!["standard": Object(&STANDARD)]),
    "patents": List(items![
        "patent": Object(&super::cyclonedx_more::PATENT),
        "patentFamily": Object(&super::cyclonedx_more::PATENT_FAMILY),
    ]),
];

static STANDARD: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text, "name": Text, "version": Text, "description": Text, "owner": Text,
    "requirements": List(items!["requirement": Object(&fields![
        "@bom-ref" as "bom-ref": Text, "identifier": Text, "title": Text, "text": Text,
        "descriptions": List(items!["description": Text]),
        "openCre": Repeated(&Text),
        "parent": Text,
        "properties": List(PROPERTIES),
        "externalReferences": List(REFERENCES),
    ])]),
    "levels": List(items!["level": Object(&fields![
        "@bom-ref" as "bom-ref": Text, "identifier": Text, "title": Text, "description": Text,
        "requirements": List(items!["requirement": Text]),
    ])]),
    "externalReferences": List(REFERENCES),
];

static CITATION: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "pointers": List(items!["pointer": Text]),
    "expressions": List(items!["expression": Text]),
    "timestamp": Text, "attributedTo": Text, "process": Text, "note": Text,
];
