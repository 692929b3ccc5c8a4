# The feeds: what the world says, and how old that is.
feeds-title = Feeds
feeds-caption = What the answers of this program rest on
feeds-lede-fresh = Every expected feed was checked within the last 24 hours.
feeds-lede-ageing = At least one feed is older than 24 hours. Answers may lag behind the world.
feeds-lede-stale = At least one feed is too old to rest on: checked more than 72 hours ago, or its newest record is older than 30 days. No page may call anything clean.
feeds-lede-missing = At least one expected feed was never imported. What it would say is unknown, so no page may call anything clean.
feeds-feed = Feed
feeds-age = Checked
feeds-data-as-of = Newest record
feeds-records = Records
feeds-unreadable = Not read or not used
feeds-source = Source
feeds-not-said = not said
feeds-all-read = everything was read
feeds-unreadable-count = { $n ->
    [0] All records could be read.
    [one] { $n } record could not be read.
   *[other] { $n } records could not be read.
}
feeds-problems = The first of them, by name
feeds-last-error = Last fault:
feeds-newer = Newer data
feeds-every-hours = { $n ->
    [one] This server fetches the feeds every hour by itself.
   *[other] This server fetches the feeds every { $n } hours by itself.
}
feeds-only-when-told = This server fetches feeds only when it is told to.
feeds-sync-now = Fetch now
feeds-planned = A fetch is planned or running.
feeds-air-gap = Without a network
feeds-air-gap-how = Carry the files over and import them on this machine; what each file is, is seen from its content. A file counts as old as its own time, not as the moment of import.
feed-never = never imported
feed-never-whole = never imported whole
feed-age-behind = { $age }; the last import was not complete
feed-outcome-partial = { $unreadable ->
    [0] The last import was not complete and did not renew this feed. { $records } records were read.
   *[other] The last import was not complete and did not renew this feed. { $records } records were read, { $unreadable } could not be read.
}
feed-outcome-failed = The last import failed and did not renew this feed.
feed-age = checked { $age } ago
feed-age-standstill = checked { $age } ago, but its newest record is of { $day }
feed-tone-fresh = fresh
feed-tone-ageing = over 24 h old
feed-tone-stale = too old
feed-tone-missing = missing
feed-what-advisories = which versions of packages have flaws
feed-what-exploited = which flaws are known to be exploited
feed-what-likelihood = how likely exploitation is
feed-aside = { $n ->
    [one] { $n } record of { $ecosystem } was left aside: such packages cannot be matched yet.
   *[other] { $n } records of { $ecosystem } were left aside: such packages cannot be matched yet.
}
feed-aside-no-package = { $n ->
    [one] { $n } record names no package.
   *[other] { $n } records name no package.
}
feed-note-not-in-file = { $n ->
    [one] { $n } record we hold was not in the last file; it stays.
   *[other] { $n } records we hold were not in the last file; they stay.
}
feed-note-older = { $n ->
    [one] { $n } record was older than what we hold.
   *[other] { $n } records were older than what we hold.
}
feed-note-removed = { $n ->
    [one] { $n } entry is no longer in the catalogue and was withdrawn.
   *[other] { $n } entries are no longer in the catalogue and were withdrawn.
}
feed-note-withdrawn = { $n ->
    [one] { $n } record was withdrawn by its source.
   *[other] { $n } records were withdrawn by their source.
}
feed-fault-not-reached = The feed's server could not be reached.
feed-fault-refused = The feed's server did not give the data out.
feed-fault-too-much = The transfer was too large or took too long.
feed-fault-other = What came is not this feed.
feed-fault-unreadable = Too many records could not be read.
feed-fault-too-small = It holds fewer records than the whole feed would; it is taken for incomplete.
feed-fault-damaged = The file is damaged or could not be read to its end.
