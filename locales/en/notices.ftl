# Notices in mails. The first line is the fact; the link and the reason follow.
notice-watch-item-opened-subject = { $about ->
    [incident] Possible severe incident: { $vulnerability }: assess now
    [signal] Signal of exploitation: { $vulnerability }: assess now
   *[other] Exploited flaw { $vulnerability } is in your products: assess now
}
notice-watch-item-opened-text = { $about ->
    [incident] { $vulnerability }: a possible severe incident was reported (source: { $source }).
    Somebody must assess it at once: if it is a severe incident with an impact on the security of your product, 24 hours run from the moment you know (Article 14(3), 14(4)).
    [signal] { $vulnerability }: a signal of exploitation came in (source: { $source }). No release of yours is known to contain it yet.
    Being told is not yet awareness in the sense of Article 14. But somebody must assess it at once: if it is exploited in your product, 24 hours run from the moment you know.
   *[other] { $vulnerability } is being exploited somewhere (source: { $source }) and is in products of yours.
    Products: { $products }
    Releases: { $releases }
    Being listed is not yet awareness in the sense of Article 14. But somebody must assess it at once: if it is exploited in your product, 24 hours run from the moment you know.
}
notice-watch-item-waiting-subject = Nobody has assessed { $vulnerability } for { $minutes } minutes
notice-watch-item-waiting-text = { $about ->
    [incident] { $vulnerability }: a possible severe incident (source: { $source }) has waited { $minutes } minutes for an assessment.
    [signal] { $vulnerability }: a signal of exploitation (source: { $source }) has waited { $minutes } minutes for an assessment.
   *[other] { $vulnerability } is being exploited somewhere (source: { $source }), is in products of yours, and has waited { $minutes } minutes for an assessment.
    Products: { $products }
    Releases: { $releases }
}
notice-case-opened-subject = Article 14 case opened: { $vulnerability }, first report due { $due }
notice-case-opened-text = A reporting case was opened for { $vulnerability } in { $products }. The first report is due { $due }.
notice-deadline-approaching-subject = { $left } left: { $stage } for { $vulnerability } due { $due }
notice-deadline-approaching-text = The { $stage } for { $vulnerability } is due { $due }. { $left } are left.
notice-deadline-reached-subject = Overdue: { $stage } for { $vulnerability }, due { $due }, not recorded as filed
notice-deadline-reached-text = The { $stage } for { $vulnerability } was due { $due }, and nothing is recorded as filed. If it was filed, record it; if not, file it now and say why it is late.
notice-deadline-late-subject = This server was off: { $stage } for { $vulnerability } was due { $due }
notice-deadline-late-text = This notice comes late, because the server was not running. The { $stage } for { $vulnerability } was due { $due }. Check at once whether it was filed.
notice-watch-item-undecided-subject = { $vulnerability } is assessed but not decided since { $minutes } minutes
notice-watch-item-undecided-text = Somebody began to assess { $vulnerability } (source: { $source }), but { $minutes } minutes after it came up nothing is decided: aware, watch until, or not reportable.
    Products: { $products }
    Releases: { $releases }
notice-case-grew-subject = News in the case { $vulnerability }
notice-case-grew-text = There is news in the case { $vulnerability } (source: { $source }). Releases it newly concerns: { $releases }. Nothing was decided by it; check whether what you filed still holds.
notice-channel-disabled-subject = The channel { $channel } was switched off
notice-channel-disabled-text = The receiver of the channel { $channel } answered that it is gone (410). Nothing is sent there any more until somebody switches it on again.
notice-notice-test-subject = Test: notices reach you
notice-notice-test-text = This is a test. Nothing has happened.
notice-unknown-subject = Something needs your attention ({ $kind })
notice-unknown-text = Something needs your attention ({ $kind }). Follow the link.
notice-stage-early-warning = early warning
notice-stage-notification = notification
notice-stage-final-report = final report
notice-exercise-mark = [EXERCISE]
notice-exercise-line = This is an exercise. Nothing has really happened, and nothing must be filed.
notice-why-first = You get this because your role at { $organisation } is { $role } and you are told first.
notice-why-up = You get this because nobody has acknowledged it for { $waited } and your role at { $organisation } is { $role }.
notice-why-test = You get this because somebody at { $organisation } asked for a test.

# Settings
notices-title = Notices
notices-crumbs = Where you are
notices-lede = Who is told when something exploited is in your products, or a deadline comes near.
notices-to-log = What was sent to whom
notices-unreached = { $n ->
    [one] Nobody could be reached about a notice since { $at }: nothing that was sent was accepted.
   *[other] Nobody could be reached about { $n } notices, the oldest since { $at }: nothing that was sent was accepted.
}
ladder-title = Who is told, and after how long
ladder-explained = Each step is told when nobody has acknowledged by then. That a mail was sent stops nothing; only a person does. A step on which nobody stands, or of which no mail server and no channel accepts anything, is passed at once.
ladder-nobody = Nobody has these roles, though steps name them:
ladder-first = At once
ladder-rung = Step { $n }
ladder-add = A further step (leave empty for none)
ladder-minutes = Minutes without acknowledgement
ladder-channels = All channels below
ladder-repeat = Then tell the last step again every so many minutes
ladder-repeat-hint = 0 means never again. Changes count for new notices and for steps not yet waiting.
ladder-save = Save the steps
channels-title = Channels
channels-none = No channel yet. Have at least one beside mail: two ways rarely fail together.
channels-caption = Places that are told beside people
channels-name = Name
channels-kind = Kind
channels-kind-webhook = Webhook
channels-host = Host
channels-state = State
channels-actions = Actions
channel-state-active = is told
channel-state-gone = switched off: the receiver answered that it is gone (410)
channel-state-switched-off = switched off
channel-test = Send a test
channel-switch-off = Switch off
channel-switch-on = Switch on
channel-remove = Remove
webhook-add-title = Add a webhook
webhook-name = Name
webhook-url = Address
webhook-url-hint = https, reachable from the internet. It is signed as Standard Webhooks 1.0 says, and carries a link but no detail of the flaw.
webhook-add = Add the webhook
webhook-made-title = Webhook added
webhook-made-lede = { $name } is told from now on.
webhook-secret-once = This is its secret. Give it to the receiver now: it is not shown again.
webhook-how = The receiver checks the header webhook-signature with it, as Standard Webhooks 1.0 describes; libraries for that exist in most languages. The header webhook-id stays the same when something is sent twice.
webhook-made-back = Back to notices
notices-mail-title = Mail
notices-mail-smtp = Mails go out through the mail server in the configuration.
notices-mail-directory = No mail server is configured: mails are written as files into the folder “mail” of the data directory, and nobody gets them.
notices-mail-captured = Mails are kept in memory.
notices-test-mail = Send me a test mail
deliveries-title = What was sent to whom
deliveries-none = Nothing yet.
deliveries-count-queued = { $n } waiting
deliveries-count-sent = { $n } sent
deliveries-count-failed = { $n } given up
deliveries-count-acknowledged = { $n } no longer needed
deliveries-caption = { $range } of { $total }, newest first
deliveries-when = When
deliveries-what = What
deliveries-to = To
deliveries-state = State
deliveries-answer = Last answer and id
deliveries-no-answer = Nothing has been answered yet.
deliveries-channel = Channel
delivery-sent = sent
delivery-failed = given up
delivery-acknowledged = no longer needed: acknowledged
delivery-queued = waiting
delivery-trying = { $n ->
    [one] one attempt failed, going on
   *[other] { $n } attempts failed, going on
}
delivery-next = next { $at }
delivery-replay = Send again
deliveries-replay-explained = Sending again keeps the id, so that the receiver can tell that it is the same.
deliveries-newer = Newer
deliveries-older = Older

flash-ladder-saved = The steps are saved.
flash-notice-on-its-way = It is on its way. The table says what came of it.
flash-channel-changed = The channel is switched.
flash-channel-removed = The channel is removed.

refusal-ladder-rungs = A ladder has one to six steps.
refusal-ladder-first-not-at-once = The first step is told at once.
refusal-ladder-not-rising = Each step needs more minutes than the one before.
refusal-ladder-minutes = Write minutes as whole numbers up to 10080 (a week); repetitions come every 15 minutes at most.
refusal-ladder-rung-empty = Each step needs a role or the channels.
refusal-ladder-role = One of the roles is unknown.
refusal-webhook-url = Write a whole address that begins with https:// and carries no user or password.
refusal-webhook-refused = { $host } may not be reached from here. Allowed are https addresses on the internet; for others the operator names the host under egress.allow_private in the configuration.
refusal-channels-too-many = There are { $max } channels already. Remove one first.
refusal-channel-state = A channel is switched on or off, nothing else.
refusal-test-mail-needs-a-person = A test mail goes to the person who asks for it; a token has no mail address.
