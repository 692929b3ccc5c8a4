# SBOM documents: the revisions of a release, what was understood of each, refusals of documents.
sboms-crumbs = Where you are
sboms-title = Software bills of materials
sboms-none = No SBOM has arrived for this release yet, so nothing in it can be checked.
sboms-count = { $n ->
    [one] One document has arrived; the current revision is what findings rest on.
   *[other] { $n } documents have arrived; the current revision is what findings rest on.
}
sboms-showing = Revisions, newest first: { $n } of { $total }
sboms-revision = Revision
sboms-current = current
sboms-arrived = Arrived
sboms-format = Format
sboms-components = Components
sboms-unidentified = Not identified
sboms-by = From
sboms-digest = Digest
sboms-download = Download
sboms-download-of = Download revision { $revision } as it came
sboms-newer = Newer
sboms-older = Older
sboms-upload = Upload a new revision
sboms-frozen = This release was frozen by { $who } on { $when }. It takes no further SBOM; make a new release for changed software.
sboms-file = SBOM file
sboms-file-hint = CycloneDX (JSON, XML), SPDX 2 (JSON, YAML, tag-value, RDF/XML), SPDX 3 (JSON-LD) or a Yocto archive of SPDX documents, up to 128 MiB; gzip and zstd are unpacked. The same file again changes nothing.
sboms-send = Upload

sbom-title = SBOM revision { $revision }
sbom-format-cyclonedx-json = CycloneDX JSON
sbom-format-spdx-json = SPDX JSON
sbom-format-cyclonedx-xml = CycloneDX XML
sbom-format-spdx-yaml = SPDX YAML
sbom-format-spdx-tag-value = SPDX tag-value
sbom-format-spdx-rdf = SPDX RDF/XML
sbom-format-spdx3-json-ld = SPDX 3 (JSON-LD)
sbom-format-spdx-archive = SPDX 2, archive of documents
sbom-format-spdx3-archive = SPDX 3, archive of documents
sbom-source-browser = in the browser
sbom-source-cli = from the command line
sbom-source-api = through the API
sbom-source-dependency-track = through the Dependency-Track-compatible API
sbom-coverage-nothing = The document lists no components, so there is nothing to check.
sbom-coverage-all = { $n ->
    [one] It lists one component, and it can be looked up in advisories.
   *[other] It lists { $n } components, and all of them can be looked up in advisories.
}
sbom-coverage-some = { $n ->
    [one] It lists one component.
   *[other] It lists { $n } components.
} { $unidentified ->
    [one] One of them cannot be looked up in advisories: whether it is vulnerable is unknown.
   *[other] { $unidentified } of them cannot be looked up in advisories: whether they are vulnerable is unknown.
}
sbom-is-current = This is the current revision of the release.
sbom-is-not-current = A newer revision has taken its place.
sbom-unidentified = What cannot be looked up, and why
sbom-facts = The document
sbom-made-at = Made
sbom-tools = Made with
sbom-serial = Identity
sbom-bytes = Bytes
sbom-download-original = Download the original
sbom-convert = Download in another format
sbom-convert-hint = Made from the original, valid by the official schema. What a format has no field for is kept as a property where it can be.
sbom-warnings = { $n ->
    [one] One thing is odd in the document
   *[other] { $n } things are odd in the document
}
sbom-warnings-left-out = and { $n } more
sbom-filter = Name, version or package URL
sbom-only-unidentified = Only those that cannot be looked up
sbom-filter-apply = Filter
sbom-filter-nothing = No component fits.
sbom-components-showing = Components in the order of the document: { $shown } of { $total }
sbom-range = { $first }–{ $last }
sbom-component = Component
sbom-version = Version
sbom-kind = Type
sbom-purl = Package URL
sbom-licences = Licences
sbom-look-up = Look-up
sbom-can-be-looked-up = can be looked up
sbom-previous = Previous
sbom-next = Next

unidentified-purl-missing = has no package URL
unidentified-component-is-file = is a file without a package URL
unidentified-component-unreadable = cannot be read
unidentified-purl-too-long = has a package URL that is too long
unidentified-purl-scheme-missing = has a package URL that does not begin with “pkg:”
unidentified-purl-type-invalid = has a package URL without a valid type
unidentified-purl-name-missing = has a package URL without a name
unidentified-purl-encoding-invalid = has a package URL with a broken percent-encoding
unidentified-purl-qualifier-invalid = has a package URL with an invalid qualifier
unidentified-purl-namespace-missing = has a package URL without the namespace its type needs
unidentified-distribution-not-supported = comes from a distribution whose advisories are not read
unidentified-ecosystem-not-supported = comes from an ecosystem whose advisories are not read yet
unidentified-ecosystem-without-advisories = is of a kind that no advisories name

refusal-sbom-unreadable = The SBOM cannot be read: { $reason }
refusal-sbom-parsers-busy = Too many SBOMs are being read at the moment. Nothing was stored; send it again in { $seconds } seconds.
refusal-sbom-takes-too-long = Reading this SBOM takes too long. Nothing was stored; split it by module or image.
refusal-sbom-busy = Several SBOMs arrived for this release at the same instant. Nothing was stored of this one; send it again.
refusal-document-too-large = The SBOM is larger than 128 MiB. Split it by module or image.
refusal-document-too-deep = The SBOM is nested too deeply ({ $place }). No SBOM tool writes that; export it again with flat components.
refusal-document-compressed = The SBOM is in an archive that cannot be unpacked. Send the file in it; gzip, zstd and tar archives of SPDX documents are fine.
refusal-document-empty = The SBOM is empty. Check the command that should have written it.
refusal-document-cut-off = The SBOM ends in the middle ({ $place }). The file was cut off; send it again.
refusal-encoding-not-utf8 = The SBOM is not UTF-8 text. Save it as UTF-8 and send it again.
refusal-json-invalid = The SBOM is not valid JSON ({ $place }). Export it again.
refusal-xml-invalid = The SBOM is not valid XML ({ $place }). Export it again.
refusal-xml-doctype = The SBOM declares a document type (DOCTYPE), which no SBOM needs ({ $place }). Export it again without.
refusal-tag-value-invalid = The SBOM is not valid SPDX tag-value ({ $place }). Export it again.
refusal-yaml-invalid = The SBOM is not valid SPDX YAML ({ $place }). Export it again.
refusal-rdf-invalid = The SBOM is not valid RDF/XML ({ $place }). Export it again.
refusal-archive-damaged = The archive is damaged or was cut off. Pack it again and send it.
refusal-archive-mixed = The archive holds documents of SPDX 2 and of SPDX 3, which cannot be read as one. Send them apart.
refusal-archive-too-many-files = The archive has more than 50,000 files. Send the SBOM of one image.
refusal-archive-without-documents = The archive holds no SPDX document in JSON. Send the SBOM itself, or the archive that Yocto writes.
refusal-structure-invalid = The file can be read, but it is not built like an SBOM ({ $place }). Export it again.
refusal-format-unknown = This is neither a CycloneDX nor an SPDX document. Send the SBOM itself, as CycloneDX (JSON or XML) or SPDX (JSON, YAML, tag-value, RDF/XML or JSON-LD).
refusal-format-not-supported = This format cannot be read. Export the SBOM as CycloneDX 1.0 to 1.7 or as SPDX 2.1 to 3.0.
refusal-spec-version-not-supported = This version of the format cannot be read. Export the SBOM as CycloneDX 1.0 to 1.7 or as SPDX 2.1 to 3.0.
refusal-text-too-large = A text in the SBOM is larger than 4 MiB ({ $place }). Export it again without embedded files.
refusal-too-many-values = The SBOM has more values than can be read ({ $place }). Split it by module or image.
refusal-too-many-components = The SBOM has more than 500,000 components. Split it by module or image.
refusal-too-many-dependencies = The SBOM has more dependencies than can be read. Split it by module or image.
sbom-subject-other-name = The document names another product. If this is the wrong file, upload the right one: it replaces this one, which stays as a revision.
sbom-subject-other-version = The document names another version. If this is the wrong file, upload the right one: it replaces this one, which stays as a revision.
