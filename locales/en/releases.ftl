# Releases: versions made available, branch builds, freeze.
releases-title = Releases
releases-none = No release is recorded. Add one, or let your CI push an SBOM.
releases-showing = Showing { $shown } of { $matching }
release-add = Add release
release-new-title = Add a release
release-edit-title = Change the release
release-change = Change the facts
release-facts = Facts
release-tabs = Parts of this release
release-tab-overview = Overview
release-tab-sboms = SBOMs
release-tab-findings = Findings
release-tab-changes = Changes
release-look-at = Look at
release-lede = { $market }. Its evidence can still change.
release-lede-frozen = { $market }. Frozen by { $by } on { $at }.
release-latest = latest
release-field-version = Version
release-field-variant = Variant
release-field-made-available-on = Made available on
release-field-is-latest = It is the latest release
release-field-labels = Labels
release-hint-version = As it is tagged, for example 4.2.1. An upload with the same version finds it.
release-hint-made-available-on = The day it first reached customers. Leave it empty if you do not know.
release-hint-labels = Separated by commas.
release-hint-market = The duty to report within 24 hours concerns what is on the market, or was.
release-variant-none = all variants, or there are none
release-labels-none = none
release-created = Recorded
release-id = Id for programs
release-channel = Channel
release-channel-tagged = tagged release
release-channel-branch = rolling build of the branch { $branch }
release-branch-name = branch { $branch }
release-branch-explained = A branch build rolls on with each upload and is never on the market. Upload the same SBOM under a tagged version to make it a release.
release-market = On the market
release-market-on-market = On the market
release-market-not-yet = Not yet on the market
release-market-withdrawn = Withdrawn; units may still be in use
release-market-branch = Branch build, not on the market
release-market-assumed = { $market } (assumed)
release-market-assumption = Nobody has said whether this release is on the market, so we assume it is: forgetting to say so must not silence a 24-hour duty. Confirm it, or say otherwise.
release-market-choose-assume = I do not know: assume that it is
release-market-confirm-on-market = Yes, it is on the market
release-market-confirm-not-yet = Yes, it is not yet on the market
release-market-confirm-withdrawn = Yes, it was withdrawn
release-market-say-on-market = It is on the market
release-market-say-not-yet = It is not on the market yet
release-market-say-withdrawn = It was withdrawn
release-evidence = Evidence
release-evidence-none = There is no evidence yet: no SBOM was uploaded for this release.
release-evidence-count = { $n ->
    [one] One piece of evidence
   *[other] { $n } pieces of evidence
}
release-proof = What
release-proof-digest = Digest
release-frozen = Frozen
release-not-frozen = no
release-frozen-explained = The facts and the evidence of this release are frozen. The digest below is of the file you can download here, byte for byte.
release-frozen-download = Download the frozen evidence set
release-frozen-digest = Digest of the frozen set
release-freeze-look = Freeze this release
release-freeze-title = Freeze this release
release-freeze-lede = Freezing keeps the facts and the evidence of { $product } { $version } as they are now, under one digest.
release-freeze-warning = There is no way back. Uploads and changes for this release will be refused from then on; what changes later needs a new release.
release-freeze-takes = What is frozen
release-freeze-empty = This release has no evidence yet. Without an SBOM there is little to freeze.
release-freeze-leaves = Where the release stands towards the market and whether it is the latest can still change afterwards.
release-freeze-understood = I have read the list and know that this cannot be undone
release-freeze-do = Freeze for good

refusal-version-exists = There is a release { $version } of this product already.
refusal-variant-unknown = This product has no such variant.
refusal-market-unknown = Say on-market, not-yet or withdrawn.
refusal-branch-not-on-market = A branch build is never on the market. Upload it under a tagged version to make it a release.
refusal-release-never-on-market = Version { $version } was never on the market, so there is nothing to withdraw. Releases are never deleted, because what was known about them must stay provable.
refusal-branch-keeps-name = A branch build is called as its branch; its version cannot be changed.
refusal-labels-too-many = A release has at most { $max } labels.
refusal-release-frozen = Release { $version } was frozen by { $by } on { $at }. What changes now needs a new release.
refusal-release-frozen-meanwhile = Somebody else froze this release a moment ago.
refusal-freeze-branch = A branch build rolls on and cannot be frozen. Freeze a tagged release.
refusal-freeze-not-confirmed = Tick the box to say that you know it cannot be undone.

changes-title = Changes
changes-no-other = This product has no other release to compare with.
changes-with = Compare with
changes-compare = Compare
changes-lede = What changed from { $old } to { $new }.
changes-new-flaws = Newly reachable flaws
changes-new-flaws-hint = Findings open in this release for flaws that the other one has no open finding of. What could not be checked is not among them.
changes-cut = There are more findings than were compared.
changes-no-new-flaws = None among what could be checked.
changes-no-sbom = One of the two releases has no SBOM, so its components cannot be compared.
changes-none = Both list the same components and dependencies.
changes-added = { $n ->
    [one] { $n } component added
   *[other] { $n } components added
}
changes-removed = { $n ->
    [one] { $n } component removed
   *[other] { $n } components removed
}
changes-versions = { $n ->
    [one] { $n } other version
   *[other] { $n } other versions
}
changes-licences = { $n ->
    [one] { $n } other licence
   *[other] { $n } other licences
}
changes-suppliers = { $n ->
    [one] { $n } other supplier
   *[other] { $n } other suppliers
}
changes-hashes = { $n ->
    [one] { $n } other digest at the same version
   *[other] { $n } other digests at the same version
}
changes-links-added = { $n ->
    [one] { $n } dependency added
   *[other] { $n } dependencies added
}
changes-links-removed = { $n ->
    [one] { $n } dependency removed
   *[other] { $n } dependencies removed
}
changes-more = and { $n } more
changes-showing = { $n } shown
changes-before = Before
changes-after = After
changes-direction = Direction
changes-direction-up = newer
changes-direction-down = older
changes-direction-same = the same, written differently
changes-direction-unknown = order not known
