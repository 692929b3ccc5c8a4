# The public face.
trust-title = { $name }: products and their security
trust-lede = Our products, how long they are supported, and what we have published about their security.
trust-updated = Last updated
trust-products = Products
trust-product = Product
trust-products-none = No product is listed yet.
trust-products-count = { $n ->
    [one] One product
   *[other] { $n } products
}
trust-find = Find a product
trust-find-do = Find
trust-find-none = No listed product matches “{ $search }”.
trust-support-until = Supported until
trust-support-not-stated = The end of support is not stated here yet.
trust-latest-version = Latest version
trust-latest-advisory = Latest advisory
trust-not-stated = not stated
trust-report = Report a vulnerability
trust-report-text = Have you found a weakness in one of our products? Tell us; no account is needed.
trust-report-address = Where to report
trust-security-contact = Security contact
trust-advisories = Security advisories
trust-advisories-none = No advisory has been published.
trust-advisories-none-short = none published
trust-advisories-count = { $n ->
    [one] One advisory, published for everybody
   *[other] { $n } advisories, published for everybody, the newest first
}
trust-advisory-title = Advisory
trust-severity = Severity
trust-published-at = Published
trust-withdrawn = withdrawn
trust-withdrawn-on = This advisory was withdrawn on { $at }.
trust-affected = Affected
trust-versions-not-stated = versions not stated
trust-manufacturer = Manufacturer
trust-name = Name
trust-address = Address
trust-website = Website
trust-what = What it is
trust-identification = Identification
trust-intended-purpose = Intended purpose
trust-category = Category under the Cyber Resilience Act
trust-versions = Versions
trust-version = Version
trust-versions-none = No version is listed yet.
trust-versions-count = { $n ->
    [one] One version
   *[other] { $n } versions
}
trust-made-available-on = Made available on
trust-availability = Availability
trust-market-on-market = on the market
trust-market-withdrawn = withdrawn from the market
trust-market-not-yet = not yet on the market
trust-as-json = This page as JSON

trust-console-title = Trust center
trust-console-public = Your page is public:
trust-console-private = Your page is not public. Nobody outside can see anything of it.
trust-publish-shows = Once published, everybody on the internet sees exactly what the preview below shows, without an account: your name, address and contacts, the products marked as shown, and their published advisories. Other products, drafts, findings and cases stay inside.
trust-publish-understood = I have looked at the preview and it may become public
trust-publish = Publish the trust page
trust-unpublish = Take the page off
trust-unpublish-hint = From then on it answers as if it never was. Browsers may keep a copy for a minute.
trust-which-products = What is shown of which product
trust-which-none = There is no product yet.
trust-is-shown = Shown
trust-shown-yes = Shown, with its releases and advisories
trust-shown-no = Not shown
trust-shown-inbox = Not looked at yet, so it cannot be shown
trust-security-txt = Researchers find you through this file, at { $at }. It is made anew at each request, so that it never expires.
trust-security-txt-none = There can be no security.txt: the organisation has no report address or security contact that is a web address, a mail address or a phone number. Say one in the settings of the organisation.
trust-preview = What everybody sees or would see
trust-preview-hint = The links lead to the public pages and work once they are published.
trust-product-title = { $name } on the trust page
trust-product-private = This product is not on the trust page. Nobody outside can see that it exists.
trust-product-public = Everybody can see this product:
trust-product-waiting = This product is marked as shown, but your trust page as a whole is not public, so nobody can see it yet.
trust-product-shows = Once published, everybody on the internet sees exactly what the preview below shows, without an account. SBOMs, findings, cases, branch builds and releases that are not yet on the market stay inside. Later releases appear once somebody confirms that they are on the market.
trust-product-understood = I have looked at the preview and it may become public
trust-product-publish = Show it on the trust page
trust-product-unpublish = Take it off the trust page
trust-assumed = Releases that stay inside
trust-assumed-hint = Nobody has confirmed that they are on the market, so they are not shown.
trust-assumed-confirm = { $version } is on the market: show it
trust-assumed-do = Show the ticked releases
