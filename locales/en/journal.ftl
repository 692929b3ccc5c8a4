# Who did what, when.

journal-title = Journal
journal-lede = Who did what, and when. Entries are never changed or removed; showing { $n } of { $total }, newest first.
journal-caption = Entries, newest first
journal-seq = No.
journal-time = When
journal-actor = Who
journal-action = What
journal-subject = To what
journal-detail = Facts
journal-digest = Digest
journal-from = From
journal-to = To
journal-any = any
journal-filter = Filter
journal-all = Show everything
journal-older = Older entries
journal-empty = No entry fits this filter.
journal-export = Take it with you
journal-csv = These entries as CSV
journal-csv-hint = For a spreadsheet, with this filter.
journal-jsonl = The whole chain as JSONL
journal-jsonl-hint = With the digests of every entry. Anybody can verify it without this server:
refusal-journal-day-out-of-range = The calendar ends near { $day }. Choose a day between 0001-01-01 and 9999-12-30.
