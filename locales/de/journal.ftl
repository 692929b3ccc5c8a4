# Wer wann was getan hat.

journal-title = Journal
journal-lede = Wer wann was getan hat. Einträge werden nie geändert oder entfernt; { $n } von { $total } gezeigt, neueste zuerst.
journal-caption = Einträge, neueste zuerst
journal-seq = Nr.
journal-time = Wann
journal-actor = Wer
journal-action = Was
journal-subject = Woran
journal-detail = Angaben
journal-digest = Prüfsumme
journal-from = Von
journal-to = Bis
journal-any = alle
journal-filter = Filtern
journal-all = Alles zeigen
journal-older = Ältere Einträge
journal-empty = Zu diesem Filter gibt es keinen Eintrag.
journal-export = Zum Mitnehmen
journal-csv = Diese Einträge als CSV
journal-csv-hint = Für eine Tabellenkalkulation, mit diesem Filter.
journal-jsonl = Die ganze Kette als JSONL
journal-jsonl-hint = Mit den Prüfsummen aller Einträge. Jede und jeder kann sie ohne diesen Server prüfen:
refusal-journal-day-out-of-range = Bei { $day } endet der Kalender. Wählen Sie einen Tag zwischen 0001-01-01 und 9999-12-30.
