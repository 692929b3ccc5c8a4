//! The tags of SPDX 2.1 to 2.3 and what they are called in JSON.

/// The element that tags belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Document,
    Package,
    File,
    Snippet,
    License,
}

/// What a tag does.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Begins an element and is its first text.
    Begins(Part),
    Text,
    Id,
    Bool,
    /// One item of a list of texts.
    Each,
    Creation,
    Creator,
    Checksum,
    DocumentRef,
    VerificationCode,
    ExternalRef,
    /// Comment of the external reference before it.
    CommentOfLast,
    Relationship,
    RelationshipComment,
    /// A range in a snippet; the JSON name is that of the unit.
    Range,
    Annotator,
    OfAnnotation,
    Reviewer,
    OfReview,
}

/// A tag as we know it.
#[derive(Clone, Copy)]
pub(super) struct Tag {
    name: &'static str,
    pub json: &'static str,
    pub kind: Kind,
}

const fn t(name: &'static str, json: &'static str, kind: Kind) -> Tag {
    Tag { name, json, kind }
}

/// Tags that mean the same everywhere.
static ANYWHERE: &[Tag] = &[
    t("SPDXVersion", "spdxVersion", Kind::Text),
    t("SPDXID", "SPDXID", Kind::Id),
    t("Creator", "creators", Kind::Creator),
    t("Created", "created", Kind::Creation),
    t("CreatorComment", "comment", Kind::Creation),
    t("LicenseListVersion", "licenseListVersion", Kind::Creation),
    t(
        "ExternalDocumentRef",
        "externalDocumentRefs",
        Kind::DocumentRef,
    ),
    t("PackageName", "name", Kind::Begins(Part::Package)),
    t("FileName", "fileName", Kind::Begins(Part::File)),
    t("SnippetSPDXID", "SPDXID", Kind::Begins(Part::Snippet)),
    t("LicenseID", "licenseId", Kind::Begins(Part::License)),
    t("Relationship", "relationships", Kind::Relationship),
    t("RelationshipComment", "comment", Kind::RelationshipComment),
    t("Annotator", "annotator", Kind::Annotator),
    t("AnnotationDate", "annotationDate", Kind::OfAnnotation),
    t("AnnotationType", "annotationType", Kind::OfAnnotation),
    t("AnnotationComment", "comment", Kind::OfAnnotation),
    t("SPDXREF", "SPDXREF", Kind::OfAnnotation),
    t("Reviewer", "reviewer", Kind::Reviewer),
    t("ReviewDate", "reviewDate", Kind::OfReview),
    t("ReviewComment", "comment", Kind::OfReview),
];

static DOCUMENT: &[Tag] = &[
    t("DataLicense", "dataLicense", Kind::Text),
    t("DocumentName", "name", Kind::Text),
    t("DocumentNamespace", "documentNamespace", Kind::Text),
    t("DocumentComment", "comment", Kind::Text),
];

static PACKAGE: &[Tag] = &[
    t("PackageVersion", "versionInfo", Kind::Text),
    t("PackageFileName", "packageFileName", Kind::Text),
    t("PackageSupplier", "supplier", Kind::Text),
    t("PackageOriginator", "originator", Kind::Text),
    t("PackageDownloadLocation", "downloadLocation", Kind::Text),
    t("FilesAnalyzed", "filesAnalyzed", Kind::Bool),
    t(
        "PackageVerificationCode",
        "packageVerificationCode",
        Kind::VerificationCode,
    ),
    t("PackageChecksum", "checksums", Kind::Checksum),
    t("PackageHomePage", "homepage", Kind::Text),
    t("PackageSourceInfo", "sourceInfo", Kind::Text),
    t("PackageLicenseConcluded", "licenseConcluded", Kind::Text),
    t(
        "PackageLicenseInfoFromFiles",
        "licenseInfoFromFiles",
        Kind::Each,
    ),
    t("PackageLicenseDeclared", "licenseDeclared", Kind::Text),
    t("PackageLicenseComments", "licenseComments", Kind::Text),
    t("PackageCopyrightText", "copyrightText", Kind::Text),
    t("PackageSummary", "summary", Kind::Text),
    t("PackageDescription", "description", Kind::Text),
    t("PackageComment", "comment", Kind::Text),
    t("ExternalRef", "externalRefs", Kind::ExternalRef),
    t("ExternalRefComment", "comment", Kind::CommentOfLast),
    t("PackageAttributionText", "attributionTexts", Kind::Each),
    t("PrimaryPackagePurpose", "primaryPackagePurpose", Kind::Text),
    t("ReleaseDate", "releaseDate", Kind::Text),
    t("BuiltDate", "builtDate", Kind::Text),
    t("ValidUntilDate", "validUntilDate", Kind::Text),
];

static FILE: &[Tag] = &[
    t("FileType", "fileTypes", Kind::Each),
    t("FileChecksum", "checksums", Kind::Checksum),
    t("LicenseConcluded", "licenseConcluded", Kind::Text),
    t("LicenseInfoInFile", "licenseInfoInFiles", Kind::Each),
    t("LicenseComments", "licenseComments", Kind::Text),
    t("FileCopyrightText", "copyrightText", Kind::Text),
    t("FileComment", "comment", Kind::Text),
    t("FileNotice", "noticeText", Kind::Text),
    t("FileContributor", "fileContributors", Kind::Each),
    t("FileAttributionText", "attributionTexts", Kind::Each),
    t("FileDependency", "fileDependencies", Kind::Each),
];

static SNIPPET: &[Tag] = &[
    t("SnippetFromFileSPDXID", "snippetFromFile", Kind::Text),
    t("SnippetByteRange", "offset", Kind::Range),
    t("SnippetLineRange", "lineNumber", Kind::Range),
    t("SnippetLicenseConcluded", "licenseConcluded", Kind::Text),
    t("LicenseInfoInSnippet", "licenseInfoInSnippets", Kind::Each),
    t("SnippetLicenseComments", "licenseComments", Kind::Text),
    t("SnippetCopyrightText", "copyrightText", Kind::Text),
    t("SnippetComment", "comment", Kind::Text),
    t("SnippetName", "name", Kind::Text),
    t("SnippetAttributionText", "attributionTexts", Kind::Each),
];

static LICENSE: &[Tag] = &[
    t("ExtractedText", "extractedText", Kind::Text),
    t("LicenseName", "name", Kind::Text),
    t("LicenseCrossReference", "seeAlsos", Kind::Each),
    t("LicenseComment", "comment", Kind::Text),
];

/// What a tag means where it stands.
pub(super) fn tag(part: Part, name: &str) -> Option<Tag> {
    let own = match part {
        Part::Document => DOCUMENT,
        Part::Package => PACKAGE,
        Part::File => FILE,
        Part::Snippet => SNIPPET,
        Part::License => LICENSE,
    };
    let mut all = own.iter().chain(ANYWHERE);
    all.find(|tag| tag.name == name).copied()
}
