# Home and search.
home-title = Home
home-calm = No clock is running and nothing waits for a decision.
home-clocks-count = { $n ->
    [one] One clock is running.
   *[other] { $n } clocks are running.
}
home-waiting-count = { $n ->
    [one] One item waits for a person.
   *[other] { $n } items wait for a person.
}
home-feeds-blind = The feeds are stale or missing, so nothing here may be taken as “not affected”.
home-feeds-link = See the feeds
home-clocks = Running clocks
home-clocks-caption = Deadlines of open cases, the nearest first
home-left = Left
home-overdue = overdue by { $span }
home-stage = Stage
home-stage-early-warning = Early warning
home-stage-notification = Notification
home-stage-final-report = Final report
home-stage-intermediate-report = Intermediate report
home-case = Case
home-due = Due
home-waiting = Waiting for a person
home-waiting-caption = Signals about something exploited, the oldest first
home-state = State
home-state-waiting = not assessed
home-state-assessing = being assessed
home-state-watching = watching
home-item = What
home-releases = Releases
home-since = First signal
home-ago = { $span } ago
home-coverage = What we see, and what we do not
home-products = Products
home-inbox = { $n } not yet looked at
home-without-support = { $n } without a support period
home-without-member-states = { $n } without Member States
home-on-market = Releases that are or were on the market
home-without-sbom = { $n ->
    [0] all with an SBOM
    [one] one without an SBOM
   *[other] { $n } without an SBOM
}
home-components = Components in current SBOMs
home-unidentified = { $n ->
    [0] all identified
    [one] one cannot be checked
   *[other] { $n } cannot be checked
}
home-exploited = Known to be exploited
home-exploited-none = none found in what could be checked
home-exploited-unknown = unknown: the feeds are stale or missing
home-steps = First steps
home-steps-hide = Hide these for me
home-step-done = done
step-product = Add a product
step-sbom = Upload an SBOM
step-support = Set the support period of each product
step-ci = Connect your CI with a token
step-channel = Add a channel that alerts go to, and test it
step-trust = Look at your trust page and publish it
search-title = Search
search-how = Type a CVE, a product, a version or the name of a package.
search-nothing = Nothing of yours matches “{ $q }”.
search-found = What matches “{ $q }”.
search-products = Products
search-releases = Releases
search-packages = Components
search-cases = Cases
home-all = Show all
search-more = The first { $n }. Type more to narrow it down.
