# The way in for SBOMs.
intake-title = Upload an SBOM
intake-lede = The document is read, kept as it came, and compared with what is known about its components.
intake-product = Product
intake-version = Version
intake-version-hint = A tagged version becomes a release. A name such as main or 4.3.0-SNAPSHOT is taken for a branch.
intake-branch = Branch
intake-branch-hint = Only for the build of a branch: each upload takes the place of the one before, and it never counts as on the market.
intake-create = Make the product or the release if it is not there yet
intake-create-hint = A new product waits in the inbox until a person looks at it.
intake-received-title = What came of the SBOM
intake-recorded = It is recorded as revision { $revision } of { $release }.
intake-unchanged = The same document was there already, as revision { $revision } of { $release }; nothing was changed.
intake-restored = The same document had been here before: revision { $revision } of { $release } is current again.
intake-findings = Findings
intake-findings-elsewhere = A newer revision has taken its place meanwhile; the release shows what was found in that.
intake-findings-blind = Nothing can be said about flaws: the feeds this rests on are old or missing.
intake-findings-none = Among what could be checked, nothing is known to be vulnerable.
intake-findings-open = { $n ->
    [one] One finding is open:
   *[other] { $n } findings are open:
}
intake-exploited = { $n } known to be exploited
intake-critical = { $n } critical
intake-high = { $n } high
intake-medium = { $n } medium
intake-low = { $n } low
intake-no-danger = { $n ->
    [one] { $n } notice without danger
   *[other] { $n } notices without danger
}
intake-unknown-severity = { $n } of unknown severity
intake-unchecked = { $n ->
    [one] One component could not be checked
   *[other] { $n } components could not be checked
}
intake-feeds-incomplete = These numbers are not complete, because what they rest on is old or missing:
intake-to-release = Go to the release
intake-to-sbom = Look at the document
intake-another = Upload another

refusal-intake-too-many-at-once = You are sending too many SBOMs at the same time. Nothing of this one was stored; send it again in { $seconds } seconds, and fewer at once.
refusal-intake-file-missing = Choose an SBOM file, or send it as the body of the request.
refusal-intake-field-too-large = The field “{ $field }” is larger than 64 KiB.
refusal-intake-may-not-create = This product or release is not there yet, and you may not make one. Use a token with the scope release:create, or ask somebody who may.
refusal-product-unknown = There is no product named “{ $product }”. Check the name, or allow it to be made: tick the box, send create=true, or use --create.
refusal-release-unknown = “{ $product }” has no release “{ $version }”. Check the version, or allow it to be made: tick the box, send create=true, or use --create.
refusal-sbom-packing-damaged = The document is said to be packed, but cannot be unpacked. Send it again, or unpacked.
refusal-sbom-unpacks-too-large = The packed document is larger than 128 MiB when it is unpacked, or packed suspiciously tight. Send it unpacked, or split it by module or image.
refusal-findings-blind = Whether there are findings cannot be said: the feeds this rests on are old or missing. Import them, then ask again.
refusal-bom-format-unknown = BOMs are given as CycloneDX JSON; the format “{ $format }” is not. Ask with format=json.
refusal-bom-variant-unknown = The variant “{ $variant }” is not known; there are inventory, withVulnerabilities and vdr.
refusal-bom-version-not-written = CycloneDX { $version } is not written here. Ask for version 1.6 or 1.7, or leave the version out for the document as it came.
refusal-bom-none = There is no SBOM of this release yet. Upload one first.
