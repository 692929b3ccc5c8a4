# Words every room uses.
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

span-under-a-minute = under a minute
span-minutes = { $n } min
span-hours = { $n } h
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}

trouble-4 = That did not work
trouble-5 = Something went wrong on our side
trouble-home = Go to the start page

refusal-not-found = There is nothing here under this address, or you may not see it.
refusal-unauthenticated = Sign in first, or send a valid API token.
refusal-token-lacks-scope = This token lacks the scope { $scope }. Make one that has it under Settings → API tokens.
refusal-token-may-not = No token may do this, or not one bound to a single product. Sign in as a person, or use a token for all products.
refusal-forbidden = Your role does not allow this. Ask an admin of your organisation.
refusal-method-not-allowed = This address does not take this kind of request.
refusal-cross-origin = This request came from another site, so nothing was done. Open the page here and try again.
refusal-body-too-large = What was sent is larger than this address takes.
refusal-form-unreadable = The form could not be read. Load the page again and send it once more.
refusal-form-too-many-fields = The form has more fields than this address takes.
refusal-field-required = Fill in “{ $field }”.
refusal-field-too-long = “{ $field }” is longer than { $max } characters.
refusal-field-not-a-day = “{ $field }” is not a day. Write it as 2026-11-23.
refusal-field-not-an-instant = “{ $field }” is not a date and time. Write it as 2026-11-23T09:00Z.
refusal-failure = It is not your fault. The error is in the server's log; try again in a moment.

layout-skip = Skip to the content
layout-nav = Main
layout-profile = Your profile
layout-sign-out = Sign out
layout-demo = Demo: the company, its products and its flaws are invented. Nothing here is sent to anybody.
layout-search = Search
layout-search-hint = A CVE, a product, a package …
layout-freshness = What this rests on:
layout-not-legal-advice = Bonafide helps you keep the law; it does not give legal advice.
nav-home = Home
nav-triage = Triage
nav-cases = Cases
nav-products = Products
nav-trust-center = Trust center
nav-journal = Journal
nav-settings = Settings
theme-light = Light
theme-dark = Dark
theme-system = As the system
role-admin = Admin
role-psirt = PSIRT
role-compliance = Compliance
role-developer = Developer
role-trust = Trust
role-auditor = Auditor
