# Findings, the triage queue, vulnerabilities.
triage-title = Triage
triage-lede = { $flaws ->
    [one] { $flaws } known flaw
   *[other] { $flaws } known flaws
} in { $releases ->
    [one] { $releases } release.
   *[other] { $releases } releases.
}
triage-lede-exploited = { $n ->
    [0] None of them is known to be exploited.
    [one] { $n } of them is known to be exploited, { $market } in a release that is or was on the market.
   *[other] { $n } of them are known to be exploited, { $market } in releases that are or were on the market.
}
triage-lede-not-assessed = { $n ->
    [0] Every finding has been assessed.
    [one] { $n } finding has not been assessed.
   *[other] { $n } findings have not been assessed.
}
triage-lede-none = No known finding in any release, all components checked against fresh feeds.
triage-lede-none-but = No known finding, but this is not “clean”: something was not checked.
triage-status = Judgement
triage-status-unsettled = everything not settled
triage-status-all = all
triage-product = Product
triage-product-all = all products
triage-only-exploited = Only what is known to be exploited
triage-filter = Show
triage-filter-clear = Clear the filter
triage-none-match = No flaw matches this filter.
triage-none = There is nothing to triage.
triage-upload = Upload an SBOM
triage-showing = Showing { $range } of { $total }
triage-range = { $first }–{ $last }
triage-vulnerability = Vulnerability
triage-exploited = Known exploitation
triage-exploited-on-market = exploited, on the market
triage-exploited-not-on-market = exploited, not on the market
triage-not-listed = in no catalogue we hold
triage-severity = Severity
triage-no-epss = no score
triage-products = Products
triage-releases = Releases
triage-assessed = Assessed
triage-not-assessed = { $n } of { $of } not assessed
triage-all-assessed = all looked at, not settled
triage-first-seen = First seen
triage-pages = Pages
triage-previous = Previous
triage-next = Next
triage-order = Order: known to be exploited and on the market, exploited elsewhere, likely to be exploited (EPSS of 10 % or more), then the rest by severity and likelihood. Unrated flaws stand between high and medium.

vulnerability-ask = Are we affected?
vulnerability-ask-label = Identifier of a flaw
vulnerability-ask-hint = A CVE, GHSA, EUVD, RUSTSEC, GO or PYSEC number, as in the news.
vulnerability-ask-button = Look it up
vulnerability-contained = { $products ->
    [one] { $products } of your products contains it,
   *[other] { $products } of your products contain it,
} in { $releases ->
    [one] { $releases } release.
   *[other] { $releases } releases.
}
vulnerability-not-assessed = { $n ->
    [0] All findings have been assessed.
    [one] { $n } finding has not been assessed.
   *[other] { $n } findings have not been assessed.
}
vulnerability-undecided = { $n ->
    [one] For { $n } component it could not be decided whether it is affected.
   *[other] For { $n } components it could not be decided whether they are affected.
}
vulnerability-undecided-title = What could not be decided
vulnerability-gone = No current SBOM of yours contains it any more.
vulnerability-not-found = None of your products contains an affected version, as far as your SBOMs and the feeds say.
vulnerability-no-package = It cannot be said: the feeds know this flaw, but no record we hold says which packages contain it.
vulnerability-unknown = It cannot be said: no feed we hold knows this identifier. That is not “not affected”.
vulnerability-exploited = Known to be exploited:
vulnerability-assess-exploitation = Assess exploitation
vulnerability-findings = Where it was found
vulnerability-findings-caption = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
vulnerability-facts = What the feeds say
vulnerability-notice = Notice
vulnerability-notice-kind = No flaw by itself; the record is a notice of the kind “{ $kind }”.
vulnerability-no-longer-listed = no longer listed: { $source }
vulnerability-aliases = Also known as
vulnerability-no-aliases = no other name
vulnerability-packages = Packages named
vulnerability-no-packages = none
vulnerability-records = Records

exposure-title = Exposure by release
exposure-description = { $releases ->
    [one] { $releases } release
   *[other] { $releases } releases
} of { $products ->
    [one] { $products } product
   *[other] { $products } products
}; each cell shows whether the release is affected.
exposure-as-table = The same as a table
exposure-product = Product
exposure-release = Release
exposure-state = State
exposure-market = Market
exposure-market-on-market = on the market
exposure-market-not-yet = not on the market
exposure-market-withdrawn = withdrawn from the market

finding-crumbs = Where you are
finding-title = { $vulnerability } in { $release }
finding-lede = { $product } contains { $component }, which is affected.
finding-lede-fixed = Fixed in { $versions }.
finding-lede-no-fix = No fixed version is known.
finding-release-title = Findings
finding-release-heading = Findings of { $product } { $version }
finding-release-no-sbom = There is no SBOM of this release, so nothing was checked.
finding-release-none = No known finding.
finding-release-none-but = No known finding, but this is not “clean”.
finding-release-some = { $n ->
    [one] { $n } open finding,
   *[other] { $n } open findings,
} { $exploited ->
    [0] none known to be exploited.
   *[other] { $exploited } known to be exploited.
}
finding-release-covered = { $n ->
    [one] Its one component was checked.
   *[other] All { $n } components were checked.
}
finding-release-uncovered = { $unchecked } of { $n } components could not be checked: whether they are vulnerable is unknown.
finding-unchecked = What could not be checked, and why
finding-settled = judged not affected or fixed
finding-caveats = What limits this answer:
finding-caveat-missing = Feeds never imported: { $feeds }
finding-caveat-stale = Feeds too old to rest on: { $feeds }
finding-caveat-no-sbom = { $n ->
    [one] { $n } release has no SBOM.
   *[other] { $n } releases have no SBOM.
}
finding-caveat-blind = Components of { $ecosystems } are not checked: the feed is missing or too old.
finding-unchecked-blind = of { $ecosystem }, whose feed is missing or too old
vulnerability-feed-too-old = Nothing was found in a current SBOM, but the feed of the packages it names is missing or too old: whether we are affected is unknown.
finding-caveat-unidentified = { $n } of { $of } components in current SBOMs cannot be looked up.
finding-component = Component
finding-fixed-in = Fixed in
finding-why = Why
finding-answer-affected = says: affected
finding-identifier = Looked up as
finding-guessed = The component is a path inside the package { $package }, which the SBOM does not name.
finding-range = Affected range
finding-rule = Rule
finding-rule-osv-range-semver = the version lies in the range, ordered by Semantic Versioning (OSV)
finding-rule-osv-range-ecosystem = the version lies in the range, ordered by the rules of its ecosystem (OSV)
finding-rule-osv-version-list = the version is listed (OSV)
finding-rule-cpe-match = the CPE name matches, and the version lies within its bounds (CVE record, as the NVD does it)
finding-rule-cve-versions = the CVE record gives this version that status
finding-rule-csaf-product-status = the CSAF document gives this product that status
finding-rule-git-commit = the record names this very commit
finding-rule-git-tag = the record lists this tag
finding-rule-package-not-named = the record does not name this package
finding-record-id = Record
finding-record-modified = Record changed
finding-record-summary = Summary
finding-record-withdrawn = Withdrawn by its source.
finding-feed = Feed
finding-feed-checked = checked { $at }
finding-matched-at = Decided
finding-no-reasons = No record we hold speaks for this finding any more.
finding-history = History
finding-history-caption = What happened to this finding, newest first
finding-history-when = When
finding-history-what = What
finding-history-who = Who
finding-by-program = the program
finding-event-first-seen = first seen
finding-event-opened-again = opened again
finding-event-judgement-expired = the judgement expired; to be judged anew
finding-event-carried = repeated from another release with the same version of the component
finding-event-scope-same-version = for all releases that held this version of the component then
finding-event-scope-until-changed = until the component changes
finding-event-expires = until { $day }
finding-earlier = About another version of this component ({ $component }, { $product } { $release }) { $who } said on { $day }: { $said }.
finding-earlier-repeat = Judge this one the same way, after looking again
finding-epss = { $score } within 30 days (score of { $day })
finding-exploited-since = { $source } since { $day }
finding-exploited-by = { $source }
finding-source-cisa-kev = CISA KEV
finding-source-eu-kev = EU KEV
finding-severity-critical = critical
finding-severity-high = high
finding-severity-medium = medium
finding-severity-low = low
finding-severity-none = none
finding-severity-unknown = not rated
finding-state-not-assessed = not assessed
finding-state-under-investigation = under investigation
finding-state-affected = affected
finding-state-not-affected = not affected
finding-state-fixed = fixed
finding-state-unknown = unknown
finding-state-not-found = not found in its SBOM
finding-gone-component-removed = The component is no longer in the current SBOM.
finding-gone-advisory-withdrawn = The advisory was withdrawn by its source.
finding-gone-range-narrowed = The advisory no longer covers this version.
finding-gone-merged = Joined with the finding of the same flaw under another name.
finding-gone-other = Closed.
finding-choose = Choose
finding-judge = Judge the chosen findings
finding-judge-this = Judge this finding
finding-field-status = Judgement
finding-field-justification = Reason
finding-field-detail = Explanation
finding-justification-hint = Needed for “not affected”.
finding-justification-none = none
finding-detail-hint = What you looked at and what you saw. Needed for “not affected”; customers and authorities may read it.
finding-field-scope = For
finding-scope-hint = A judgement holds for this version of the component. With another version it comes back as a suggestion.
finding-scope-release = the chosen findings
finding-scope-same-version = all releases of the product with the same component version
finding-scope-until-changed = these and later releases, until the component changes
finding-field-expires-on = Holds until
finding-expires-on-hint = Optional. After this day (UTC) the findings wait to be judged anew.
finding-record = Record judgement
finding-because-component-not-present = the component is not in the product
finding-because-vulnerable-code-not-present = the vulnerable code is not in the product
finding-because-vulnerable-code-not-in-execute-path = the vulnerable code is never executed
finding-because-vulnerable-code-cannot-be-controlled-by-adversary = an attacker cannot control the vulnerable code
finding-because-inline-mitigations-already-exist = mitigations in the product already prevent it
finding-unknown-version-missing = The component has no version.
finding-unknown-version-unparsable = The component's version cannot be compared.
finding-unknown-version-too-long = The component's version is too long to be one.
finding-unknown-version-order-unknown = How versions of this ecosystem are ordered is not known.
finding-unknown-version-order-undefined = This ecosystem defines no order of its versions.
finding-unknown-range-version-unparsable = A version in the advisory cannot be compared.
finding-unknown-range-type-unknown = The advisory has a range of a type that cannot be read.
finding-unknown-only-git-ranges = The advisory gives only commits.
finding-unknown-name-only-match = Only the name is the same: possible, not certain.
finding-unknown-platform-not-known = The record speaks of it only together with another product.
finding-unknown-cpe-attribute-unspecified = The record names a property that the component’s CPE leaves open.
finding-unknown-commit-graph-needed = Whether it holds the flaw needs the repository’s history.
finding-unknown-version-order-not-stated = The record does not say how its versions are ordered.
finding-unknown-version-status-unknown = The record says that it does not know the status of this version.
finding-unknown-version-not-stated = The document names the product, but not this version.
finding-unknown-before-fixed-version = The document names only the version that is fixed, and this one is older.
finding-unknown-under-investigation = The publisher is still looking at it.
finding-unknown-no-versions-stated = The advisory does not say which versions are affected.
finding-unknown-distribution-release-unknown = The SBOM does not say which release of the distribution the package is from.
finding-unknown-distribution-release-guessed = The release of the distribution is only guessed from the version.
finding-unknown-fix-by-subscription = The fix comes with a subscription that this installation may not have.
finding-unknown-package-inside-module = It may be a path inside the package that is affected, or a package with versions of its own.
finding-unknown-package-rebuilt = Somebody else built the package again and may have fixed it.
finding-unknown-module-stream-differs = The fix belongs to a module stream that the package is not part of, or the other way round.
finding-unknown-other = It could not be decided.

refusal-finding-status-unknown = Choose one of: under investigation, affected, not affected, fixed.
refusal-finding-justification-unknown = Choose one of the five reasons.
refusal-finding-justification-missing = “Not affected” needs one of the five reasons.
refusal-finding-detail-missing = “Not affected” needs an explanation: what you looked at and what you saw.
refusal-finding-scope-unknown = Choose how far the judgement reaches: the chosen findings, all releases with the same component version, or later releases as well.
refusal-finding-expiry-unreadable = Give the last day on which the judgement holds as in 2027-03-31.
refusal-finding-expiry-past = This day is over already. Choose a later one, or leave the field empty.
refusal-finding-none-chosen = Choose at least one finding.
refusal-finding-too-many-chosen = Choose at most { $max } findings at once.
refusal-finding-json-unreadable = The body must be JSON with “findings” (a list of ids), “status”, and where needed “justification” and “detail”.
component-title = Component
component-lede-ask = Which releases hold a component, in which versions, and with which flaws? And why is a flaw in it, or why not?
component-lede-none = No current SBOM holds this component.
component-lede = { $releases ->
    [one] One release holds it
   *[other] { $releases } releases hold it
}; { $flaws ->
    [0] no flaw is open in it.
    [one] one flaw is open in it.
   *[other] { $flaws } flaws are open in it.
}
component-lede-unchecked = { $releases ->
    [one] One release holds it.
   *[other] { $releases } releases hold it.
} No advisory source covers this kind of component, so nothing can be said about its flaws.
component-field-purl = Package URL
component-hint-purl = As in pkg:npm/lodash; a version in it does not matter.
component-field-vulnerability = Flaw
component-hint-vulnerability = Optional, as in CVE-2021-44228: each record about it is asked about each version.
component-look = Look
component-cut = More versions of it are known than the { $n } looked for here.
component-package = Advisories know it as { $package }.
component-question = What each record about { $vulnerability } says stands beside each version.
component-question-unknown = No feed of yours has a record of { $vulnerability }. That is no answer.
component-answers = Answers for { $purl }
component-answer = Answer
component-answer-not = not affected
component-answer-not-named = does not name it
component-answer-unknown = cannot be decided
component-outside = { $identifier } lies outside { $range }
component-releases = { $n ->
    [one] One release
   *[other] { $n } releases
}
component-findings = { $n ->
    [0] No open finding
    [one] One open finding
   *[other] { $n } open findings
}
refusal-component-purl-unreadable = This is no package URL, nor a CPE name. Write it as in pkg:npm/lodash.
refusal-component-flaw-unreadable = This is no identifier of a flaw. Write it as in CVE-2021-44228 or GHSA-jfh8-c2jp-5v3q.
finding-component-elsewhere = in all releases
component-ask = Look up a component over all releases

vex-title = VEX
vex-heading = VEX of { $product } { $version }
vex-link = What you say of these findings, as VEX
vex-lede = { $n ->
    [one] One statement, from the judgement in force on an open finding of this release. Version { $version } of the document.
   *[other] { $n } statements, from the judgements in force on open findings of this release. Version { $version } of the document.
}
vex-lede-nothing = No open finding of this release has a judgement in force, so there is nothing to state.
vex-unsaid = { $n ->
    [one] Of one open finding the documents say nothing, because nobody has judged it.
   *[other] Of { $n } open findings the documents say nothing, because nobody has judged them.
}
vex-download = Download { $format }
vex-no-losses = It carries everything that was said.
vex-losses = { $n ->
    [one] One thing it does not carry in a field of its own
   *[other] { $n } things it does not carry in fields of their own
}
vex-times = { $n ->
    [one] once
   *[other] { $n } times
}
refusal-vex-nothing-said = No open finding of this release has a judgement in force, so there is no VEX document.
refusal-vex-format-unknown = There is no such format; openvex, cyclonedx and csaf exist.
