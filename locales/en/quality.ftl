# What guidelines ask an SBOM to say: the checks by topic, and how sure their reading is.
quality-profile-bsi = BSI TR-03183-2 v2.1.0
quality-profile-ntia = NTIA minimum elements (2021)
quality-profile-cisa = CISA minimum elements (2026; names not compared with the paper)
quality-missing = Missing: { $what }.
quality-invalid = Not as asked for: { $what }. There stands “{ $value }”.
quality-unknown = Declared not to be known: { $what }.
quality-met = met
quality-not-met = not met
quality-no-components = no component to judge
quality-state-passed = passed
quality-state-failed = failed
quality-state-declared-unknown = declared unknown
quality-state-not-applicable = not applicable
quality-level-must = must
quality-level-should = should
quality-level-may = may
quality-failing = { $n ->
    [one] One required check fails.
   *[other] { $n } required checks fail.
}
quality-left-out = { $n ->
    [one] and one place more
   *[other] and { $n } places more
}
quality-places = { $n ->
    [one] one place
   *[other] { $n } places
}

quality-title = Quality
quality-lede = What three guidelines ask an SBOM to say, read from the original just now.
quality-show = Check the quality
quality-check = What is asked for
quality-citation = Section
quality-level = Level
quality-state = Result
quality-where = Where
quality-how-to-fix = How to fix it
quality-document = the document
quality-nothing-fails = Every check passes.
quality-is-unsure = our reading
quality-reading = How sure

quality-what-format-bsi = CycloneDX from 1.6 or SPDX from 3.0.1, as JSON or XML
quality-fix-format-bsi = Export the SBOM as CycloneDX 1.6 or later, or as SPDX 3.0.1 or later.
quality-what-format-known = a format and version of CycloneDX or SPDX
quality-fix-format-known = Let the tool write the version of the format into the document.
quality-what-no-vulnerabilities = an SBOM without vulnerability data
quality-fix-no-vulnerabilities = Take the vulnerabilities out and publish them as a VEX or CSAF file of their own.
quality-what-sbom-creator-reachable = the creator of the SBOM with an e-mail address or, if there is none, a web address
quality-fix-sbom-creator-reachable = Put it into metadata.manufacturer or metadata.authors (CycloneDX) or createdBy (SPDX 3).
quality-what-sbom-author = the author of the SBOM
quality-fix-sbom-author = Put it into metadata.authors or metadata.manufacturer (CycloneDX) or the creators (SPDX); a tool alone is no author.
quality-what-sbom-signature = a signature of the author in the SBOM
quality-fix-sbom-signature = Sign the document (CycloneDX: signature), or keep a detached signature beside it: that one cannot be seen here.
quality-what-sbom-uri = a URI of the SBOM
quality-fix-sbom-uri = Write the serial number as urn:uuid:… (CycloneDX) or the id of the document as a URI (SPDX).
quality-what-sbom-version = a version of the SBOM
quality-fix-sbom-version = Count up version with every change (CycloneDX), or give each issue a namespace of its own (SPDX).
quality-what-timestamp = the instant at which the SBOM was made, with an offset from UTC
quality-fix-timestamp = Write it as 2026-01-31T12:00:00Z.
quality-what-tool-name = the tool that made the SBOM
quality-fix-tool-name = Name it in metadata.tools (CycloneDX), as a creator “Tool: …” (SPDX 2) or in createdUsing (SPDX 3).
quality-what-tool-version = the version of each tool that made the SBOM
quality-fix-tool-version = Write it beside the name of the tool; in SPDX 2 after a hyphen, as in “Tool: name-1.2”.
quality-what-generation-context = when in the life of the software the SBOM was made (before, at or after the build)
quality-fix-generation-context = Write it into metadata.lifecycles (CycloneDX) or software_sbomType (SPDX 3); SPDX 2 has no field for it.
quality-what-component-creator-reachable = the creator of the component with an e-mail address or, if there is none, a web address
quality-fix-component-creator-reachable = Put it into manufacturer or authors (CycloneDX) or originatedBy (SPDX 3); a supplier alone may be a distributor.
quality-what-component-producer = the producer or supplier of the component
quality-fix-component-producer = Put it into manufacturer or supplier (CycloneDX), supplier or originator (SPDX 2), or originatedBy or suppliedBy (SPDX 3).
quality-what-component-name = the name of the component
quality-fix-component-name = Give it the name its creator uses.
quality-what-component-version = the version of the component
quality-fix-component-version = Give the creator's version; where there is none, the BSI asks for the modification time of the file (RFC 3339).
quality-what-component-filename = the file name of the component, without a path
quality-fix-component-filename = Write it into the property bsi:component:filename (CycloneDX) or name the distributed file (SPDX 3).
quality-what-component-dependencies = what the component depends on or contains
quality-fix-component-dependencies = List it under dependencies, with an empty dependsOn where there is nothing (CycloneDX), or as dependsOn (SPDX 3).
quality-what-component-completeness = whether the list of dependencies is complete
quality-fix-component-completeness = Say so in compositions (CycloneDX) or completeness (SPDX 3); “incomplete” and “unknown” are statements, too.
quality-what-component-relationship = how the component belongs to the others
quality-fix-component-relationship = Link it under dependencies (CycloneDX) or with a relationship (SPDX).
quality-what-component-known-unknowns = whether the component has no dependencies or nobody knows
quality-fix-component-known-unknowns = List it with an empty dependsOn, or say in compositions (CycloneDX) or completeness (SPDX 3) that it is not known.
quality-what-component-licence-concluded = the distribution licence as an SPDX expression (concluded)
quality-fix-component-licence-concluded = Give it with the acknowledgement “concluded” (CycloneDX) or as concluded licence (SPDX); outside the SPDX list use LicenseRef-….
quality-what-component-licence-declared = the original licence as an SPDX expression
quality-fix-component-licence-declared = Write ids of the SPDX list or LicenseRef-… names.
quality-what-component-licence-effective = the effective licence as an SPDX expression
quality-fix-component-licence-effective = Write the property bsi:component:effectiveLicence as an SPDX expression.
quality-what-component-licence = a licence of the component
quality-fix-component-licence = Give an SPDX id or expression, or the name of the licence; where it is not known, say NOASSERTION.
quality-what-component-hash-sha512 = the SHA-512 of the file that is delivered
quality-fix-component-hash-sha512 = Put it into hashes of the external reference “distribution” (CycloneDX) or of the distributed file (SPDX 3).
quality-what-component-hash-value = a hash of the component
quality-fix-component-hash-value = Let the tool compute one, SHA-256 or stronger.
quality-what-component-hash-algorithm = the algorithm of the component's hash
quality-fix-component-hash-algorithm = Write the algorithm beside the value.
quality-what-component-executable = whether the component is executable
quality-fix-component-executable = Set the property bsi:component:executable once, to executable or non-executable; in SPDX 3 give the purposes of the file.
quality-what-component-archive = whether the component is an archive
quality-fix-component-archive = Set the property bsi:component:archive once, to archive or “no archive”; in SPDX 3 give the purposes of the file.
quality-what-component-structured = whether the component is structured
quality-fix-component-structured = Set the property bsi:component:structured once, to structured or unstructured; in SPDX 3 give the purposes of the file.
quality-what-component-source-uri = a URI of the source code
quality-fix-component-source-uri = Write a whole URI, with https:// or another scheme.
quality-what-component-deployable-uri = a URI of the file that is delivered
quality-fix-component-deployable-uri = Write a whole URI, with https:// or another scheme.
quality-what-component-identifiers-readable = package URLs and CPEs that can be read
quality-fix-component-identifiers-readable = Write pkg:type/name@version, and CPEs as cpe:2.3:….
quality-what-component-identifier = an identifier of the component (package URL, CPE or another)
quality-fix-component-identifier = Add a package URL, as in pkg:npm/name@1.0.0.
quality-what-component-source-hash = the SHA-512 of the source code
quality-fix-component-source-hash = Put it into hashes of the external reference “source-distribution”.
quality-what-component-security-txt = the address of a security.txt
quality-fix-component-security-txt = Write a whole web address in the external reference “rfc-9116”.

quality-unsure-bsi-authors = The guideline's mapping names the manufacturer only; that people among the authors count as creators is our reading.
quality-unsure-bsi-sbom-uri = That the serial number or the document's id is the SBOM-URI is our reading.
quality-unsure-bsi-compositions = That a composition which names no components speaks of all of them, and that one about assemblies is enough, is our reading.
quality-unsure-bsi-licence-list = That several single ids count as an expression is our reading; a licence newer than our copy of the SPDX list is not recognised.
quality-unsure-bsi-distribution-intake = That the reference “distribution-intake” counts like “distribution” is our reading.
quality-unsure-bsi-spdx-purposes = In SPDX 3, that a purpose which is not given means “not so” is our reading.
quality-unsure-ntia-author = That a tool alone is no author is our reading.
quality-unsure-cisa-names = The names of the elements come from public reviews and have not been compared with the paper of July 2026.
quality-unsure-cisa-signature = A detached signature beside the document may do, and cannot be seen here; so this does not decide. The name has not been compared with the paper.
