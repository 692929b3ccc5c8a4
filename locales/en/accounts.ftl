# Organisations, people, sessions, tokens.

account-crumbs = You are here
account-save = Save
account-copy = Copy
account-copied = {" "}· copied
account-choose = Choose …
account-action = Action
account-field-name = Name
account-field-email = E-mail
account-field-password = Password
account-field-new-password = New password
account-field-current = Present password
account-field-organisation = Name of the organisation
account-field-address = Postal address
account-field-country = Country of the main establishment
account-field-size = Size
account-field-security-contact = Security contact
account-field-report-address = Where vulnerabilities are reported
account-field-website = Website
account-field-zone = Time zone
account-field-role = Role
account-field-lang = Language
account-field-theme = Appearance
account-field-product = Only for this product
account-field-expires-on = Last day

flash-saved = Saved.
flash-user-disabled = Disabled. Their sessions have ended and the tokens they made no longer work.
flash-token-revoked = The token no longer works.
flash-password-changed = The password is changed. All other sessions have ended.
flash-session-ended = Signed out there.

setup-title = Set up Bonafide
setup-lede = Six fields, and you are in. Everything else can wait.
setup-you = You, the first admin
setup-organisation = Your organisation, the manufacturer
setup-name-hint = As colleagues and the journal know you.
setup-do = Set up and sign in

password-hint = At least { $min } characters. Several words that have nothing to do with each other make a good password. Well-known words, simple rows of signs, your own name and that of your organisation do not. Pasting is fine.

sign-in-title = Sign in
sign-in-do = Sign in
sign-in-needs-setup = This instance is not set up yet. Open the link that the server printed when it started; a restart prints a new one.
sign-in-forgot = Forgotten your password?
sign-in-forgot-text = Whoever runs this server can give you a link that sets a new one. They run:

invitation-title = Invitation
invitation-join = Join { $organisation }
invitation-lede = { $by } invites you to work here as { $role }.
invitation-name-hint = As colleagues and the journal will know you. Not needed if you already have an account here.
invitation-password-hint = Choose one of at least { $min } characters. If you already have an account here with this address, use its password.
invitation-do = Join
link-works-until = This link works once, until { $at }.

reset-title = Set a new password
reset-lede = For { $email }. All your sessions end when you do this.
reset-do = Set the password

settings-title = Settings
settings-profile-hint = Name, language, time zone, password, and where you are signed in.
settings-organisation-hint = Who you are, where you are established, how you are reached.
settings-users-hint = Who may do what, and invitations.
settings-tokens-hint = For builds and scripts, with what to paste into them.
settings-notices = Notices
settings-notices-hint = Who is told what, by which channel, and who is next if nobody answers.
settings-feeds = Feeds
settings-feeds-hint = Where knowledge about vulnerabilities comes from, and how fresh it is.
settings-journal = Journal
settings-journal-hint = Who did what, and when. Nothing in it can be changed.

organisation-title = Organisation
organisation-lede = This is the manufacturer that papers and public pages name.
organisation-name-hint = The registered name, as it stands in the declaration of conformity.
organisation-address-hint = As it stands on the product or its documents.
organisation-country = Country of the main establishment
organisation-country-hint = Where decisions about the cybersecurity of your products are mainly taken. It decides which national coordinator receives your reports.
organisation-country-union = Member States of the European Union
organisation-country-elsewhere = Elsewhere
organisation-size = Size of the enterprise
organisation-size-hint = Linked and partner enterprises count. Of the fines, micro and small enterprises are spared only the one for a missed 24-hour deadline; the duty itself stays.
organisation-size-unsaid = Not said yet
organisation-size-micro = Micro: fewer than 10 people, and turnover or balance sheet up to EUR 2 million
organisation-size-small = Small: fewer than 50 people, and turnover or balance sheet up to EUR 10 million
organisation-size-medium = Medium: fewer than 250 people, and turnover up to EUR 50 million or balance sheet up to EUR 43 million
organisation-size-large = Large: everything above
organisation-size-certainty = Thresholds of Recommendation 2003/361/EC, not checked against its official text. The size changes only after two consecutive years above or below.
organisation-security-contact-hint = A mail address or a web page where people reach a human about security.
organisation-report-address-hint = The mail address or web page for reports of vulnerabilities, as security.txt names it. The security contact if empty.
organisation-zone-hint = A name such as Europe/Berlin. For everybody who has chosen no zone of their own; instants always stand in UTC too.
organisation-slug = Your public page:

country-au = Australia
country-ca = Canada
country-ch = Switzerland
country-cn = China
country-gb = United Kingdom
country-il = Israel
country-in = India
country-is = Iceland
country-jp = Japan
country-kr = South Korea
country-li = Liechtenstein
country-no = Norway
country-sg = Singapore
country-tr = Türkiye
country-tw = Taiwan
country-us = United States

users-title = Users and roles
users-lede = { $n ->
    [one] One person has or had access.
   *[other] { $n } people have or had access.
}
users-caption = People of this organisation
users-you = (you)
users-last-seen = Last seen
users-never-seen = never
users-state = State
users-role-of = Role of { $name }
users-role-change = Change
users-disabled = Disabled
users-disable = Disable
users-enable = Let in again
users-disable-hint = Whoever is disabled is signed out at once, and the tokens they made stop working.
users-invite = Invite somebody
users-invite-do = Invite
users-link-title = Give this link to the person.
users-link-text = It works once and for seven days, and is shown only now. No mail server is set up, so nobody was written to.
users-invitations = Open invitations
users-invited-by = Invited by
users-works-until = Works until
users-withdraw = Withdraw
users-roles = What each role may do
role-admin-may = Everything, and alone: organisation, users, tokens, notices.
role-psirt-may = Assess findings, decide on exploited vulnerabilities and incidents, file reports, keep feeds running, read the journal.
role-compliance-may = Keep products and releases, freeze them, fill and file reports, read the journal.
role-developer-may = Keep releases, upload SBOMs, assess findings, hand in hints.
role-trust-may = Keep products and make things public.
role-auditor-may = Read everything including the journal; change nothing.
role-token = Token

tokens-title = API tokens
tokens-lede = A token lets a build or a script act here, within its scopes, until its last day.
tokens-new = New token
tokens-name-hint = What it is for: “gateway, GitHub”.
tokens-scopes = Scopes
tokens-product-hint = Then the token can touch nothing else.
tokens-expires-hint = One year, unless you choose another day. At most three years.
tokens-create = Create token
tokens-issued-title = Copy it now.
tokens-issued-text = It is shown only this once; we keep nothing from which it could be read again. Put it into your build's secret store as BONAFIDE_TOKEN.
tokens-another = Back to the tokens
tokens-list = Tokens
tokens-caption = Showing { $n } of { $total }, newest first
tokens-begins = Begins with
tokens-only = only
tokens-last-used = Last used
tokens-never-used = never
tokens-revoked = Revoked
tokens-expired = Expired
tokens-revoke = Revoke
tokens-connect = Connect a build
tokens-connect-text = What people already use works unchanged: only the address and the token differ. Put your product's name in place of my-product.
scope-bom-upload = upload SBOMs
scope-release-create = make releases
scope-products-read = read products
scope-products-write = make and change products
scope-findings-read = read findings
scope-vex-write = assess findings
scope-signals-write = hand in hints of exploitation
scope-cases-read = read cases
scope-journal-read = read the journal
snippet-github = GitHub Actions (gh-upload-sbom)
snippet-gitlab = GitLab CI
snippet-jenkins = Jenkins (Dependency-Track plugin)
snippet-maven = Maven (dependency-track-maven-plugin)
snippet-cdxgen = cdxgen
snippet-curl = curl
snippet-bonafide = bonafide on the command line

profile-title = Your profile
profile-me = You
profile-name-hint = New entries in the journal carry the new name; old ones keep the old.
profile-zone-hint = A name such as Europe/Berlin; the organisation's if empty. Instants always stand in UTC too.
profile-password = Password
profile-password-text = Changing it signs you out everywhere else.
profile-password-do = Change password
profile-places = Your organisations
profile-here = (you are here)
profile-switch = Go there
profile-sessions = Where you are signed in
profile-sessions-caption = { $n ->
    [one] One session
   *[other] { $n } sessions
}, the one used last first
profile-browser = Browser
profile-address = Address
profile-since = Since
profile-unknown = unknown
profile-this = this one
profile-end = Sign out there
profile-end-others = Sign out everywhere else
profile-end-all = Sign out everywhere

refusal-password-too-short = The password has fewer than { $min } characters. A few words in a row make a long one.
refusal-password-too-long = The password is longer than { $max } characters.
refusal-password-guessable = This password is easy to guess: it consists of well-known words, your own name or address, or a simple row of signs. Choose words that have nothing to do with each other.
refusal-password-wrong = This is not your present password.
refusal-sign-in-failed = This address and password do not fit together.
refusal-too-many-attempts = { $minutes ->
    [one] There were too many attempts. Try again in a minute.
   *[other] There were too many attempts. Try again in { $minutes } minutes.
}
refusal-setup-link-gone = This link no longer works: it is older than 30 minutes, or the server has printed a newer one. Use the newest link in the server’s output, or restart the server to get one.
refusal-invitation-gone = This invitation no longer works: it was used or withdrawn, or its time is over. Ask for a new one.
refusal-invitation-password-wrong = There is an account with this address, and this is not its password.
refusal-reset-link-gone = This link no longer works: it was used, or it is older than 30 minutes. Ask whoever runs the server for a new one.
refusal-email-unusable = This does not look like a mail address.
refusal-email-taken = Somebody else uses this address already.
refusal-already-member = This person is in the list already. If they are disabled, let them in again there.
refusal-too-many-invitations = There are too many open invitations. Withdraw some first.
refusal-role-unknown = Choose one of the roles.
refusal-lang-unknown = Choose one of the languages.
refusal-name-missing = Fill in your name.
refusal-grant-beyond-own = You can give others only what you may do yourself.
refusal-last-admin = This is the last admin. Make somebody else an admin first.
refusal-organisation-without-name = Fill in the name of the organisation.
refusal-organisation-name-taken = There are too many organisations of this name. Choose another.
refusal-organisation-country-unknown = Choose a country from the list.
refusal-organisation-size-unknown = Choose one of the sizes.
refusal-zone-unknown = There is no such time zone. Write its name as Europe/Berlin.
refusal-security-contact-unusable = Write a mail address, or a web address that begins with https://.
refusal-report-address-unusable = Write a mail address, or a web address that begins with https://.
refusal-website-unusable = Write a web address that begins with https://.
refusal-token-name-unusable = Give the token a name of at most 80 characters.
refusal-token-without-scope = Choose at least one scope.
refusal-scope-unknown = There is no such scope.
refusal-token-product-unusable = There is no such product. Choose one from the list, or none.
refusal-token-expiry-unusable = Choose a last day between today and three years from now.
tokens-product-any = Any product
tokens-product-beyond = { $n ->
    [one] One more product is not in this list; open its page and follow “Connect your CI” there.
   *[other] { $n } more products are not in this list; open the product’s page and follow “Connect your CI” there.
}
users-link-mailed = The invitation was mailed to { $address }. Its link works once and for seven days.
users-link-not-mailed = The mail server did not take the invitation; the reason is in the server’s log. The link works once and for seven days, and is shown only now.
invitation-mail-subject = Invitation to { $organisation } on Bonafide
invitation-mail-text = { $by } invites you to work with { $organisation } on Bonafide.

    Open this link to join. It works once and for seven days:

    { $link }

    If you did not expect this, ignore it: nothing happens without the link.
refusal-setup-done = Bonafide is set up already, and setup links work only before that. Sign in; if you have no account, ask an admin for an invitation.
