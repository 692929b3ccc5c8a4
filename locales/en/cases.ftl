# Article 14: watch items, decisions, cases, sheets, filings.
cases-title = Cases
cases-crumbs = Where you are
cases-lede = { $n ->
    [0] No case stands here.
    [one] { $n } case stands here.
   *[other] { $n } cases stand here.
}
cases-filter-state = State
cases-filter-all = All
cases-filter-text = Name or identifier
cases-filter = Filter
cases-empty = No case stands here. A case opens when somebody decides “we are aware” on a watch item, or by hand.
cases-empty-filtered = No case matches this filter.
cases-filter-clear = Show all cases
cases-lede-filtered = { $n ->
    [0] No case matches.
    [one] { $n } case matches.
   *[other] { $n } cases match.
}
cases-col-next = Next
cases-col-case = Case
cases-col-opened = Opened
cases-overdue = { $stage } overdue since { $span }
cases-nothing-running = No clock runs
case-showing = Showing { $n } of { $total }
case-page-before = Earlier page
case-page-after = Next page
case-ago = { $span } ago
case-choose = Choose …
case-cancel = Cancel
case-change = Change
case-state-open = Open
case-state-closed = Closed

# Vocabularies
case-kind-actively-exploited-vulnerability = Actively exploited vulnerability
case-kind-severe-incident = Severe incident
case-stage-early-warning = Early warning
case-stage-notification = 72-hour notification
case-stage-intermediate-report = Intermediate report
case-stage-final-report = Final report
case-outcome-aware = We are aware
case-outcome-watch-until = Watch until
case-outcome-not-reportable = Not reportable
case-decide-aware = We are aware: the 24 and 72 hours run from T0
case-decide-watch-until = Watch until: certainty is lacking, it comes back at the instant below
case-decide-not-reportable = Not reportable, because …
case-answered-yes = Yes
case-answered-no = No
case-answered-unknown = Unknown
case-exploited-own-telemetry = Yes: our own telemetry shows it
case-exploited-customer = Yes: a customer reports it
case-exploited-researcher = Yes: a researcher shows it
case-exploited-naming-feed = Yes: a credible source names our product
case-exploited-none-yet = No evidence yet
case-because-not-contained = No product of ours contains it
case-because-not-reachable = It cannot be exploited in our product
case-because-not-in-our-product = It is exploited elsewhere, not in our product
case-because-not-malicious = Research without malicious exploitation
case-because-known-before = We knew of this exploitation before 11 September 2026
case-because-already-reported = Another case of ours covers it
case-because-not-ours = We are not the manufacturer
case-because-not-severe = A near miss, or an incident that is not severe
case-because-other = Another reason
case-source-cisa-kev = CISA KEV
case-source-eu-kev = EU KEV
case-source-sbom = A new SBOM
case-source-own-telemetry = Our own telemetry
case-source-customer = A customer
case-source-researcher = A researcher
case-source-supplier = A supplier
case-source-csirt = A CSIRT
case-source-authority = An authority
case-source-media = The press or a public report
case-source-other = Somebody else
case-test-data-or-functions = It affects, or can affect, sensitive or important data or functions
case-test-malicious-code = Malicious code was, or can be, brought in or run
case-test-both = Both
case-basis-main-establishment = Main establishment in the Union
case-basis-most-employees = Establishment with the most employees in the Union
case-basis-representative = Authorised representative for most products
case-basis-importer = Importer of most products
case-basis-distributor = Distributor of most products
case-basis-most-users = Most users
case-market-on-market = On the market
case-market-withdrawn = Withdrawn, was on the market
case-market-not-yet = Not on the market yet
case-vex-not_assessed = Not assessed
case-vex-under_investigation = Under investigation
case-vex-affected = Affected
case-vex-not_affected = Not affected
case-vex-fixed = Fixed
case-severity-critical = Critical
case-severity-high = High
case-severity-medium = Medium
case-severity-low = Low
case-severity-none = None
case-severity-unknown = Unknown
case-certainty-verified = read in the law
case-certainty-guidance = official guidance, not binding
case-certainty-secondary = from another source, not checked at the origin
case-certainty-interpretation = our reading of the law
case-certainty-unverified = not looked up yet
case-confidence-high = as ENISA lists it
case-confidence-medium = name unsure: look at ENISA’s list first
case-mark-half = half of the time left
case-mark-quarter = a quarter of the time left
case-mark-hour = one hour left
case-mark-due = due now
case-mark-late = overdue
case-filing-first = first filing
case-filing-update = Update on the platform
case-filing-resubmission = Filed again, because the CSIRT had invalidated it
case-filing-correction = Our record was wrong; the filing itself stands
case-program-watching = the program
case-program-alarms = the alarm clock
case-program-matching = matching
case-anchor-name-aware-at = T0, awareness
case-anchor-name-measure-available-at = Measure available
case-anchor-name-notification-submitted-at = Notification submitted
case-period-hours = { $n } h
case-period-days = { $n } days
case-period-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}

# Strip
strip-running = { $stage ->
    [early-warning] Early warning
    [notification] 72-hour notification
    [final-report] Final report
   *[other] Report
} for { $title }: { $left } left, due { $due }
strip-overdue = { $stage ->
    [early-warning] Early warning
    [notification] 72-hour notification
    [final-report] Final report
   *[other] Report
} for { $title }: overdue since { $left }, was due { $due }
strip-waiting = Nobody has assessed { $title }. First signal { $waited } ago.

# Watch items
watch-list-title = Watch items
watch-list-open = Undecided
watch-list-decided = Decided ({ $n })
watch-list-waiting = { $n ->
    [one] { $n } item waits for a person.
   *[other] { $n } items wait for a person.
}
watch-list-none-waiting = Nothing waits for a person.
watch-list-assessing = { $n ->
    [one] { $n } is being assessed.
   *[other] { $n } are being assessed.
}
watch-list-watching = { $n ->
    [one] { $n } is watched until a date.
   *[other] { $n } are watched until a date.
}
watch-list-empty = No undecided watch item. One opens by itself when a flaw known to be exploited is in a release that is or was on the market.
watch-list-empty-decided = Nothing has been decided yet.
watch-list-blind = The feeds are old or missing: an empty list does not mean that nothing is exploited.
watch-col-state = State
watch-col-what = What
watch-col-first-signal = First signal
watch-col-assessor = Assessed by
watch-nobody = Nobody yet
watch-until-at = until { $at }
watch-generation = { $n }. time
watch-state-waiting = Waits for a person
watch-state-assessing = Being assessed
watch-state-watching = Watched until a date
watch-state-decided = Decided
watch-contain = { $products ->
    [one] { $products } product,
   *[other] { $products } products,
} { $releases ->
    [one] { $releases } release contains it.
   *[other] { $releases } releases contain it.
}
watch-contain-unknown = We do not know which of our releases contain it.
watch-incident = A possible severe incident.
watch-nobody-decided = Nobody has decided yet.
watch-decided-as = Decided: { $outcome }.
watch-watched-until = Watched until { $at }; you can decide at any time.
watch-assessed-by = { $name } has been assessing it for { $span }.
watch-first-signal = First signal { $span } ago.
watch-to-case = Go to its case
watch-case-doubted = The latest decision says something else than the one this case was opened by. The case stands and its clocks run; if nothing is to be reported, close it there, with the reason.
watch-t0-stands = A case stands already, and its T0 stays { $at }. It is changed on the case, with a reason.
watch-case-reopens = The case is closed; “aware” opens it again.
watch-own-missing = not in { $state }, the coordinator’s own Member State? The platform sets that one by itself
watch-start = Start the assessment
watch-start-hint = Your name and the time are kept; the alarm climbs no further.
watch-blind = The feeds are old or missing: there may be more releases and more signals than this page can know.
watch-facts = What we know
watch-where-sold = Placed on the market in
watch-where-unknown = not recorded; say it on the product’s page
watch-names = Names
watch-severity = Severity
watch-epss = Probability of exploitation (EPSS)
watch-epss-value = { $score } within 30 days, higher than { $percentile } of all flaws ({ $day })
watch-epss-none = no score
watch-exploited-by = Listed as exploited by
watch-exploited-by-none = no catalogue we read
watch-not-in-feeds = not in the feeds we have
watch-signal-at = First signal
watch-assessment-at = Assessment started
watch-not-yet = not yet
watch-releases = Releases that contain it
watch-releases-none = No release of ours is known to contain it. What has no SBOM, or no identifiers, cannot be known.
watch-releases-caption = Releases on the market now or once; support that has ended changes nothing (guidance §210)
watch-col-release = Release
watch-col-market = Market
watch-col-components = Component
watch-col-judgement = Judgement so far
watch-market-assumed = (assumed)
watch-gone = gone from the current SBOM
watch-signals = Signals
watch-signals-caption = Who said it, and when we read it
watch-col-received = Received
watch-col-source = Source
watch-col-says = What it says
watch-col-ours = Exploited in our product?
watch-said-on = dated { $day }
watch-add-signal = Hand in a further signal
watch-decisions = Decisions so far
watch-decided-at = Decided
watch-outcome = Outcome
watch-answers = Answers
watch-answer-contained = Contained?
watch-answer-reachable = Reachable?
watch-answer-exploited = Exploited in our product?
watch-decide = Decide
watch-record = Record the decision
watch-record-hint = All three outcomes are kept for good, with your name and the time.

# Deciding anew
anew-title = Decide anew
anew-lede = The decision in force stays on record with its answers. Say why it is taken up again; then answer the questions anew.
anew-case-stays = The case that was opened stays, with its T0 and its clocks. Deciding anew changes none of them.
anew-do = Take it up again
case-field-anew-reason = Why the decision is made anew

# The guidance's test
guidance-title = When are we aware?
guidance-aware = As soon as a first assessment, made at once, gives a reasonable degree of certainty that a vulnerability in our product is being actively exploited, or that a severe incident has compromised its security. Not before, but no waiting for more than that.
guidance-cite-aware = Guidance C(2026) 5252 §211–215
guidance-component = A third party’s component: we report when it is exploited in our product. If the vulnerable code cannot be exploited in our product, or has not been exploited in it, there is nothing for us to notify; telling the maintainer and handling it remain.
guidance-cite-component = §218, Art. 13(6)
guidance-listing = Being listed as exploited is a strong signal, not the test itself. But it must be assessed at once.
guidance-cite-listing = §213–214
guidance-research = Good-faith research, bug bounties and laboratory findings without malicious exploitation are not active exploitation.
guidance-cite-research = Recital 68, FAQ 5.2
guidance-before = Exploitation we knew of before 11 September 2026 need not be reported. Exploitation learned of later must be, even of an old vulnerability.
guidance-cite-before = §217, Art. 71(2)
guidance-certainty = Official guidance in our words; it does not bind, the Regulation does.

# Fields
case-field-kind = What it is about
case-field-vulnerability = Identifier
case-hint-vulnerability = A CVE, GHSA or EUVD number, if there is one.
case-field-title = In one line
case-hint-title = What is exploited, or what happened. No customer names.
case-field-text = What was seen
case-hint-text = Who saw what, where, how sure they are.
case-field-source = Where it comes from
case-field-in-our-product = Does it say that our own product is exploited?
case-field-received-at = First heard of
case-hint-received-at = Empty means now.
case-field-contained = 1. Do our products contain it?
case-field-contained-text = What this rests on: a reference, a sentence, or “none yet, because …”
case-field-reachable = 2. Can it be reached in our product?
case-field-reachable-text = What this rests on: why, or why not, or “not known yet, because …”
case-field-exploited = 3. Is there evidence that it is exploited in our product?
case-field-exploited-text = What the evidence is; with no evidence yet: “none yet, because …”
case-field-evidence = Evidence
case-hint-evidence = A file, if there is one; it is kept unchanged with its digest. A text above is needed in any case.
case-field-outcome = What follows
case-field-aware-at = T0: aware since
case-hint-aware-at = Leave it empty and it is the moment you record this. Now it is { $utc } ({ $local }). Never in the future.
case-hint-correct-aware-at = When the manufacturer became aware. Now it is { $utc } ({ $local }). Never in the future.
case-field-aware-reason = Why this instant, if it is not simply now
case-aware-named = A signal said that our own product is exploited; it was read then.
case-field-until = Watch until
case-hint-until = It comes back then and escalates until somebody assesses it again.
case-field-because = Why it is not reportable
case-field-reason = Reason
incident-suspected = 3. Are unlawful or malicious acts suspected?
case-field-suspected = Are unlawful or malicious acts suspected?
case-field-severity-test = Why is the incident severe?
case-hint-severity-test = “Can” is enough: no completed compromise is needed.
case-field-occurred-at = When it occurred
case-hint-occurred-at = Leave empty as long as it is unknown.
incident-what = 1. What happened?
case-field-what-happened = What happened, as far as known
incident-impact = 2. What does it do to the security of our products?
case-test-none = Neither, or not known yet
case-field-impact = Impact on security: which data or functions, how, how far
case-field-suspected-text = What this rests on, or “none yet, because …”
incident-evidence = 4. How do we know?
case-field-incident-evidence = Evidence: a reference, a sentence, or “none yet, because …”
case-field-releases = Releases concerned
case-hint-releases = Releases in which matching finds the flaw are added by themselves.
case-hint-releases-incident = Choose the releases whose security the incident affects or can affect.
case-field-member-states = Member States besides those of the products
case-hint-member-states = Where the products were placed on the market counts by itself.
case-own-member-state = (the coordinator’s)
case-field-without-own = { $state } is left out on purpose: the product was not made available there
case-field-measure-at = Available since
case-hint-measure-at = The first corrective or mitigating measure users could apply. A workaround counts; a promise does not.
case-field-withdrawn = There is no measure after all: withdraw this instant
case-field-basis = The first of these facts that applies
case-hint-basis = The order is the law’s: a later one counts only when the earlier ones do not exist.
case-field-country = Member State
case-field-platform-reference = The platform’s reference
case-hint-platform-reference = As the platform shows it, such as SRP-DE-V-2026-00000018.
case-field-odd-reference = The reference really looks like this
case-field-submitted-at = Submitted at
case-hint-submitted-at = When the platform took it, as its receipt says; left empty it is the moment you record this. Now it is { $utc } ({ $local }).
case-field-filing-kind = What this record is
case-field-also-covers = It also carried the content of
case-hint-also-covers = The law asks for a later report “unless already provided”. Tick only what the filing really contained.
case-field-filed-reason = Reason (for a repeated record, or an instant before T0)
case-field-receipt = Receipt
case-hint-receipt = The platform’s confirmation as a file, if you have one.

# Hand in a signal
signal-new-title = Hand in a signal
signal-new-lede = Somebody says that something in our products is exploited. It reaches the people on call at once; whether it is reportable they decide.
signal-about = A further signal of:
signal-hand-in = Hand it in

# A case by hand
case-new-title = New case
case-new-lede = You are aware already: an actively exploited vulnerability in our product, or a severe incident. Signal, assessment and T0 are recorded apart.
case-new-incident-tension = The article also covers incidents “capable of” such harm; the guidance (§211, 213) speaks of incidents that have done it. Where in doubt, report. A near miss alone is voluntary.
case-new-switch = Change to: { $kind }
case-releases-none = No release is on the market yet.
case-releases-choose = Choose among { $n } releases
case-member-states-choose = Choose Member States
case-open = Open the case
case-lede-running = { $stage } in { $span }: due { $at } ({ $local }).
case-lede-overdue = { $stage } is overdue since { $span }: it was due { $at } ({ $local }).
case-lede-idle = No clock runs now; the final report waits for its trigger.
case-lede-done = Everything this case asks for is recorded as filed.
case-lede-closed = This case is closed.
case-closed-because = Closed: { $reason }
case-overdue-help = File it now, even late, and say why. If it was filed already, record it. The duty does not end with the deadline.
case-next-sheet = Prepare: { $stage }
case-seen = I have seen it: stop the alarm climbing
case-chip-filed = Recorded as filed
case-chip-filed-late = after the deadline
case-chip-overdue = overdue since { $span }
case-chip-left = left
case-chip-due = Due
case-chip-literal = Counted literally from the measure: { $at }
case-chip-latest = legally latest { $at } ({ $certainty })
case-chip-latest-in = legally latest { $at }, counted in { $zone } ({ $certainty })
case-chip-sheet = Sheet
case-anchor-aware = from awareness, { $at }
case-anchor-measure = from the measure being available, { $at }
case-anchor-measure-before = from awareness, { $at }, because the measure was there before
case-anchor-notification = from the notification’s submission, { $at }
case-waits-for-measure = Not running yet: the 14 days begin when a corrective or mitigating measure is available. Record it then.
case-waits-for-notification = Not running yet: the month begins when the 72-hour notification is submitted.
case-dropped = Not pursued: the case was closed without it.
case-users = Inform users
case-users-since = { $span } since awareness
case-users-hint = Without undue delay; the law gives no number of hours.
case-clock = The clock
case-clock-legend = Hatched: nights (22–6 h, your time zone), weekends and the public holidays given. They stop no clock of hours.
case-as-table = As a table
case-platform-why = ENISA’s platform counts its 72 hours as 48 hours after the early warning was submitted, so its counter may end earlier than the law’s. The law counts from awareness. For the final report on a vulnerability the platform shows no counter at all.
case-bar-title = Clock of { $title }
case-bar-signal = First signal
case-bar-assessment = Assessment
case-bar-aware = T0 aware
case-bar-measure = Measure available
case-bar-filed = { $stage } filed
case-bar-due = { $stage } · { $at }
case-bar-platform = ENISA’s counter · { $at }
case-bar-now = now · { $at }
case-bar-idle = { $stage }: not running
case-col-what = What
case-col-local = Your time zone
case-instants = Three instants
case-aware-at = T0, awareness
case-delay = From signal to awareness
case-delay-before = { $span } before the first signal
case-delay-why = An assessment made at once explains it; a long delay wants a reason.
case-decision = Decision
case-to-watch = Signals and decision
case-measure-at = Measure available
case-measure-none = not recorded
case-measure-record = Record it
case-whom = To whom
case-coordinator = Coordinator
case-coordinator-unknown = not known: the organisation’s country names none in the Union
case-coordinator-basis = By: { $basis }
case-zone = Days and months are counted in
case-zone-assumed = assumed, until the coordinator is known
case-member-states = Made available in
case-platform = One report, through ENISA’s platform:
case-filed = Filed
case-filed-none = Nothing is recorded as filed yet.
case-filed-caption = Recorded, frozen, hashed
case-col-stage = Report
case-col-by = Recorded by
case-col-digest = Digest
case-releases = Affected releases
case-releases-missing = { $n ->
    [one] { $n } further release contains it and is not in this case.
   *[other] { $n } further releases contain it and are not in this case.
}
case-releases-look = Look at them
case-releases-empty = No release is named in this case.
case-releases-caption = The releases this case is about
case-releases-change = Change the releases
case-releases-add = Add to the case
case-releases-remove = Take out of the case (with a reason)
case-history = What happened
case-old-values = Old values
case-anchors-caption = Every value with its reason, oldest first
case-superseded-caption = Deadlines derived before
case-col-anchor = Anchor
case-col-value = Value
case-col-derived = Derived
case-withdrawn = withdrawn
case-calendar = Calendar (ICS)
case-calendar-hint = Calendars refresh late: for planning, not as the alarm.
case-act-awareness-title = Change T0
case-act-awareness-lede = The deadlines of 24 and 72 hours are counted anew. The old value stays on record with yours and the reason.
case-act-awareness-do = Change T0
case-act-measure-title = Measure available
case-act-measure-lede = From this instant the 14 days of the final report run. Correcting it keeps the old value.
case-act-measure-do = Record
case-act-measure-incident = For a severe incident this starts no clock; it is kept for the sheets.
case-act-coordinator-title = Coordinator
case-act-coordinator-lede = The choice is the manufacturer’s; a wrong one can make a notification invalid. Days and months are counted in its zone.
case-act-coordinator-do = Record the coordinator
case-act-releases-title = Releases of this case
case-act-releases-lede = What stands here goes into the sheets.
case-act-releases-do = Save
case-act-close-title = Close the case
case-act-close-lede = Its history stays. It can be opened again.
case-act-close-do = Close
case-close-without-final = No final report is recorded. Say why there is none; the deadlines that still run are dropped, visibly.
case-act-reopen-title = Open the case again
case-act-reopen-lede = What was dropped runs again from the same anchors.
case-act-reopen-do = Open again

# Timeline
case-event-watch-item-opened = Opened by { $source }
case-event-watch-item-reopened = Waits again: { $source } brought something new
case-event-watch-item-joined = This flaw and “{ $title }” turned out to be one; what was heard of the other stands here
case-event-watch-item-grew = News from { $source }; { $signals ->
    [one] { $signals } signal
   *[other] { $signals } signals
}, { $releases ->
    [one] { $releases } further release
   *[other] { $releases } further releases
}
case-event-watch-item-returned = Came back: the instant to watch until has come
case-event-assessment-started = Assessment started, { $after } after the first signal
case-event-decision-recorded = Decision: { $outcome } ({ $at }). { $reason }
case-event-decision-reopened = Taken up again, to be decided anew. { $reason }
case-event-case-opened = Case opened: { $title }
case-event-case-findings-judged = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
} judged: { $status ->
    [affected] affected
   *[other] under investigation
}
case-event-awareness-changed = T0 changed from { $old } to { $at }. { $reason }
case-event-measure-recorded = Measure available { $at } (before: { $old }). { $reason }
case-event-measure-withdrawn = Measure withdrawn (was { $old }). { $reason }
case-event-coordinator-recorded = Coordinator: { $state }, by { $basis } (before: { $old }). { $reason }
case-event-case-release-added = { $name } added
case-event-case-release-removed = { $name } taken out. { $reason }
case-event-case-closed = Case closed. { $reason }
case-event-case-reopened = Case opened again. { $reason }
case-event-sheet-saved = Draft saved: { $stage }
case-event-report-recorded = Recorded as filed: { $stage }, { $reference }, { $at }
case-event-deadline-announced = Alarm: { $stage }, { $mark } (due { $due })

# Corrections after a filing
case-stale-aware = The report filed last with this instant ({ $stage }, { $reference }) gives T0 as { $filed }. This case now says { $now }.
case-stale-measure = The report filed last with this instant ({ $stage }, { $reference }) says that the measure is available since { $filed }. This case now says { $now }.
case-stale-measure-none = The report filed last with this instant ({ $stage }, { $reference }) says that a measure is available since { $filed }. This case has no such instant, so the 14 days do not run.
case-stale-do-update = Nothing changes on the platform by itself: take over the value in the sheet, use “Update” on the platform, and record it here as an update. Tell the CSIRT ({ $csirt }) if it may have relied on the old value. If the report is right, correct this case instead.
case-stale-do-closed = After the final report the platform takes no more changes: tell the CSIRT ({ $csirt }), and record here as an update what you told it. If the report is right, correct this case instead.
case-stale-unknown-aware = What the report ({ $stage }, { $reference }) gave as T0 is not known here, and T0 was corrected after it was recorded as filed. This case now says { $now }.
case-stale-unknown-measure = What the report ({ $stage }, { $reference }) said of the measure is not known here, and that was corrected after it was recorded as filed. This case now says { $now }.
case-stale-unknown-do = Compare with its snapshot (what was filed). If it gives the old value, use “Update” on the platform and record it here as an update.
case-stale-sheet = To the sheet
case-stale-filed = What was filed
case-record-corrected = The record of this report was corrected: { $stage } was submitted { $is }, not { $was } as first recorded. Periods that run from it were counted anew; the first record stands below.
case-event-legal-latest-moved = { $stage }: legally latest instant moved from { $old } to { $at }, for the public holidays of { $state } were changed
case-event-users-informed = Users informed: { $told }, { $how }, by { $informant }, { $at }; releases: { $releases }

# Public holidays
holidays-title = Public holidays
holidays-lede = The public holidays of the Member States of your coordinators, one list each.
holidays-why = They move the legally latest instant of the 14 days and of the month, when its last day is no working day. They never move the instant a case shows as due and rings at, nor any period of hours.
holidays-cite = Regulation 1182/71, Art. 2(1), 3(4)
holidays-none = None are given yet: legally latest instants move at weekends only.
holidays-caption = Lists given
holidays-col-days = Days
holidays-col-years = Years
holidays-set = A Member State's list
holidays-set-of = The list of { $state }
holidays-open = Open its list
holidays-stands = The list as it stands now
holidays-stands-none = No list
holidays-remove = Remove the list of { $state }; what stands in the field or the file does not count then
holidays-hint-state = The Member State of the coordinator. Each has a list and a page of its own.
holidays-hint-days = One date a line, as 2026-12-25; lines that begin with # are passed over. The same file serves “bonafide law deadlines --holidays”.
holidays-file = Or take it from a file
holidays-hint-file = A chosen file counts instead of the field above.
holidays-save = Put this list in place
holidays-settings-hint = What moves the legally latest instants of days and months
case-field-member-state = Member State
case-field-days = Public holidays
case-holidays-none = For the legally latest instants no public holidays were counted: none are given for { $state }.
case-holidays-nowhere = For the legally latest instants no public holidays were counted: nobody said yet who the coordinator is.
case-holidays-years = For the legally latest instants no public holidays were counted in { $years }: the list for { $state } says nothing of it.
case-holidays-counted = For the legally latest instants the public holidays given for { $state } were counted.
case-holidays-link = Public holidays
refusal-holidays-empty = The list has no day. Give at least one, or tick that the list is to be removed.
refusal-holidays-changed-meanwhile = Somebody else changed this list meanwhile. Nothing of yours was saved; what you typed stands below. Compare it with the list as it stands now, then save again.
refusal-holidays-no-day = Line { $line } is no date: “{ $text }”. Write one date a line, as 2026-12-25.
refusal-holidays-too-many = A list has at most { $max } days.

# Users informed
case-users-nobody = Nobody has recorded that users were informed.
case-users-open = Still open: { $names }.
case-users-all-told = Users of every release in the case were informed, as recorded.
case-users-record = Record who was informed
case-told-impacted = the impacted users
case-told-all = all users
case-told-by-mail = by mail
case-told-by-advisory = by an advisory
case-told-by-in-product = in the product
case-told-by-portal = in the customer portal
case-told-by-phone = by phone
case-told-by-other = in another way
case-field-told = Who was informed
case-field-told-by = How
case-field-informed-at = Informed at
case-hint-informed-at = When they could read or hear it. Now it is { $utc } ({ $local }).
case-field-informant = Informed by
case-field-releases-told = Releases it concerned
case-field-text-told = What they were told
case-hint-text-told = The words themselves, or what they said: the vulnerability or incident, and what users can do.
case-field-reference-told = Where it can be read again
case-hint-reference-told = The address of the advisory, a ticket, a file. It may stay empty.
users-informed-title = Users informed
users-informed-law = After becoming aware you inform the impacted users, and where appropriate all users, of the vulnerability or incident, and where necessary of what they can do about it. The law sets no number of hours: without undue delay, by the risk. Telling the customers concerned is enough; publication is not asked for by this paragraph.
users-informed-open = Not done here yet: sending to users, lists of users, and telling them in a machine-readable format (“where appropriate”). If users are not told in time, the CSIRT may tell them.
users-informed-advisory = If you want to tell everybody, draft an advisory of:
users-informed-record = Record it
users-informed-nothing-sent = Nothing is sent from here. You record what you did; the record cannot be changed later, only added to.
users-informed-before = Recorded so far
users-informed-recorded = Recorded by { $by }, { $at }
refusal-informed-in-future = They cannot have been informed in the future.
refusal-informed-by-nobody = Say who informed them.
refusal-informed-without-text = Say what they were told.
refusal-informed-of-no-release = Choose the releases it concerned.

# Sheets
sheet-title = Prepare: { $stage }
sheet-stages = Reports
sheet-due = { $span } left, due { $at }.
sheet-overdue = Overdue since { $span }.
sheet-filed = Recorded as filed { $at }.
sheet-not-running = Its clock does not run yet; you may prepare it.
sheet-lacks = Missing for the law: { $law }. Missing for the form: { $form }.
sheet-how = Copy field by field into the platform, in its order; it takes English only. Then record here what you filed. Nothing is sent from here.
sheet-platform = Open the platform
sheet-version = form { $version } of { $day }
sheet-platform-counter = The platform’s own counter for this report ends { $at }: it counts 48 hours from the submitted early warning. The law counts 72 hours from awareness; the date above is the law’s.
sheet-unless-provided = The law asks for this report “unless already provided”: content you have given before need not be given again. The platform still wants its stages in order.
sheet-law-check = What the law asks
sheet-law-complete = Everything the article names is here.
sheet-form-check = What the form asks
sheet-form-complete = The form would take it.
sheet-missing = Missing
sheet-condition-always = Always
sheet-condition-where-applicable = Where applicable: empty can be right
sheet-condition-where-available = As far as known: empty can be right
sheet-group-now = Needed now ({ $n })
sheet-group-carried = Carried over from the report before ({ $n })
sheet-group-more = More, optional now ({ $n })
sheet-duty-required = required
sheet-duty-required-if-available = required if known
sheet-duty-optional = optional
sheet-duty-carried-forward = the platform carries it over
sheet-duty-not-available = not at this stage
sheet-asked-by-law = the article asks for it
sheet-from = from { $origin }
sheet-origin-case = this case
sheet-origin-organisation = the organisation
sheet-origin-placings = where the products were placed
sheet-origin-decision = the decision
sheet-origin-product = the product
sheet-origin-releases = the affected releases
sheet-origin-support = the support period
sheet-origin-sbom = the SBOM
sheet-origin-advisory = the advisory
sheet-origin-measure = the recorded measure
sheet-origin-carried-over = the report before
sheet-carried-over = the { $stage }
sheet-offer = We know now: { $value } (from { $origin })
sheet-before = In the report before: { $value }
sheet-meanwhile = Meanwhile somebody else saved: { $value }
sheet-not-answered = Not answered
sheet-option-vulnerability = Vulnerability
sheet-option-incident = Incident
sheet-option-default = Default
sheet-option-important = Important
sheet-option-critical = Critical
sheet-option-class-1 = Class I
sheet-option-class-2 = Class II
sheet-option-yes = Yes
sheet-option-no = No
sheet-option-unknown = Unknown
sheet-option-a = a: exploited in no other Member State
sheet-option-b = b: against the essential interests of that Member State
sheet-option-c = c: imminent high risk if passed on
sheet-in-utc = In UTC:
case-next-measure = Record since when a measure is available
sheet-platform-shows = The platform shows:
sheet-note-notification-type = It decides which fields the platform shows.
sheet-note-manufacturer-name = The platform fills it from the registration.
sheet-note-own-state = The platform sets { $own }, your coordinator’s Member State, by itself; choose the others.
sheet-note-other-states = The platform sets { $own }, your coordinator’s Member State, by itself; choose there: { $others }.
sheet-note-member-states-available = The platform sets the Member State of your coordinator by itself; choose the others.
sheet-note-end-of-support-reached = Yes: the support period has ended. The duty to report goes on.
sheet-note-mitigating-measure-expected-shortly = Within 72 hours: the CSIRT may then hold the report back from others (Art. 3(a) of Delegated Regulation (EU) 2026/881).
sheet-note-considered-sensitivity = Say why the information is sensitive. The form has no selector for TLP.
sheet-note-cve-id = Leave it empty as long as no identifier is assigned.
sheet-note-euvd-id = Leave it empty as long as no identifier is assigned.
sheet-note-vulnerability-general-information = The general nature of the vulnerability, and that of the exploit.
sheet-note-measure-available-at = The 14 days of the final report run from it; a workaround counts.
sheet-note-awareness-at = T0. ENISA’s help text still speaks of first detection: give the instant of awareness.
sheet-note-exploitation-occurred-at = ENISA’s label and help text differ: the exploitation in one, the existence of the vulnerability in the other.
sheet-note-pec-invoked = Only with the 72-hour notification of a vulnerability (Art. 16(2), third subparagraph).
sheet-note-pec-delay-reason = One ground is enough.
sheet-note-suspected-unlawful-or-malicious = Art. 14(4)(a) names it.
sheet-note-initial-assessment = Art. 14(4)(b) names it.
sheet-note-ar-note = Outside the structured fields; a user of the platform writes it.
sheet-copy = Copy
sheet-save = Save draft
sheet-save-and-file = Save, then record as filed
sheet-saved = Saved by { $by }, { $at }
sheet-not-saved = Not saved yet; what stands here is prefilled.
sheet-lack-missing = required at this stage
sheet-lack-carried-value-missing = an earlier stage required it, and there is nothing to carry over
sheet-lack-missing-unless-unavailable = required if it is known
sheet-lack-too-long = { $has } characters, the form takes { $max }
sheet-lack-not-an-option = not one of the choices
sheet-lack-not-yes-or-no = answer yes or no
sheet-lack-not-an-instant = not a date and time; write 2026-11-23T09:00Z
sheet-lack-not-a-member-state = not a Member State
sheet-lack-not-a-category = not an entry of Annex III or IV
sheet-lack-not-at-this-stage = the form does not have this field yet
sheet-lack-out-of-place = another answer leaves no place for it
sheet-lack-unknown-field = the form has no such field

# What the article asks, in our words
sheet-law-aev-early-warning-member-states = The Member States where, as far as you know, the product was made available.
sheet-law-si-early-warning-suspicion = Whether unlawful or malicious acts are suspected; unknown is an answer.
sheet-law-si-early-warning-member-states = The Member States where, as far as you know, the product was made available.
sheet-law-aev-notification-product = General information on the product, as far as available.
sheet-law-aev-notification-nature = The general nature of the exploit and of the vulnerability.
sheet-law-aev-notification-measures-taken = Corrective or mitigating measures taken; say so when there are none yet.
sheet-law-aev-notification-measures-for-users = Measures users can take; say so when there are none yet.
sheet-law-aev-notification-sensitivity = How sensitive you consider the information to be.
sheet-law-aev-final-report-description = A description of the vulnerability.
sheet-law-aev-final-report-severity = Its severity.
sheet-law-aev-final-report-impact = Its impact.
sheet-law-aev-final-report-malicious-actor = Information on a malicious actor.
sheet-law-aev-final-report-measure-details = Details of the security update or other corrective measure.
sheet-law-si-notification-nature = General information on the nature of the incident.
sheet-law-si-notification-initial-assessment = An initial assessment of the incident.
sheet-law-si-notification-measures-taken = Measures taken; say so when there are none yet.
sheet-law-si-notification-measures-for-users = Measures users can take; say so when there are none yet.
sheet-law-si-notification-sensitivity = How sensitive you consider the information to be.
sheet-law-si-final-report-description = A detailed description of the incident.
sheet-law-si-final-report-severity = Its severity.
sheet-law-si-final-report-impact = Its impact.
sheet-law-si-final-report-threat-or-cause = The likely type of threat or root cause.
sheet-law-si-final-report-mitigation = Applied and ongoing mitigation.

# Record as filed
filed-title = Record as filed: { $stage }
filed-crumb = Record as filed
filed-lede = The sheet is frozen as it stands, { $n ->
    [one] { $n } field,
   *[other] { $n } fields,
} with its digest. You cannot change the record later, only add to it.
filed-law-lacks = { $n ->
    [one] { $n } thing the article asks for is
   *[other] { $n } things the article asks for are
} missing on the sheet.
filed-form-lacks = { $n ->
    [one] { $n } field the form requires is
   *[other] { $n } fields the form requires are
} missing or wrong on the sheet. If you filed something else than stands here, correct the sheet first.
filed-order = The platform takes reports in order, and no record says that the { $stage } was filed.
filed-back = Back to the sheet
filed-starts-month = From this submission the month of the final report runs. Filing again after an invalidation does not move it.
filed-record = Record as filed
filed-nothing-sent = Nothing is sent from here. You record what you did on the platform.
submission-title = Filed: { $stage }
submission-lede = Submitted { $at }, recorded by { $by }.
submission-recorded = Recorded
submission-kind = Record
submission-covers = Carried the content of
submission-digest = Digest of the frozen JSON
submission-form-version = Version of the form
submission-json = Download JSON
submission-text = Download text
submission-verify = The JSON has exactly this digest (sha256sum).
submission-fields = What was filed
submission-fields-caption = The fields as they stood
submission-nr = No.
submission-field = Field

# Refusals
refusal-choose-one = Choose one of the answers for “{ $field }”.
refusal-not-a-member-state = “{ $code }” is not a Member State.
refusal-signal-without-subject = Say in one line what it is about, or give an identifier.
refusal-signal-bad-cve = A CVE id has a year of four digits and a number of four or more, such as CVE-2026-12345.
refusal-signal-bad-name = An identifier has no spaces, such as CVE-2026-12345.
refusal-signal-in-future = It cannot have been heard of in the future.
refusal-decision-made-already = Somebody has decided this meanwhile. Nothing of yours was recorded; look at the decision first.
refusal-watch-joined-meanwhile = Meanwhile this turned out to be the same flaw as another watch item, which you see now. Nothing was recorded; what you typed stands below. Look at what is known and decided here, and record it if it still holds.
refusal-decision-needs-reason = Give the reason in a sentence. It will be read years later.
refusal-decision-needs-evidence = { $question ->
    [contained] 1. Contained
    [reachable] 2. Reachable
    [exploited] 3. Exploited
    [suspected] 3. Suspicion
   *[other] 4. Evidence
}: say what this answer rests on: a reference, a sentence, or “none yet, because …”.
refusal-decision-aware-without-evidence = You say that we are aware, and that there is no evidence yet. Say what the reasonable certainty rests on, or “none yet, because …” (guidance §211).
refusal-incident-needs-what = Say what happened, as far as it is known.
refusal-incident-needs-impact = Say what it does, or can do, to the security of the products.
refusal-incident-in-future = It cannot have occurred in the future.
refusal-incident-aware-not-severe = You say that we are aware of a severe incident. Say by which of the two tests of Art. 14(5) it is severe.
refusal-anew-needs-reason = Say why the decision is made anew. It will be read years later.
refusal-aware-stands-already = A case stands already and keeps its T0. Change T0 on the case, with a reason.
refusal-own-member-state-unticked = The coordinator’s own Member State is not ticked. The platform sets it by itself; tick it, or say that it is left out on purpose.
refusal-decision-needs-incident = Answer what only an incident has: suspicion, and why it is severe.
refusal-decision-aware-not-contained = You say that no product contains it, and that we are aware. One of the two is wrong.
refusal-decision-contradicts-answers = This reason contradicts your answers above. Correct one of them.
refusal-watch-until-past = Choose an instant in the future.
refusal-watch-until-far = Choose an instant within three months; further away nobody watches.
refusal-aware-in-future = T0 cannot be in the future.
refusal-aware-before-signal = T0 lies before the first signal. Say why.
refusal-aware-needs-reason = T0 is not simply now. Say why it is this instant.
refusal-aware-out-of-calendar = This instant is too far away to count from.
refusal-anchor-unchanged = This is the value that stands already.
refusal-measure-in-future = A measure is available or it is not: the instant cannot be in the future.
refusal-coordinator-unknown = Choose the Member State.
refusal-reason-required = Give the reason in a sentence.
refusal-case-closed = This case is closed. Open it again first.
refusal-case-open = This case is open already.
refusal-case-stands-already = There is a case for this already: { $case }. One notification covers one matter; continue there.
refusal-case-needs-awareness = A case opens only when you are aware.
refusal-close-without-final = No final report is recorded. Say why there is none.
refusal-act-overtaken = Somebody else recorded another value meanwhile; it stands below among those before. What you typed is still here: send it again if it is still right.
refusal-sheet-changed-meanwhile = Somebody else saved this sheet meanwhile. Nothing of yours is lost: what they wrote stands beside each field that differs. Save again to keep yours.
refusal-sheet-value-too-long = Field { $field } is longer than { $max } characters.
refusal-filed-needs-reference = Give the reference the platform shows.
refusal-filed-odd-reference = The platform’s references look like SRP-DE-V-2026-00000018. If yours really looks like this, tick the box and record again.
refusal-filed-reference-elsewhere = Another case bears this reference: { $case }.
refusal-filed-in-future = It cannot have been submitted in the future.
refusal-filed-before-awareness = This lies before T0. Give the reason, or correct one of the two.
refusal-filed-sheet-changed = The sheet changed while you were here. Look at it again: what is recorded must be what you filed.
refusal-filed-already = This report is recorded as filed already. Say whether this is an update, a resubmission or a correction.
refusal-filed-nothing-before = Nothing is recorded for this report yet, so this is the first.
refusal-filed-again-needs-reason = Say why it is recorded again.
