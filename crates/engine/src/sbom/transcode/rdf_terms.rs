//! The properties of SPDX 2.x in RDF and what they are called in JSON.

/// How a value is written.
pub(super) enum Form {
    Text,
    /// The id of an element.
    Element,
    /// A term with this prefix, as `fileType_source`.
    Term(&'static str),
    ReferenceType,
    Algorithm,
    Bool,
    Whole,
    License,
    Creation,
    Object(&'static [Property]),
}

/// One property.
pub(super) struct Property {
    pub rdf: &'static str,
    pub json: &'static str,
    pub is_list: bool,
    pub form: Form,
}

const fn one(rdf: &'static str, json: &'static str, form: Form) -> Property {
    Property {
        rdf,
        json,
        is_list: false,
        form,
    }
}

const fn list(rdf: &'static str, json: &'static str, form: Form) -> Property {
    Property {
        rdf,
        json,
        is_list: true,
        form,
    }
}

pub(super) static DOCUMENT: &[Property] = &[
    one("specVersion", "spdxVersion", Form::Text),
    one("dataLicense", "dataLicense", Form::License),
    one("name", "name", Form::Text),
    one("comment", "comment", Form::Text),
    one("creationInfo", "creationInfo", Form::Creation),
    list(
        "externalDocumentRef",
        "externalDocumentRefs",
        Form::Object(EXTERNAL_DOCUMENT),
    ),
    list("annotation", "annotations", Form::Object(ANNOTATION)),
    list("reviewed", "revieweds", Form::Object(REVIEW)),
    // Written with all others of their class.
    list("describesPackage", "documentDescribes", Form::Element),
];

pub(super) static CREATION: &[Property] = &[
    list("creator", "creators", Form::Text),
    one("created", "created", Form::Text),
    one("licenseListVersion", "licenseListVersion", Form::Text),
    one("comment", "comment", Form::Text),
];

static EXTERNAL_DOCUMENT: &[Property] = &[
    one("externalDocumentId", "externalDocumentId", Form::Text),
    one("spdxDocument", "spdxDocument", Form::Text),
    one("checksum", "checksum", Form::Object(CHECKSUM)),
];

static CHECKSUM: &[Property] = &[
    one("algorithm", "algorithm", Form::Algorithm),
    one("checksumValue", "checksumValue", Form::Text),
];

static ANNOTATION: &[Property] = &[
    one("annotator", "annotator", Form::Text),
    one("annotationDate", "annotationDate", Form::Text),
    one(
        "annotationType",
        "annotationType",
        Form::Term("annotationType_"),
    ),
    one("comment", "comment", Form::Text),
];

static REVIEW: &[Property] = &[
    one("reviewer", "reviewer", Form::Text),
    one("reviewDate", "reviewDate", Form::Text),
    one("comment", "comment", Form::Text),
];

static VERIFICATION_CODE: &[Property] = &[
    one(
        "packageVerificationCodeValue",
        "packageVerificationCodeValue",
        Form::Text,
    ),
    list(
        "packageVerificationCodeExcludedFile",
        "packageVerificationCodeExcludedFiles",
        Form::Text,
    ),
];

static EXTERNAL_REF: &[Property] = &[
    one(
        "referenceCategory",
        "referenceCategory",
        Form::Term("referenceCategory_"),
    ),
    one("referenceType", "referenceType", Form::ReferenceType),
    one("referenceLocator", "referenceLocator", Form::Text),
    one("comment", "comment", Form::Text),
];

static PACKAGE: &[Property] = &[
    one("name", "name", Form::Text),
    one("versionInfo", "versionInfo", Form::Text),
    one("packageFileName", "packageFileName", Form::Text),
    one("supplier", "supplier", Form::Text),
    one("originator", "originator", Form::Text),
    one("downloadLocation", "downloadLocation", Form::Text),
    one("filesAnalyzed", "filesAnalyzed", Form::Bool),
    one(
        "packageVerificationCode",
        "packageVerificationCode",
        Form::Object(VERIFICATION_CODE),
    ),
    list("checksum", "checksums", Form::Object(CHECKSUM)),
    one("homepage", "homepage", Form::Text),
    one("sourceInfo", "sourceInfo", Form::Text),
    one("licenseConcluded", "licenseConcluded", Form::License),
    list(
        "licenseInfoFromFiles",
        "licenseInfoFromFiles",
        Form::License,
    ),
    one("licenseDeclared", "licenseDeclared", Form::License),
    one("licenseComments", "licenseComments", Form::Text),
    one("copyrightText", "copyrightText", Form::Text),
    one("summary", "summary", Form::Text),
    one("description", "description", Form::Text),
    one("comment", "comment", Form::Text),
    list("externalRef", "externalRefs", Form::Object(EXTERNAL_REF)),
    list("attributionText", "attributionTexts", Form::Text),
    list("hasFile", "hasFiles", Form::Element),
    list("annotation", "annotations", Form::Object(ANNOTATION)),
    one(
        "primaryPackagePurpose",
        "primaryPackagePurpose",
        Form::Term("purpose_"),
    ),
    one("releaseDate", "releaseDate", Form::Text),
    one("builtDate", "builtDate", Form::Text),
    one("validUntilDate", "validUntilDate", Form::Text),
];

static FILE: &[Property] = &[
    one("fileName", "fileName", Form::Text),
    list("fileType", "fileTypes", Form::Term("fileType_")),
    list("checksum", "checksums", Form::Object(CHECKSUM)),
    one("licenseConcluded", "licenseConcluded", Form::License),
    list("licenseInfoInFile", "licenseInfoInFiles", Form::License),
    one("licenseComments", "licenseComments", Form::Text),
    one("copyrightText", "copyrightText", Form::Text),
    one("comment", "comment", Form::Text),
    one("noticeText", "noticeText", Form::Text),
    list("fileContributor", "fileContributors", Form::Text),
    list("attributionText", "attributionTexts", Form::Text),
    list("fileDependency", "fileDependencies", Form::Element),
    list("annotation", "annotations", Form::Object(ANNOTATION)),
];

static POINTER: &[Property] = &[
    one("reference", "reference", Form::Element),
    one("offset", "offset", Form::Whole),
    one("lineNumber", "lineNumber", Form::Whole),
];

static RANGE: &[Property] = &[
    one("startPointer", "startPointer", Form::Object(POINTER)),
    one("endPointer", "endPointer", Form::Object(POINTER)),
];

static SNIPPET: &[Property] = &[
    one("snippetFromFile", "snippetFromFile", Form::Element),
    list("range", "ranges", Form::Object(RANGE)),
    one("licenseConcluded", "licenseConcluded", Form::License),
    list(
        "licenseInfoInSnippet",
        "licenseInfoInSnippets",
        Form::License,
    ),
    one("licenseComments", "licenseComments", Form::Text),
    one("copyrightText", "copyrightText", Form::Text),
    one("comment", "comment", Form::Text),
    one("name", "name", Form::Text),
    list("attributionText", "attributionTexts", Form::Text),
    list("annotation", "annotations", Form::Object(ANNOTATION)),
];

static LICENSE: &[Property] = &[
    one("licenseId", "licenseId", Form::Text),
    one("extractedText", "extractedText", Form::Text),
    one("name", "name", Form::Text),
    list("seeAlso", "seeAlsos", Form::Text),
    one("comment", "comment", Form::Text),
];

/// The properties of a class of elements.
pub(super) fn document_properties(class: &str) -> &'static [Property] {
    match class {
        "Package" => PACKAGE,
        "File" => FILE,
        "Snippet" => SNIPPET,
        _ => LICENSE,
    }
}
