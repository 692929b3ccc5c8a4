# Die Quellen: was die Welt sagt, und wie alt das ist.
feeds-title = Datenquellen
feeds-caption = Worauf die Antworten dieses Programms beruhen
feeds-lede-fresh = Jede erwartete Quelle wurde in den letzten 24 Stunden geprüft.
feeds-lede-ageing = Mindestens eine Quelle ist älter als 24 Stunden. Antworten können der Welt hinterherhinken.
feeds-lede-stale = Mindestens eine Quelle ist zu alt, um sich darauf zu verlassen: vor mehr als 72 Stunden geprüft, oder ihr neuester Eintrag ist älter als 30 Tage. Keine Seite darf etwas als unbedenklich bezeichnen.
feeds-lede-missing = Mindestens eine erwartete Quelle wurde nie eingelesen. Was sie sagen würde, ist unbekannt; keine Seite darf etwas als unbedenklich bezeichnen.
feeds-feed = Quelle
feeds-age = Geprüft
feeds-data-as-of = Neuester Eintrag
feeds-records = Einträge
feeds-unreadable = Nicht gelesen oder nicht verwendet
feeds-source = Herkunft
feeds-not-said = nicht angegeben
feeds-all-read = alles wurde gelesen
feeds-unreadable-count = { $n ->
    [0] Alle Einträge konnten gelesen werden.
    [one] { $n } Eintrag konnte nicht gelesen werden.
   *[other] { $n } Einträge konnten nicht gelesen werden.
}
feeds-problems = Die ersten davon mit Namen
feeds-last-error = Letzter Fehler:
feeds-newer = Neuere Daten
feeds-every-hours = { $n ->
    [one] Dieser Server holt die Quellen jede Stunde selbst.
   *[other] Dieser Server holt die Quellen alle { $n } Stunden selbst.
}
feeds-only-when-told = Dieser Server holt die Quellen nur, wenn man es ihm sagt.
feeds-sync-now = Jetzt holen
feeds-planned = Ein Abruf ist geplant oder läuft.
feeds-air-gap = Ohne Netz
feeds-air-gap-how = Tragen Sie die Dateien herüber und lesen Sie sie auf dieser Maschine ein; was jede Datei ist, wird an ihrem Inhalt erkannt. Eine Datei gilt als so alt wie ihr eigener Zeitstempel, nicht wie der Augenblick des Einlesens.
feed-never = nie eingelesen
feed-never-whole = nie vollständig eingelesen
feed-age-behind = { $age }; das letzte Einlesen war unvollständig
feed-outcome-partial = { $unreadable ->
    [0] Das letzte Einlesen war unvollständig und hat diese Quelle nicht erneuert. { $records } Einträge wurden gelesen.
   *[other] Das letzte Einlesen war unvollständig und hat diese Quelle nicht erneuert. { $records } Einträge wurden gelesen, { $unreadable } konnten nicht gelesen werden.
}
feed-outcome-failed = Das letzte Einlesen ist gescheitert und hat diese Quelle nicht erneuert.
feed-age = vor { DATIVE($age) } geprüft
feed-age-standstill = vor { DATIVE($age) } geprüft, aber der neueste Eintrag ist vom { $day }
feed-tone-fresh = frisch
feed-tone-ageing = über 24 Std. alt
feed-tone-stale = zu alt
feed-tone-missing = fehlt
feed-what-advisories = welche Versionen von Paketen Schwachstellen haben
feed-what-exploited = welche Schwachstellen bekanntermaßen ausgenutzt werden
feed-what-likelihood = wie wahrscheinlich eine Ausnutzung ist
feed-aside = { $n ->
    [one] { $n } Eintrag zu { $ecosystem } blieb beiseite: solche Pakete können noch nicht abgeglichen werden.
   *[other] { $n } Einträge zu { $ecosystem } blieben beiseite: solche Pakete können noch nicht abgeglichen werden.
}
feed-aside-no-package = { $n ->
    [one] { $n } Eintrag nennt kein Paket.
   *[other] { $n } Einträge nennen kein Paket.
}
feed-note-not-in-file = { $n ->
    [one] { $n } vorhandener Eintrag stand nicht in der letzten Datei; er bleibt.
   *[other] { $n } vorhandene Einträge standen nicht in der letzten Datei; sie bleiben.
}
feed-note-older = { $n ->
    [one] { $n } Eintrag war älter als unser Stand.
   *[other] { $n } Einträge waren älter als unser Stand.
}
feed-note-removed = { $n ->
    [one] { $n } Eintrag steht nicht mehr im Katalog und wurde zurückgenommen.
   *[other] { $n } Einträge stehen nicht mehr im Katalog und wurden zurückgenommen.
}
feed-note-withdrawn = { $n ->
    [one] { $n } Eintrag wurde von seiner Quelle zurückgezogen.
   *[other] { $n } Einträge wurden von ihrer Quelle zurückgezogen.
}
feed-fault-not-reached = Der Server der Quelle war nicht zu erreichen.
feed-fault-refused = Der Server der Quelle hat die Daten nicht herausgegeben.
feed-fault-too-much = Die Übertragung war zu groß oder dauerte zu lange.
feed-fault-other = Was ankam, ist nicht diese Quelle.
feed-fault-unreadable = Zu viele Einträge konnten nicht gelesen werden.
feed-fault-too-small = Sie enthält weniger Einträge, als die ganze Quelle hätte; sie gilt als unvollständig.
feed-fault-damaged = Die Datei ist beschädigt oder konnte nicht bis zum Ende gelesen werden.
