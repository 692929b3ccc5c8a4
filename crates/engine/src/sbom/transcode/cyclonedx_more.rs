//! The parts of CycloneDX for machine learning, cryptography, manufacturing and patents, as tables
//! like those of `cyclonedx_fields`.

use super::cyclonedx_fields::Shape::{
    Bool, Chosen, Dependencies, List, Number, Object, Repeated, Text, TextOr, Whole,
};
use super::cyclonedx_fields::{
    ATTACHMENT, Field, HASH, Item, LICENSING_PARTY, ORGANIZATION, PARTIES, PROPERTIES, PROPERTY,
    REFERENCE, REFERENCES, fields, items,
};

pub(super) static MODEL_CARD: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "modelParameters": Object(&fields![
        "approach": Object(&fields!["type": Text]),
        "task": Text, "architectureFamily": Text, "modelArchitecture": Text,
        "datasets": List(&[
            Item { xml: "ref", is_named: true, shape: Text },
            Item { xml: "dataset", is_named: false, shape: Object(&COMPONENT_DATA) },
        ]),
        "inputs": List(items!["input": Object(&fields!["format": Text])]),
        "outputs": List(items!["output": Object(&fields!["format": Text])]),
    ]),
    "quantitativeAnalysis": Object(&fields![
        "performanceMetrics": List(items!["performanceMetric": Object(&fields![
            "type": Text, "value": Text, "slice": Text,
            "confidenceInterval": Object(&fields!["lowerBound": Text, "upperBound": Text]),
        ])]),
        "graphics": Object(&GRAPHICS),
    ]),
    "considerations": Object(&fields![
        "users": List(items!["user": Text]),
        "useCases": List(items!["useCase": Text]),
        "technicalLimitations": List(items!["technicalLimitation": Text]),
        "performanceTradeoffs": List(items!["performanceTradeoff": Text]),
        "ethicalConsiderations": List(items!["ethicalConsideration": Object(&fields![
            "name": Text, "mitigationStrategy": Text,
        ])]),
        "environmentalConsiderations": Object(&fields![
            "energyConsumptions": List(items!["energyConsumption": Object(&ENERGY)]),
            "properties": List(PROPERTIES),
        ]),
        "fairnessAssessments": List(items!["fairnessAssessment": Object(&fields![
            "groupAtRisk": Text, "benefits": Text, "harms": Text, "mitigationStrategy": Text,
        ])]),
    ]),
    "properties": List(PROPERTIES),
];

static MEASURE: &[Field] = fields!["value": Number, "unit": Text];

static ENERGY: &[Field] = fields![
    "activity": Text,
    "energyProviders": Repeated(&Object(&fields![
        "@bom-ref" as "bom-ref": Text, "description": Text,
        "organization": Object(&ORGANIZATION),
        "energySource": Text,
        "energyProvided": Object(&MEASURE),
        "externalReferences": List(REFERENCES),
    ])),
    "activityEnergyCost": Object(&MEASURE),
    "co2CostEquivalent": Object(&MEASURE),
    "co2CostOffset": Object(&MEASURE),
    "properties": List(PROPERTIES),
];

static GRAPHICS: &[Field] = fields![
    "description": Text,
    "collection": List(items!["graphic": Object(&fields![
        "name": Text, "image": Object(&ATTACHMENT),
    ])]),
];

pub(super) static COMPONENT_DATA: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "type": Text, "name": Text,
    "contents": Object(&fields![
        "attachment": Object(&ATTACHMENT), "url": Text, "properties": List(PROPERTIES),
    ]),
    "classification": Text,
    "sensitiveData": Repeated(&Text),
    "graphics": Object(&GRAPHICS),
    "description": Text,
    "governance": Object(&GOVERNANCE),
];

pub(super) static EVIDENCE_DATA: &[Field] = fields![
    "name": Text,
    "contents": Object(&fields!["attachment": Object(&ATTACHMENT), "url": Text]),
    "classification": Text,
    "sensitiveData": Repeated(&Text),
    "governance": Object(&GOVERNANCE),
];

pub(super) static GOVERNANCE: &[Field] = fields![
    "custodians": List(items!["custodian": Object(&LICENSING_PARTY)]),
    "stewards": List(items!["steward": Object(&LICENSING_PARTY)]),
    "owners": List(items!["owner": Object(&LICENSING_PARTY)]),
];

static RESOURCE: &[Field] = fields!["ref": Text, "externalReference": Object(&REFERENCE)];
static RESOURCES: &[Item] = items!["resourceReference": Object(&RESOURCE)];
static STEPS: &[Item] = items!["step": Object(&fields![
    "name": Text, "description": Text,
    "commands": List(items!["command": Object(&fields![
        "executed": Text, "properties": List(PROPERTIES),
    ])]),
    "properties": List(PROPERTIES),
])];
static INPUTS: &[Item] = items!["input": Object(&fields![
    "resource": Object(&RESOURCE),
    "parameters": List(items!["parameter": Object(&fields![
        "name": Text, "value": Text, "dataType": Text,
    ])]),
    "environmentVars": List(items!["environmentVar": Object(&PROPERTY), "value": Text]),
    "data": Object(&ATTACHMENT),
    "source": Object(&RESOURCE),
    "target": Object(&RESOURCE),
    "properties": List(PROPERTIES),
])];
static OUTPUTS: &[Item] = items!["output": Object(&fields![
    "resource": Object(&RESOURCE),
    "environmentVars": List(items!["environmentVar": Object(&PROPERTY), "value": Text]),
    "data": Object(&ATTACHMENT),
    "type": Text,
    "source": Object(&RESOURCE),
    "target": Object(&RESOURCE),
    "properties": List(PROPERTIES),
])];
static TASK_TYPES: &[Item] = items!["taskType": Text];

/// Workflows; their tasks have the same fields but no tasks of their own.
pub(super) static WORKFLOW: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text, "uid": Text, "name": Text, "description": Text,
    "resourceReferences": List(RESOURCES),
    "tasks": List(items!["task": Object(&WORKFLOW)]),
    "taskDependencies": Dependencies,
    "taskTypes": List(TASK_TYPES),
    "trigger": Object(&TRIGGER),
    "steps": List(STEPS),
    "inputs": List(INPUTS),
    "outputs": List(OUTPUTS),
    "timeStart": Text, "timeEnd": Text,
    "workspaces": List(items!["workspace": Object(&WORKSPACE)]),
    "runtimeTopology": Dependencies,
    "properties": List(PROPERTIES),
];

static WORKSPACE: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text, "uid": Text, "name": Text,
    "aliases": List(items!["alias": Text]),
    "description": Text,
    "resourceReferences": List(RESOURCES),
    "accessMode": Text, "mountPath": Text, "managedDataType": Text, "volumeRequest": Text,
    "volume": Object(&fields![
        "uid": Text, "name": Text, "mode": Text, "path": Text, "sizeAllocated": Text,
        "persistent": Bool, "remote": Bool, "properties": List(PROPERTIES),
    ]),
    "properties": List(PROPERTIES),
];

static TRIGGER: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text, "uid": Text, "name": Text, "description": Text,
    "resourceReferences": List(RESOURCES),
    "type": Text,
    "event": Object(&fields![
        "uid": Text, "description": Text, "timeReceived": Text,
        "data": Object(&ATTACHMENT),
        "source": Object(&RESOURCE), "target": Object(&RESOURCE),
        "properties": List(PROPERTIES),
    ]),
    "conditions": List(items!["condition": Object(&fields![
        "description": Text, "expression": Text, "properties": List(PROPERTIES),
    ])]),
    "timeActivated": Text,
    "inputs": List(INPUTS),
    "outputs": List(OUTPUTS),
    "properties": List(PROPERTIES),
];

pub(super) static CRYPTO: &[Field] = fields![
    "assetType": Text,
    "algorithmProperties": Object(&fields![
        "primitive": Text, "algorithmFamily": Text, "parameterSetIdentifier": Text, "curve": Text,
        "ellipticCurve": Text, "executionEnvironment": Text, "implementationPlatform": Text,
        "certificationLevel": Repeated(&Text),
        "mode": Text, "padding": Text,
        "cryptoFunctions": List(items!["cryptoFunction": Text]),
        "classicalSecurityLevel": Whole, "nistQuantumSecurityLevel": Whole,
    ]),
    "certificateProperties": Object(&CERTIFICATE),
    "relatedCryptoMaterialProperties": Object(&fields![
        "type": Text, "id": Text, "state": Text, "algorithmRef": Text, "creationDate": Text,
        "activationDate": Text, "updateDate": Text, "expirationDate": Text, "value": Text,
        "size": Whole, "format": Text,
        "securedBy": Object(&fields!["mechanism": Text, "algorithmRef": Text]),
        "fingerprint": Object(&HASH),
        "relatedCryptographicAssets": List(RELATED_ASSETS),
    ]),
    "protocolProperties": Object(&PROTOCOL),
    "oid": Text,
];

static RELATED_ASSETS: &[Item] =
    items!["relatedCryptographicAsset": Object(&fields!["type": Text, "ref": Text])];

static CERTIFICATE: &[Field] = fields![
    "serialNumber": Text, "subjectName": Text, "issuerName": Text, "notValidBefore": Text,
    "notValidAfter": Text, "signatureAlgorithmRef": Text, "subjectPublicKeyRef": Text,
    "certificateFormat": Text, "certificateExtension": Text, "certificateFileExtension": Text,
    "fingerprint": Object(&HASH),
    "certificateState": Repeated(&Object(&fields![
        "state": Text, "name": Text, "description": Text, "reason": Text,
    ])),
    "creationDate": Text, "activationDate": Text, "deactivationDate": Text, "revocationDate": Text,
    "destructionDate": Text,
    "certificateExtensions": List(items!["certificateExtension": Object(&fields![
        "commonExtensionName": Text, "commonExtensionValue": Text,
        "customExtensionName": Text, "customExtensionValue": Text,
    ])]),
    "relatedCryptographicAssets": List(RELATED_ASSETS),
];

/// A transform: a reference in 1.6, an object since 1.7.
static TRANSFORM: &[Field] = fields![
    "" as "$": Text, "name": Text, "keyLength": Whole, "algorithm": Text,
];

static PROTOCOL: &[Field] = fields![
    "type": Text, "version": Text,
    "cipherSuites": List(items!["cipherSuite": Object(&fields![
        "name": Text,
        "algorithms": List(items!["algorithm": Text]),
        "identifiers": List(items!["identifier": Text]),
        "tlsGroups": List(items!["group": Text]),
        "tlsSignatureSchemes": List(items!["signatureScheme": Text]),
    ])]),
    "ikev2TransformTypes": Object(&fields![
        "encr": Repeated(&TextOr(&TRANSFORM)),
        "prf": Repeated(&TextOr(&TRANSFORM)),
        "integ": Repeated(&TextOr(&TRANSFORM)),
        "ke": Repeated(&TextOr(&fields!["" as "$": Text, "group": Whole, "algorithm": Text])),
        "esn": Bool,
        "auth": Repeated(&TextOr(&TRANSFORM)),
    ]),
    "cryptoRef" as "cryptoRefArray": Repeated(&Text),
    "relatedCryptographicAssets": List(RELATED_ASSETS),
];

static PRIORITY: &[Field] =
    fields!["applicationNumber": Text, "jurisdiction": Text, "filingDate": Text];

pub(super) static PATENT: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "patentNumber": Text, "applicationNumber": Text, "jurisdiction": Text,
    "priorityApplication": Object(&PRIORITY),
    "publicationNumber": Text, "title": Text, "abstract": Text, "filingDate": Text,
    "grantDate": Text, "patentExpirationDate": Text, "patentLegalStatus": Text,
    "patentAssignee": Repeated(&Chosen(PARTIES)),
    "externalReferences": List(REFERENCES),
];

pub(super) static PATENT_FAMILY: &[Field] = fields![
    "@bom-ref" as "bom-ref": Text,
    "familyId": Text,
    "priorityApplication": Object(&PRIORITY),
    "members": List(items!["ref": Text]),
    "externalReferences": List(REFERENCES),
];
