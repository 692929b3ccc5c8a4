# What we publish about vulnerabilities.
publications-title = Advisories
publications-lede = { $published ->
    [0] Nothing is published about this product{ $total ->
        [0] .
        [one] ; one advisory is a draft or was withdrawn.
       *[other] ; { $total } advisories are drafts or were withdrawn.
    }
    [one] One advisory is published.
   *[other] { $published } advisories are published.
}
publications-none = No advisory has been written. Once a vulnerability is fixed, its users must be told what it is and what to do.
publications-count = { $n ->
    [one] One advisory
   *[other] { $n } advisories
}
publication-new = Write an advisory
publication-edit = Change the draft
publication-edit-lede = This is a draft: nobody outside sees it until somebody publishes it.
publication-save = Save draft
publication-state = State
publication-state-draft = draft
publication-state-published = published
publication-state-withdrawn = withdrawn
publication-is-draft = A draft. Nobody outside can see it.
publication-is-published = Published. Everybody can read it on the trust page.
publication-is-withdrawn = Withdrawn. The trust page shows its title, the day and the reason.
publication-product-hidden = Published, but the product or the trust page as a whole is not public, so nobody can see it yet.
publication-product = Product
publication-published-at = Published
publication-withdrawn-at = Withdrawn
publication-field-title = Title
publication-field-text = Text
publication-field-severity = Severity
publication-field-cves = CVE ids
publication-field-releases = Affected releases
publication-field-reason = Why it is withdrawn
publication-hint-title = What it is and which product, in one line.
publication-hint-text = Plain text: what an attacker can do, who is affected, what users should do, since which version it is fixed.
publication-hint-severity = In your words, for example: High (CVSS 8.1).
publication-hint-cves = Separated by commas. Leave it empty if there is none.
publication-hint-releases = Only tagged releases that are or were on the market can be named in public.
publication-hint-reason = Everybody will read this.
publication-no-releases = There is no release that could be named.
publication-no-cves = none
publication-release-hidden = (not named in public)
publication-publish-look = Look at what publishing shows
publication-publish-title = Publish this advisory
publication-publish-lede = Everybody on the internet will see the following, at once, without an account.
publication-publish-hidden = The product or the trust page as a whole is not public, so nobody will see this until it is. From then on everybody sees the following.
publication-publish-shows = It cannot be changed afterwards; it can be withdrawn, with a reason that stays public.
publication-publish-understood = I have read the text above and it may become public
publication-publish-do = Publish
publication-withdraw-look = Withdraw it
publication-withdraw-title = Withdraw this advisory
publication-withdraw-lede = The text disappears from the trust page. The title, the day and your reason stay there, so that readers know it was taken back.
publication-withdraw-do = Withdraw
publication-withdrawn-because = Withdrawn because: { $reason }

refusal-publication-on-inbox = Nobody has looked at this product yet. Keep it as a product first, then write about it.
refusal-publication-without-text = This draft has no text. Write what users should know and do.
refusal-publication-not-draft = This advisory was published and is not changed any more. Withdraw it and write a new one.
refusal-publication-not-published = Only a published advisory can be withdrawn.
refusal-publication-release-unknown = One of these releases cannot be named: it is not of this product, not tagged, or not on the market yet.
refusal-publication-too-much = An advisory names at most 100 CVE ids and 500 releases.
refusal-cve-unreadable = “{ $cve }” is not a CVE id. Write it as CVE-2026-12345.
refusal-publish-not-confirmed = Tick the box to say that this may become public.
