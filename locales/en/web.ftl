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
trouble-400 = This request could not be read
trouble-401 = Sign in first
trouble-403 = You may not do this
trouble-404 = Nothing here
trouble-405 = This address answers otherwise
trouble-409 = It has changed meanwhile
trouble-413 = Too large
trouble-429 = Too many attempts
trouble-next-4 = Go back, change what the sentence names, and send it again.
trouble-next-5 = Nothing was changed by this request. If it happens again, give the time below to whoever runs this server.
trouble-next-400 = Check the address, or open the page again and start from there.
trouble-next-401 = Afterwards you can open this address again.
trouble-next-403 = Nothing was changed. An admin finds the roles under Settings, People.
trouble-next-404 = Check the address for a slip. What was here may have been deleted or merged; start from the home page or the search.
trouble-next-405 = Nothing was changed. Open the page in the browser and use what it offers.
trouble-next-409 = Nothing was changed. Load the page again to see how it stands now.
trouble-next-413 = Nothing was changed. Send less at a time, or a smaller file.
trouble-next-429 = Wait, then try again.
trouble-what = Status { $status }, { $at }
trouble-trust = To the page of { $name }
trouble-sign-in = Sign in
trouble-home = Go to the start page

refusal-request-unreadable = The address, or what came with it, could not be read.
refusal-kind-not-taken = This address does not take this kind of content.
refusal-not-found = There is nothing here under this address, or you may not see it.
refusal-unauthenticated = Sign in first, or send a valid API token.
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
