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
trouble-410 = This link no longer works
trouble-413 = Too large
trouble-429 = Too many attempts
trouble-next-4 = Go back, change what the sentence names, and send it again.
trouble-next-5 = Nothing was changed by this request. If it happens again, give the time below to whoever runs this server.
trouble-next-400 = Check the address, or open the page again and start from there.
trouble-next-401 = Afterwards you can open this address again.
trouble-next-403 = Nothing was changed. An admin gives roles under Settings, Users and roles.
trouble-next-404 = Check the address for a slip. What was here may have been deleted or merged; start from the home page or the search.
trouble-next-405 = Nothing was changed. Open the page in the browser and use what it offers.
trouble-next-409 = Nothing was changed. Load the page again to see how it stands now.
trouble-next-410 = Nothing was changed.
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
refusal-token-lacks-scope = This token lacks the scope { $scope }. Make one that has it under Settings → API tokens.
refusal-token-may-not = No token may do this, or not one bound to a single product. Sign in as a person, or use a token for all products.
refusal-forbidden = Your role does not allow this. Ask an admin of your organisation.
refusal-method-not-allowed = This address does not take this kind of request.
refusal-cross-origin = This request came from another site, so nothing was done. Open the page here and try again.
refusal-body-too-large = What was sent is larger than this address takes.
refusal-body-too-slow = What you sent took too long to arrive. Nothing was stored; send it again over a better line.
refusal-form-unreadable = The form could not be read. Load the page again and send it once more.
refusal-form-too-many-fields = The form has more fields than this address takes.
refusal-field-required = Fill in “{ $field }”.
refusal-field-too-long = “{ $field }” is longer than { $max } characters.
refusal-field-not-a-day = “{ $field }” is not a day. Write it as 2026-11-23.
refusal-field-not-an-instant = “{ $field }” is not a date and time. Write it as 2026-11-23 10:00, in the zone named beside it, or with its offset as 2026-11-23T09:00Z.
refusal-when-twice = On this day the clocks in { $zone } were set back, and { $typed } happened twice. Write { $first } (that is { $first_utc }) or { $second } (that is { $second_utc }).
refusal-when-missing = On this day the clocks in { $zone } were set forward, and { $typed } did not happen. Write { $first } (that is { $first_utc }) or { $second } (that is { $second_utc }).
when-hint = In { $zone }, as 2026-11-23 10:00; or with its offset, as 2026-11-23T09:00Z.
when-utc = = { $utc }
form-wrong = { $n ->
    [one] { $n } thing is to be corrected. Nothing was recorded.
   *[other] { $n } things are to be corrected. Nothing was recorded.
}
form-file-again = Choose the file again: a browser does not send it a second time by itself.
refusal-failure = It is not your fault. The error is in the server's log; try again in a moment.
refusal-database-busy = The database does not answer at the moment, or is too busy. Wait a minute, look whether your change is there, and if it is not, send it again.
refusal-file-unusable = The file behind this entry is missing from the server's data directory, or is damaged. The entry itself is safe. Tell whoever runs this server: the server's log names the file, and a backup of the data directory holds it.

layout-skip = Skip to the content
layout-nav = Main
layout-profile = Your profile
layout-sign-out = Sign out
layout-demo = Demo: the company, its products and its flaws are invented. Nothing here is sent to anybody.
layout-search = Search
layout-search-hint = A CVE, a product, a package …
layout-freshness = What this rests on:
layout-not-legal-advice = Bonafide helps you comply with the law; it does not replace legal advice.
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

# A form sent after its session had ended
kept-title = You were signed out meanwhile
kept-lede = Nothing you typed is lost: it stands in this page, and nowhere else.
kept-sign-in = Sign in in a new tab
kept-come-back = Come back to this tab and send it again.
kept-files = A file cannot be kept: it is missing when you send this again. Go back in your browser to choose it anew.
kept-send = Send again
kept-nowhere = Closing this tab loses what you typed.
