# Artikel 14: Beobachtungen, Entscheidungen, Fälle, Meldebögen, Meldungen.
cases-title = Fälle
cases-crumbs = Wo Sie sind
cases-lede = { $n ->
    [0] Hier steht kein Fall.
    [one] Hier steht { $n } Fall.
   *[other] Hier stehen { $n } Fälle.
}
cases-filter-state = Stand
cases-filter-all = Alle
cases-filter-text = Name oder Kennung
cases-filter = Filtern
cases-empty = Hier steht kein Fall. Ein Fall entsteht, wenn jemand bei einer Beobachtung „Wir haben Kenntnis“ entscheidet, oder von Hand.
cases-empty-filtered = Zu diesem Filter passt kein Fall.
cases-filter-clear = Alle Fälle zeigen
cases-lede-filtered = { $n ->
    [0] Kein Fall passt.
    [one] { $n } Fall passt.
   *[other] { $n } Fälle passen.
}
cases-col-next = Als Nächstes
cases-col-case = Fall
cases-col-opened = Eröffnet
cases-overdue = { $stage } überfällig seit { DATIVE($span) }
cases-nothing-running = Keine Frist läuft
case-showing = { $n } von { $total }
case-page-before = Vorige Seite
case-page-after = Nächste Seite
case-ago = vor { DATIVE($span) }
case-choose = Wählen Sie …
case-cancel = Abbrechen
case-change = Ändern
case-state-open = Offen
case-state-closed = Geschlossen

# Wortschatz
case-kind-actively-exploited-vulnerability = Aktiv ausgenutzte Schwachstelle
case-kind-severe-incident = Schwerwiegender Sicherheitsvorfall
case-stage-early-warning = Frühwarnung
case-stage-notification = 72-Stunden-Meldung
case-stage-intermediate-report = Zwischenbericht
case-stage-final-report = Abschlussbericht
case-outcome-aware = Wir haben Kenntnis
case-outcome-watch-until = Beobachten bis
case-outcome-not-reportable = Nicht zu melden
case-decide-aware = Wir haben Kenntnis: die 24 und 72 Stunden laufen ab T0
case-decide-watch-until = Beobachten bis: noch fehlt die Gewissheit, es kommt zum Zeitpunkt unten wieder
case-decide-not-reportable = Nicht zu melden, weil …
case-answered-yes = Ja
case-answered-no = Nein
case-answered-unknown = Unbekannt
case-exploited-own-telemetry = Ja: unsere eigene Telemetrie zeigt es
case-exploited-customer = Ja: ein Kunde meldet es
case-exploited-researcher = Ja: jemand aus der Forschung zeigt es
case-exploited-naming-feed = Ja: eine glaubwürdige Quelle nennt unser Produkt
case-exploited-none-yet = Noch kein Beleg
case-because-not-contained = Keines unserer Produkte enthält sie
case-because-not-reachable = In unserem Produkt lässt sie sich nicht ausnutzen
case-because-not-in-our-product = Sie wird anderswo ausgenutzt, nicht in unserem Produkt
case-because-not-malicious = Forschung ohne böswillige Ausnutzung
case-because-known-before = Diese Ausnutzung kannten wir vor dem 11. September 2026
case-because-already-reported = Ein anderer Fall von uns deckt es ab
case-because-not-ours = Wir sind nicht der Hersteller
case-because-not-severe = Ein Beinahe-Vorfall, oder kein schwerwiegender Sicherheitsvorfall
case-because-other = Ein anderer Grund
case-source-cisa-kev = CISA KEV
case-source-eu-kev = EU KEV
case-source-sbom = Eine neue SBOM
case-source-own-telemetry = Unsere eigene Telemetrie
case-source-customer = Ein Kunde
case-source-researcher = Jemand aus der Forschung
case-source-supplier = Ein Zulieferer
case-source-csirt = Ein CSIRT
case-source-authority = Eine Behörde
case-source-media = Presse oder öffentlicher Bericht
case-source-other = Jemand anders
case-test-data-or-functions = Er beeinträchtigt sensible oder wichtige Daten oder Funktionen, oder kann es
case-test-malicious-code = Schadcode wurde eingeschleust oder ausgeführt, oder kann es werden
case-test-both = Beides
case-basis-main-establishment = Hauptniederlassung in der Union
case-basis-most-employees = Niederlassung mit den meisten Beschäftigten in der Union
case-basis-representative = Bevollmächtigter für die meisten Produkte
case-basis-importer = Einführer der meisten Produkte
case-basis-distributor = Händler der meisten Produkte
case-basis-most-users = Die meisten Nutzer
case-market-on-market = Auf dem Markt
case-market-withdrawn = Zurückgezogen, war auf dem Markt
case-market-not-yet = Noch nicht auf dem Markt
case-vex-not_assessed = Nicht bewertet
case-vex-under_investigation = Wird untersucht
case-vex-affected = Betroffen
case-vex-not_affected = Nicht betroffen
case-vex-fixed = Behoben
case-severity-critical = Kritisch
case-severity-high = Hoch
case-severity-medium = Mittel
case-severity-low = Niedrig
case-severity-none = Keine
case-severity-unknown = Unbekannt
case-certainty-verified = im Gesetz gelesen
case-certainty-guidance = amtliche Leitlinie, nicht bindend
case-certainty-secondary = aus anderer Quelle, nicht am Ursprung geprüft
case-certainty-interpretation = unsere Lesart des Gesetzes
case-certainty-unverified = noch nicht nachgesehen
case-confidence-high = wie bei ENISA aufgeführt
case-confidence-medium = Name unsicher: sehen Sie zuerst in ENISAs Liste nach
case-mark-half = die Hälfte der Zeit bleibt
case-mark-quarter = ein Viertel der Zeit bleibt
case-mark-hour = eine Stunde bleibt
case-mark-due = jetzt fällig
case-mark-late = überfällig
case-filing-first = erste Meldung
case-filing-update = Aktualisierung auf der Plattform
case-filing-resubmission = Erneut gemeldet, weil das CSIRT sie für ungültig erklärt hatte
case-filing-correction = Unser Eintrag war falsch; die Meldung selbst gilt
case-program-watching = das Programm
case-program-alarms = der Wecker
case-program-matching = der Abgleich
case-anchor-name-aware-at = T0, Kenntnis
case-anchor-name-measure-available-at = Maßnahme verfügbar
case-anchor-name-notification-submitted-at = Meldung eingereicht
case-period-hours = { $n } h
case-period-days = { $n } Tage
case-period-months = { $n ->
    [one] { $n } Monat
   *[other] { $n } Monate
}

# Streifen
strip-running = { $stage ->
    [early-warning] Frühwarnung
    [notification] 72-Stunden-Meldung
    [final-report] Abschlussbericht
   *[other] Bericht
} zu { $title }: noch { $left }, fällig { $due }
strip-overdue = { $stage ->
    [early-warning] Frühwarnung
    [notification] 72-Stunden-Meldung
    [final-report] Abschlussbericht
   *[other] Bericht
} zu { $title }: überfällig seit { DATIVE($left) }, war fällig { $due }
strip-waiting = Noch niemand hat { $title } bewertet. Erstes Signal vor { DATIVE($waited) }.

# Beobachtungen
watch-list-title = Beobachtungen
watch-list-open = Unentschieden
watch-list-decided = Entschieden ({ $n })
watch-list-waiting = { $n ->
    [one] { $n } Beobachtung wartet auf einen Menschen.
   *[other] { $n } Beobachtungen warten auf einen Menschen.
}
watch-list-none-waiting = Nichts wartet auf einen Menschen.
watch-list-assessing = { $n ->
    [one] { $n } wird gerade bewertet.
   *[other] { $n } werden gerade bewertet.
}
watch-list-watching = { $n ->
    [one] { $n } wird bis zu einem Datum beobachtet.
   *[other] { $n } werden bis zu einem Datum beobachtet.
}
watch-list-empty = Keine unentschiedene Beobachtung. Eine entsteht von selbst, wenn eine bekanntermaßen ausgenutzte Schwachstelle in einer Version steckt, die auf dem Markt ist oder war.
watch-list-empty-decided = Noch wurde nichts entschieden.
watch-list-blind = Die Datenquellen sind alt oder fehlen: eine leere Liste heißt nicht, dass nichts ausgenutzt wird.
watch-col-state = Stand
watch-col-what = Worum es geht
watch-col-first-signal = Erstes Signal
watch-col-assessor = Bewertet von
watch-nobody = Noch niemand
watch-until-at = bis { $at }
watch-generation = { $n }. Mal
watch-state-waiting = Wartet auf einen Menschen
watch-state-assessing = Wird bewertet
watch-state-watching = Bis zu einem Datum beobachtet
watch-state-decided = Entschieden
watch-contain = { $products ->
    [one] { $products } Produkt,
   *[other] { $products } Produkte,
} { $releases ->
    [one] { $releases } Version enthält sie.
   *[other] { $releases } Versionen enthalten sie.
}
watch-contain-unknown = Wir wissen nicht, welche unserer Versionen sie enthalten.
watch-incident = Ein möglicher schwerwiegender Sicherheitsvorfall.
watch-nobody-decided = Noch hat niemand entschieden.
watch-decided-as = Entschieden: { $outcome }.
watch-watched-until = Beobachtet bis { $at }; Sie können jederzeit entscheiden.
watch-assessed-by = { $name } bewertet seit { DATIVE($span) }.
watch-first-signal = Erstes Signal vor { DATIVE($span) }.
watch-to-case = Zum Fall
watch-case-doubted = Die letzte Entscheidung sagt etwas anderes als die, mit der dieser Fall eröffnet wurde. Der Fall bleibt bestehen und seine Fristen laufen; ist nichts zu melden, schließen Sie ihn dort mit Begründung.
watch-t0-stands = Ein Fall besteht bereits, sein T0 bleibt { $at }. Geändert wird es beim Fall, mit Begründung.
watch-case-reopens = Der Fall ist geschlossen; „Wir haben Kenntnis“ öffnet ihn wieder.
watch-own-missing = nicht in { $state }, dem eigenen Mitgliedstaat des Koordinators? Die Plattform setzt diesen von selbst
watch-start = Bewertung beginnen
watch-start-hint = Ihr Name und die Zeit werden festgehalten; der Alarm steigt nicht weiter.
watch-blind = Die Datenquellen sind alt oder fehlen: es kann mehr Versionen und mehr Signale geben, als diese Seite wissen kann.
watch-facts = Was wir wissen
watch-where-sold = In Verkehr gebracht in
watch-where-unknown = nicht erfasst; tragen Sie es beim Produkt ein
watch-names = Kennungen
watch-severity = Schwere
watch-epss = Wahrscheinlichkeit der Ausnutzung (EPSS)
watch-epss-value = { $score } in 30 Tagen, höher als bei { $percentile } aller Schwachstellen ({ $day })
watch-epss-none = kein Wert
watch-exploited-by = Als ausgenutzt geführt von
watch-exploited-by-none = keinem Verzeichnis, das wir lesen
watch-not-in-feeds = nicht in unseren Datenquellen
watch-signal-at = Erstes Signal
watch-assessment-at = Bewertung begonnen
watch-not-yet = noch nicht
watch-releases = Versionen, die sie enthalten
watch-releases-none = Von keiner unserer Versionen ist bekannt, dass sie sie enthält. Was keine SBOM oder keine Kennungen hat, können wir nicht wissen.
watch-releases-caption = Versionen, die auf dem Markt sind oder waren; ein Ende der Unterstützung ändert nichts (Leitlinien §210)
watch-col-release = Version
watch-col-market = Markt
watch-col-components = Komponente
watch-col-judgement = Bisheriges Urteil
watch-market-assumed = (angenommen)
watch-gone = in der aktuellen SBOM nicht mehr enthalten
watch-signals = Signale
watch-signals-caption = Wer es sagte, und wann wir es lasen
watch-col-received = Eingegangen
watch-col-source = Quelle
watch-col-says = Was es sagt
watch-col-ours = In unserem Produkt ausgenutzt?
watch-said-on = vom { $day }
watch-add-signal = Ein weiteres Signal eingeben
watch-decisions = Bisherige Entscheidungen
watch-decided-at = Entschieden
watch-outcome = Ergebnis
watch-answers = Antworten
watch-answer-contained = Enthalten?
watch-answer-reachable = Erreichbar?
watch-answer-exploited = In unserem Produkt ausgenutzt?
watch-decide = Entscheiden
watch-record = Entscheidung festhalten
watch-record-hint = Alle drei Ergebnisse bleiben auf Dauer stehen, mit Ihrem Namen und der Zeit.

# Neu entscheiden
anew-title = Neu entscheiden
anew-lede = Die geltende Entscheidung bleibt mit ihren Antworten stehen. Sagen Sie, warum neu entschieden wird; danach beantworten Sie die Fragen neu.
anew-case-stays = Der eröffnete Fall bleibt, mit seinem T0 und seinen Fristen. Neu zu entscheiden ändert nichts davon.
anew-do = Wieder aufnehmen
case-field-anew-reason = Warum neu entschieden wird

# Der Prüfmaßstab der Leitlinien
guidance-title = Wann haben wir Kenntnis?
guidance-aware = Sobald eine sofort vorgenommene erste Bewertung mit hinreichender Gewissheit ergibt, dass eine Schwachstelle in unserem Produkt aktiv ausgenutzt wird oder dass ein schwerwiegender Sicherheitsvorfall dessen Sicherheit beeinträchtigt hat. Nicht vorher, aber auf mehr wird nicht gewartet.
guidance-cite-aware = Leitlinien C(2026) 5252 §211–215
guidance-component = Eine Komponente Dritter: wir melden, wenn sie in unserem Produkt ausgenutzt wird. Lässt sich der verwundbare Code in unserem Produkt nicht ausnutzen oder wurde er darin nicht ausgenutzt, so haben wir nichts zu melden; den Betreuer zu unterrichten und sie zu behandeln bleibt.
guidance-cite-component = §218, Art. 13 Abs. 6
guidance-listing = Als ausgenutzt geführt zu werden ist ein starkes Signal, nicht der Maßstab selbst. Bewertet werden muss es aber sofort.
guidance-cite-listing = §213–214
guidance-research = Gutgläubige Forschung, Prämienprogramme und Laborbefunde ohne böswillige Ausnutzung sind keine aktive Ausnutzung.
guidance-cite-research = Erwägungsgrund 68, FAQ 5.2
guidance-before = Eine Ausnutzung, die wir vor dem 11. September 2026 kannten, ist nicht zu melden. Eine, von der wir später erfahren, schon, auch bei einer alten Schwachstelle.
guidance-cite-before = §217, Art. 71 Abs. 2
guidance-certainty = Amtliche Leitlinien in unseren Worten; sie binden nicht, die Verordnung schon.

# Felder
case-field-kind = Worum es geht
case-field-vulnerability = Kennung
case-hint-vulnerability = Eine CVE-, GHSA- oder EUVD-Nummer, falls es eine gibt.
case-field-title = In einer Zeile
case-hint-title = Was ausgenutzt wird oder was geschah. Keine Namen von Kunden.
case-field-text = Was gesehen wurde
case-hint-text = Wer was wo gesehen hat und wie sicher das ist.
case-field-source = Woher es kommt
case-field-in-our-product = Sagt es, dass unser eigenes Produkt ausgenutzt wird?
case-field-received-at = Zuerst gehört
case-hint-received-at = Leer heißt jetzt.
case-field-contained = 1. Enthalten unsere Produkte sie?
case-field-contained-text = Worauf das beruht: ein Verweis, ein Satz oder „noch nichts, weil …“
case-field-reachable = 2. Ist sie in unserem Produkt erreichbar?
case-field-reachable-text = Worauf das beruht: warum, warum nicht oder „noch nicht bekannt, weil …“
case-field-exploited = 3. Gibt es Belege, dass sie in unserem Produkt ausgenutzt wird?
case-field-exploited-text = Welche Belege es sind; ohne Beleg: „noch keiner, weil …“
case-field-evidence = Beleg
case-hint-evidence = Eine Datei, falls es eine gibt; sie wird unverändert mit ihrer Prüfsumme aufbewahrt. Der Text oben ist in jedem Fall nötig.
case-field-outcome = Was daraus folgt
case-field-aware-at = T0: Kenntnis seit
case-hint-aware-at = Bleibt es leer, gilt der Moment, in dem Sie dies festhalten. Jetzt ist es { $utc } ({ $local }). Nie in der Zukunft.
case-hint-correct-aware-at = Wann der Hersteller Kenntnis erlangte. Jetzt ist es { $utc } ({ $local }). Nie in der Zukunft.
case-field-aware-reason = Warum dieser Zeitpunkt, wenn es nicht einfach jetzt ist
case-aware-named = Ein Signal sagte, dass unser eigenes Produkt ausgenutzt wird; gelesen wurde es damals.
case-field-until = Beobachten bis
case-hint-until = Dann kommt es wieder und steigt auf, bis jemand es neu bewertet.
case-field-because = Warum es nicht zu melden ist
case-field-reason = Begründung
incident-suspected = 3. Besteht der Verdacht rechtswidriger oder böswilliger Handlungen?
case-field-suspected = Besteht der Verdacht rechtswidriger oder böswilliger Handlungen?
case-field-severity-test = Warum ist der Sicherheitsvorfall schwerwiegend?
case-hint-severity-test = „Kann“ genügt: eine vollendete Kompromittierung ist nicht nötig.
case-field-occurred-at = Wann er sich ereignete
case-hint-occurred-at = Lassen Sie es leer, solange es unbekannt ist.
incident-what = 1. Was ist geschehen?
case-field-what-happened = Was geschehen ist, soweit bekannt
incident-impact = 2. Wie wirkt er sich auf die Sicherheit unserer Produkte aus?
case-test-none = Keines von beiden, oder noch nicht bekannt
case-field-impact = Auswirkung auf die Sicherheit: welche Daten oder Funktionen, wie, wie weit
case-field-suspected-text = Worauf das beruht, oder „noch nichts, weil …“
incident-evidence = 4. Woher wissen wir das?
case-field-incident-evidence = Beleg: ein Verweis, ein Satz oder „noch keiner, weil …“
case-field-releases = Betroffene Versionen
case-hint-releases = Versionen, in denen der Abgleich die Schwachstelle findet, kommen von selbst hinzu.
case-hint-releases-incident = Wählen Sie die Versionen, deren Sicherheit der Sicherheitsvorfall beeinträchtigt oder beeinträchtigen kann.
case-field-member-states = Mitgliedstaaten außer denen der Produkte
case-hint-member-states = Wo die Produkte in Verkehr gebracht wurden, zählt von selbst.
case-own-member-state = (der des Koordinators)
case-field-without-own = { $state } fehlt mit Absicht: dort wurde das Produkt nicht bereitgestellt
case-field-measure-at = Verfügbar seit
case-hint-measure-at = Die erste Korrektur- oder Risikominderungsmaßnahme, die Nutzer anwenden konnten. Ein Umgehungsweg zählt, ein Versprechen nicht.
case-field-withdrawn = Es gibt doch keine Maßnahme: diesen Zeitpunkt zurücknehmen
case-field-basis = Die erste zutreffende dieser Tatsachen
case-hint-basis = Die Reihenfolge ist die des Gesetzes: eine spätere zählt nur, wenn es die früheren nicht gibt.
case-field-country = Mitgliedstaat
case-field-platform-reference = Kennzeichen der Plattform
case-hint-platform-reference = Wie die Plattform es zeigt, etwa SRP-DE-V-2026-00000018.
case-field-odd-reference = Das Kennzeichen sieht wirklich so aus
case-field-submitted-at = Eingereicht am
case-hint-submitted-at = Wann die Plattform ihn annahm, wie es die Bestätigung sagt; bleibt es leer, gilt der Augenblick des Festhaltens. Jetzt ist es { $utc } ({ $local }).
case-field-filing-kind = Was dieser Eintrag ist
case-field-also-covers = Sie enthielt auch den Inhalt von
case-hint-also-covers = Das Gesetz verlangt einen späteren Bericht, „sofern nicht bereits übermittelt“. Kreuzen Sie nur an, was wirklich darin stand.
case-field-filed-reason = Begründung (bei erneutem Eintrag oder einem Zeitpunkt vor T0)
case-field-receipt = Eingangsbestätigung
case-hint-receipt = Die Bestätigung der Plattform als Datei, falls Sie eine haben.

# Ein Signal eingeben
signal-new-title = Signal eingeben
signal-new-lede = Jemand sagt, dass in unseren Produkten etwas ausgenutzt wird. Es erreicht die Bereitschaft sofort; ob es zu melden ist, entscheidet sie.
signal-about = Ein weiteres Signal zu:
signal-hand-in = Eingeben

# Ein Fall von Hand
case-new-title = Neuer Fall
case-new-lede = Sie haben bereits Kenntnis: eine aktiv ausgenutzte Schwachstelle in unserem Produkt oder ein schwerwiegender Sicherheitsvorfall. Signal, Bewertung und T0 werden getrennt festgehalten.
case-new-incident-tension = Der Artikel erfasst auch Sicherheitsvorfälle, die solchen Schaden anrichten „können“; die Leitlinien (§211, 213) sprechen von solchen, die es getan haben. Melden Sie im Zweifel. Einen bloßen Beinahe-Vorfall zu melden ist freiwillig.
case-new-switch = Wechseln zu: { $kind }
case-releases-none = Noch ist keine Version auf dem Markt.
case-releases-choose = Unter { $n } Versionen wählen
case-member-states-choose = Mitgliedstaaten wählen
case-open = Fall eröffnen
case-lede-running = { $stage } in { DATIVE($span) }: fällig { $at } ({ $local }).
case-lede-overdue = { $stage } ist seit { DATIVE($span) } überfällig: fällig war { $at } ({ $local }).
case-lede-idle = Gerade läuft keine Frist; der Abschlussbericht wartet auf seinen Auslöser.
case-lede-done = Alles, was dieser Fall verlangt, ist als gemeldet festgehalten.
case-lede-closed = Dieser Fall ist geschlossen.
case-closed-because = Geschlossen: { $reason }
case-overdue-help = Melden Sie jetzt, auch verspätet, und sagen Sie warum. Wurde schon gemeldet, halten Sie es fest. Die Pflicht endet nicht mit der Frist.
case-next-sheet = Vorbereiten: { $stage }
case-seen = Gesehen: der Alarm soll nicht weiter steigen
case-chip-filed = Als gemeldet festgehalten
case-chip-filed-late = nach Ablauf der Frist
case-chip-overdue = überfällig seit { DATIVE($span) }
case-chip-left = übrig
case-chip-due = Fällig
case-chip-literal = Wörtlich ab der Maßnahme gerechnet: { $at }
case-chip-latest = rechtlich spätestens { $at } ({ $certainty })
case-chip-latest-in = rechtlich spätestens { $at }, gezählt in { $zone } ({ $certainty })
case-chip-sheet = Meldebogen
case-anchor-aware = ab Kenntnis, { $at }
case-anchor-measure = ab Verfügbarkeit der Maßnahme, { $at }
case-anchor-measure-before = ab Kenntnis, { $at }, weil die Maßnahme schon da war
case-anchor-notification = ab Einreichung der Meldung, { $at }
case-waits-for-measure = Läuft noch nicht: die 14 Tage beginnen, wenn eine Korrektur- oder Risikominderungsmaßnahme verfügbar ist. Halten Sie es dann fest.
case-waits-for-notification = Läuft noch nicht: der Monat beginnt mit der Einreichung der 72-Stunden-Meldung.
case-dropped = Nicht weiterverfolgt: der Fall wurde ohne ihn geschlossen.
case-users = Nutzer unterrichten
case-users-since = { $span } seit Kenntnis
case-users-hint = Ohne unangemessene Verzögerung; eine Stundenzahl nennt das Gesetz nicht.
case-clock = Die Uhr
case-clock-legend = Schraffiert: Nächte (22–6 Uhr, Ihre Zeitzone), Wochenenden und die angegebenen Feiertage. Sie halten keine Stundenfrist an.
case-as-table = Als Tabelle
case-platform-why = ENISAs Plattform zählt ihre 72 Stunden als 48 Stunden nach Einreichung der Frühwarnung; ihr Zähler kann deshalb früher enden als die Frist des Gesetzes. Das Gesetz zählt ab Kenntnis. Für den Abschlussbericht zu einer Schwachstelle zeigt die Plattform gar keinen Zähler.
case-bar-title = Uhr von { $title }
case-bar-signal = Erstes Signal
case-bar-assessment = Bewertung
case-bar-aware = T0 Kenntnis
case-bar-measure = Maßnahme verfügbar
case-bar-filed = { $stage } gemeldet
case-bar-due = { $stage } · { $at }
case-bar-platform = ENISAs Zähler · { $at }
case-bar-now = jetzt · { $at }
case-bar-idle = { $stage }: läuft nicht
case-col-what = Was
case-col-local = Ihre Zeitzone
case-instants = Drei Zeitpunkte
case-aware-at = T0, Kenntnis
case-delay = Vom Signal bis zur Kenntnis
case-delay-before = { $span } vor dem ersten Signal
case-delay-why = Eine sofortige Bewertung erklärt es; eine lange Dauer braucht eine Begründung.
case-decision = Entscheidung
case-to-watch = Signale und Entscheidung
case-measure-at = Maßnahme verfügbar
case-measure-none = nicht festgehalten
case-measure-record = Festhalten
case-whom = An wen
case-coordinator = Koordinator
case-coordinator-unknown = nicht bekannt: das Land der Organisation nennt keinen in der Union
case-coordinator-basis = Nach: { $basis }
case-zone = Tage und Monate zählen in
case-zone-assumed = angenommen, bis der Koordinator bekannt ist
case-member-states = Bereitgestellt in
case-platform = Eine Meldung, über ENISAs Plattform:
case-filed = Gemeldet
case-filed-none = Noch ist nichts als gemeldet festgehalten.
case-filed-caption = Festgehalten, eingefroren, mit Prüfsumme
case-col-stage = Bericht
case-col-by = Festgehalten von
case-col-digest = Prüfsumme
case-releases = Betroffene Versionen
case-releases-missing = { $n ->
    [one] { $n } weitere Version enthält sie und steht nicht in diesem Fall.
   *[other] { $n } weitere Versionen enthalten sie und stehen nicht in diesem Fall.
}
case-releases-look = Ansehen
case-releases-empty = In diesem Fall ist keine Version genannt.
case-releases-caption = Die Versionen, um die es in diesem Fall geht
case-releases-change = Versionen ändern
case-releases-add = In den Fall aufnehmen
case-releases-remove = Aus dem Fall nehmen (mit Begründung)
case-history = Was geschah
case-old-values = Alte Werte
case-anchors-caption = Jeder Wert mit seiner Begründung, der älteste zuerst
case-superseded-caption = Früher abgeleitete Fristen
case-col-anchor = Anknüpfung
case-col-value = Wert
case-col-derived = Abgeleitet
case-withdrawn = zurückgenommen
case-calendar = Kalender (ICS)
case-calendar-hint = Kalender aktualisieren spät: zum Planen, nicht als Alarm.
case-act-awareness-title = T0 ändern
case-act-awareness-lede = Die Fristen von 24 und 72 Stunden werden neu gezählt. Der alte Wert bleibt neben Ihrem und der Begründung stehen.
case-act-awareness-do = T0 ändern
case-act-measure-title = Maßnahme verfügbar
case-act-measure-lede = Ab diesem Zeitpunkt laufen die 14 Tage des Abschlussberichts. Eine Korrektur behält den alten Wert.
case-act-measure-do = Festhalten
case-act-measure-incident = Bei einem schwerwiegenden Sicherheitsvorfall setzt das keine Frist in Gang; es dient den Meldebögen.
case-act-coordinator-title = Koordinator
case-act-coordinator-lede = Der Hersteller wählt selbst; eine falsche Wahl kann eine Meldung ungültig machen. Tage und Monate zählen in dessen Zeitzone.
case-act-coordinator-do = Koordinator festhalten
case-act-releases-title = Versionen dieses Falls
case-act-releases-lede = Was hier steht, kommt in die Meldebögen.
case-act-releases-do = Speichern
case-act-close-title = Fall schließen
case-act-close-lede = Seine Geschichte bleibt. Er lässt sich wieder öffnen.
case-act-close-do = Schließen
case-close-without-final = Kein Abschlussbericht ist festgehalten. Sagen Sie, warum es keinen gibt; noch laufende Fristen werden sichtbar fallen gelassen.
case-act-reopen-title = Fall wieder öffnen
case-act-reopen-lede = Was fallen gelassen wurde, läuft ab denselben Zeitpunkten wieder.
case-act-reopen-do = Wieder öffnen

# Zeitleiste
case-event-watch-item-opened = Eröffnet durch { $source }
case-event-watch-item-reopened = Wartet wieder: { $source } brachte Neues
case-event-watch-item-joined = Diese Schwachstelle und „{ $title }“ sind dieselbe, wie sich zeigt; was zur anderen einging, steht hier
case-event-watch-item-grew = Neues von { $source }; { $signals ->
    [one] { $signals } Signal
   *[other] { $signals } Signale
}, { $releases ->
    [one] { $releases } weitere Version
   *[other] { $releases } weitere Versionen
}
case-event-watch-item-returned = Wieder da: der Zeitpunkt, bis zu dem beobachtet wurde, ist gekommen
case-event-assessment-started = Bewertung begonnen, { $after } nach dem ersten Signal
case-event-decision-recorded = Entscheidung: { $outcome } ({ $at }). { $reason }
case-event-decision-reopened = Wieder aufgenommen, um neu zu entscheiden. { $reason }
case-event-case-opened = Fall eröffnet: { $title }
case-event-case-findings-judged = { $n ->
    [one] { $n } Fund
   *[other] { $n } Funde
} beurteilt: { $status ->
    [affected] betroffen
   *[other] wird untersucht
}
case-event-awareness-changed = T0 von { $old } auf { $at } geändert. { $reason }
case-event-measure-recorded = Maßnahme verfügbar { $at } (vorher: { $old }). { $reason }
case-event-measure-withdrawn = Maßnahme zurückgenommen (war { $old }). { $reason }
case-event-coordinator-recorded = Koordinator: { $state }, nach { $basis } (vorher: { $old }). { $reason }
case-event-case-release-added = { $name } aufgenommen
case-event-case-release-removed = { $name } herausgenommen. { $reason }
case-event-case-closed = Fall geschlossen. { $reason }
case-event-case-reopened = Fall wieder geöffnet. { $reason }
case-event-sheet-saved = Entwurf gespeichert: { $stage }
case-event-report-recorded = Als gemeldet festgehalten: { $stage }, { $reference }, { $at }
case-event-deadline-announced = Alarm: { $stage }, { $mark } (fällig { $due })

# Berichtigungen nach einer Meldung
case-stale-aware = Der Bericht, der diesen Zeitpunkt zuletzt nannte ({ $stage }, { $reference }), gibt T0 mit { $filed } an. In diesem Fall steht jetzt { $now }.
case-stale-measure = Der Bericht, der diesen Zeitpunkt zuletzt nannte ({ $stage }, { $reference }), sagt, die Maßnahme sei seit { $filed } verfügbar. In diesem Fall steht jetzt { $now }.
case-stale-measure-none = Der Bericht, der diesen Zeitpunkt zuletzt nannte ({ $stage }, { $reference }), sagt, eine Maßnahme sei seit { $filed } verfügbar. In diesem Fall steht kein solcher Zeitpunkt, also laufen die 14 Tage nicht.
case-stale-do-update = Auf der Plattform ändert sich von selbst nichts: Übernehmen Sie den Wert in den Meldebogen, nutzen Sie auf der Plattform „Update“ und halten Sie es hier als Aktualisierung fest. Sagen Sie es dem CSIRT ({ $csirt }), wenn es sich auf den alten Wert verlassen haben kann. Stimmt der Bericht, so berichtigen Sie stattdessen diesen Fall.
case-stale-do-closed = Nach dem Abschlussbericht nimmt die Plattform keine Änderung mehr an: Sagen Sie es dem CSIRT ({ $csirt }) und halten Sie hier als Aktualisierung fest, was Sie ihm gesagt haben. Stimmt der Bericht, so berichtigen Sie stattdessen diesen Fall.
case-stale-unknown-aware = Was die Meldung ({ $stage }, { $reference }) als T0 angab, ist hier nicht bekannt, und T0 wurde berichtigt, nachdem sie als eingereicht festgehalten war. In diesem Fall steht jetzt { $now }.
case-stale-unknown-measure = Was die Meldung ({ $stage }, { $reference }) zur Maßnahme angab, ist hier nicht bekannt, und das wurde berichtigt, nachdem sie als eingereicht festgehalten war. In diesem Fall steht jetzt { $now }.
case-stale-unknown-do = Vergleichen Sie mit ihrem eingefrorenen Stand (was eingereicht wurde). Trägt sie den alten Wert, nutzen Sie „Update“ auf der Plattform und halten Sie es hier als Aktualisierung fest.
case-stale-sheet = Zum Meldebogen
case-stale-filed = Was gemeldet wurde
case-record-corrected = Der Eintrag zu diesem Bericht wurde berichtigt: { $stage } wurde { $is } eingereicht, nicht { $was }, wie zuerst festgehalten. Fristen, die davon laufen, wurden neu gerechnet; der erste Eintrag steht unten.
case-event-legal-latest-moved = { $stage }: rechtlich spätester Zeitpunkt von { $old } auf { $at } verschoben, denn die Feiertage von { $state } wurden geändert
case-event-users-informed = Nutzer unterrichtet: { $told }, { $how }, durch { $informant }, { $at }; Versionen: { $releases }

# Feiertage
holidays-title = Feiertage
holidays-lede = Die gesetzlichen Feiertage der Mitgliedstaaten Ihrer Koordinatoren, je eine Liste.
holidays-why = Sie verschieben den rechtlich spätesten Zeitpunkt der 14 Tage und des Monats, wenn der letzte Tag kein Arbeitstag ist. Nie verschieben sie den Zeitpunkt, den ein Fall als fällig zeigt und an dem er läutet, und nie eine Frist in Stunden.
holidays-cite = Verordnung 1182/71, Art. 2 Abs. 1, 3 Abs. 4
holidays-none = Noch sind keine angegeben: rechtlich späteste Zeitpunkte verschieben sich nur an Wochenenden.
holidays-caption = Angegebene Listen
holidays-col-days = Tage
holidays-col-years = Jahre
holidays-set = Liste eines Mitgliedstaats
holidays-set-of = Die Liste für { $state }
holidays-open = Liste öffnen
holidays-stands = Die Liste, wie sie jetzt gilt
holidays-stands-none = Keine Liste
holidays-remove = Die Liste für { $state } entfernen; was im Feld oder in der Datei steht, zählt dann nicht
holidays-hint-state = Der Mitgliedstaat des Koordinators. Jeder hat eine Liste und eine eigene Seite.
holidays-hint-days = Ein Datum je Zeile, wie 2026-12-25; Zeilen, die mit # beginnen, werden übergangen. Dieselbe Datei dient „bonafide law deadlines --holidays“.
holidays-file = Oder aus einer Datei
holidays-hint-file = Eine gewählte Datei gilt anstelle des Feldes darüber.
holidays-save = Diese Liste einsetzen
holidays-settings-hint = Was die rechtlich spätesten Zeitpunkte von Tagen und Monaten verschiebt
case-field-member-state = Mitgliedstaat
case-field-days = Feiertage
case-holidays-none = Für die rechtlich spätesten Zeitpunkte wurden keine Feiertage gezählt: Für { $state } sind keine angegeben.
case-holidays-nowhere = Für die rechtlich spätesten Zeitpunkte wurden keine Feiertage gezählt: Niemand hat bisher gesagt, wer der Koordinator ist.
case-holidays-years = Für die rechtlich spätesten Zeitpunkte wurden in { $years } keine Feiertage gezählt: Die Liste für { $state } sagt davon nichts.
case-holidays-counted = Für die rechtlich spätesten Zeitpunkte wurden die für { $state } angegebenen Feiertage gezählt.
case-holidays-link = Feiertage
refusal-holidays-empty = Die Liste hat keinen Tag. Geben Sie mindestens einen an, oder kreuzen Sie an, dass die Liste entfernt werden soll.
refusal-holidays-changed-meanwhile = Inzwischen hat jemand anderes diese Liste geändert. Von Ihnen wurde nichts gespeichert; was Sie eingegeben haben, steht unten. Vergleichen Sie es mit der Liste, wie sie jetzt gilt, und speichern Sie dann noch einmal.
refusal-holidays-no-day = Zeile { $line } ist kein Datum: „{ $text }“. Schreiben Sie ein Datum je Zeile, wie 2026-12-25.
refusal-holidays-too-many = Eine Liste hat höchstens { $max } Tage.

# Unterrichtete Nutzer
case-users-nobody = Niemand hat festgehalten, dass Nutzer unterrichtet wurden.
case-users-open = Noch offen: { $names }.
case-users-all-told = Die Nutzer jeder Version des Falls wurden unterrichtet, wie festgehalten.
case-users-record = Festhalten, wer unterrichtet wurde
case-told-impacted = die betroffenen Nutzer
case-told-all = alle Nutzer
case-told-by-mail = per E-Mail
case-told-by-advisory = durch einen Sicherheitshinweis
case-told-by-in-product = im Produkt
case-told-by-portal = im Kundenportal
case-told-by-phone = telefonisch
case-told-by-other = auf andere Weise
case-field-told = Wer unterrichtet wurde
case-field-told-by = Wie
case-field-informed-at = Unterrichtet am
case-hint-informed-at = Wann sie es lesen oder hören konnten. Jetzt ist es { $utc } ({ $local }).
case-field-informant = Unterrichtet durch
case-field-releases-told = Versionen, die es betraf
case-field-text-told = Was ihnen gesagt wurde
case-hint-text-told = Der Wortlaut oder der Inhalt: die Schwachstelle oder der Vorfall, und was Nutzer tun können.
case-field-reference-told = Wo es nachzulesen ist
case-hint-reference-told = Die Adresse des Sicherheitshinweises, ein Vorgang, eine Datei. Darf leer bleiben.
users-informed-title = Unterrichtete Nutzer
users-informed-law = Nach der Kenntnisnahme unterrichten Sie die betroffenen Nutzer und gegebenenfalls alle Nutzer über die Schwachstelle oder den Vorfall und, soweit nötig, darüber, was sie dagegen tun können. Das Gesetz nennt keine Stundenzahl: unverzüglich, nach dem Risiko. Es genügt, die betroffenen Kunden zu unterrichten; eine Veröffentlichung verlangt dieser Absatz nicht.
users-informed-open = Hier noch nicht möglich: das Versenden an Nutzer, Listen der Nutzer und das Unterrichten in maschinenlesbarer Form („gegebenenfalls“). Werden Nutzer nicht rechtzeitig unterrichtet, darf das CSIRT es tun.
users-informed-advisory = Wollen Sie es allen sagen, so entwerfen Sie einen Sicherheitshinweis zu:
users-informed-record = Festhalten
users-informed-nothing-sent = Von hier wird nichts gesendet. Sie halten fest, was Sie getan haben; der Eintrag lässt sich später nicht ändern, nur ergänzen.
users-informed-before = Bisher festgehalten
users-informed-recorded = Festgehalten von { $by }, { $at }
refusal-informed-in-future = Sie können nicht in der Zukunft unterrichtet worden sein.
refusal-informed-by-nobody = Sagen Sie, wer sie unterrichtet hat.
refusal-informed-without-text = Sagen Sie, was ihnen gesagt wurde.
refusal-informed-of-no-release = Wählen Sie die Versionen, die es betraf.

# Meldebögen
sheet-title = Vorbereiten: { $stage }
sheet-stages = Berichte
sheet-due = Noch { $span }, fällig { $at }.
sheet-overdue = Überfällig seit { DATIVE($span) }.
sheet-filed = Als gemeldet festgehalten { $at }.
sheet-not-running = Die Frist läuft noch nicht; Sie dürfen vorbereiten.
sheet-lacks = Für das Gesetz fehlen: { $law }. Für das Formular fehlen: { $form }.
sheet-how = Kopieren Sie Feld für Feld in die Plattform, in deren Reihenfolge; sie nimmt nur Englisch. Halten Sie dann hier fest, was Sie gemeldet haben. Von hier wird nichts gesendet.
sheet-platform = Plattform öffnen
sheet-version = Formular { $version } vom { $day }
sheet-platform-counter = Der Zähler der Plattform für diesen Bericht endet { $at }: er zählt 48 Stunden ab der eingereichten Frühwarnung. Das Gesetz zählt 72 Stunden ab Kenntnis; der Zeitpunkt oben ist der des Gesetzes.
sheet-unless-provided = Das Gesetz verlangt diesen Bericht, „sofern nicht bereits übermittelt“: was Sie schon angegeben haben, muss nicht noch einmal angegeben werden. Die Plattform will ihre Stufen dennoch der Reihe nach.
sheet-law-check = Was das Gesetz verlangt
sheet-law-complete = Alles, was der Artikel nennt, steht hier.
sheet-form-check = Was das Formular verlangt
sheet-form-complete = Das Formular würde es nehmen.
sheet-missing = Fehlt
sheet-condition-always = Immer
sheet-condition-where-applicable = Gegebenenfalls: leer kann richtig sein
sheet-condition-where-available = Soweit bekannt: leer kann richtig sein
sheet-group-now = Jetzt nötig ({ $n })
sheet-group-carried = Aus dem Bericht davor übernommen ({ $n })
sheet-group-more = Weiteres, jetzt freiwillig ({ $n })
sheet-duty-required = Pflicht
sheet-duty-required-if-available = Pflicht, wenn bekannt
sheet-duty-optional = freiwillig
sheet-duty-carried-forward = die Plattform übernimmt es
sheet-duty-not-available = nicht in dieser Stufe
sheet-asked-by-law = der Artikel verlangt es
sheet-from = aus: { $origin }
sheet-origin-case = diesem Fall
sheet-origin-organisation = der Organisation
sheet-origin-placings = dem Inverkehrbringen der Produkte
sheet-origin-decision = der Entscheidung
sheet-origin-product = dem Produkt
sheet-origin-releases = den betroffenen Versionen
sheet-origin-support = dem Unterstützungszeitraum
sheet-origin-sbom = der SBOM
sheet-origin-advisory = der Sicherheitsmeldung
sheet-origin-measure = der festgehaltenen Maßnahme
sheet-origin-carried-over = dem Bericht davor
sheet-carried-over = { $stage }
sheet-offer = Wir wissen inzwischen: { $value } (aus: { $origin })
sheet-before = Im Bericht davor: { $value }
sheet-meanwhile = Inzwischen hat jemand anders gespeichert: { $value }
sheet-not-answered = Nicht beantwortet
sheet-option-vulnerability = Schwachstelle (Vulnerability)
sheet-option-incident = Sicherheitsvorfall (Incident)
sheet-option-default = Standard (Default)
sheet-option-important = Wichtig (Important)
sheet-option-critical = Kritisch (Critical)
sheet-option-class-1 = Klasse I
sheet-option-class-2 = Klasse II
sheet-option-yes = Ja (Yes)
sheet-option-no = Nein (No)
sheet-option-unknown = Unbekannt (Unknown)
sheet-option-a = a: in keinem anderen Mitgliedstaat ausgenutzt
sheet-option-b = b: gegen wesentliche Interessen dieses Mitgliedstaats
sheet-option-c = c: unmittelbares hohes Risiko bei Weitergabe
sheet-in-utc = In UTC:
case-next-measure = Festhalten, seit wann eine Maßnahme verfügbar ist
sheet-platform-shows = Die Plattform zeigt:
sheet-note-notification-type = Davon hängt ab, welche Felder die Plattform zeigt.
sheet-note-manufacturer-name = Die Plattform übernimmt ihn aus der Registrierung.
sheet-note-own-state = { $own }, den Mitgliedstaat Ihres Koordinators, setzt die Plattform selbst; wählen Sie dort die übrigen.
sheet-note-other-states = { $own }, den Mitgliedstaat Ihres Koordinators, setzt die Plattform selbst; wählen Sie dort: { $others }.
sheet-note-member-states-available = Den Mitgliedstaat Ihres Koordinators setzt die Plattform selbst; wählen Sie die übrigen.
sheet-note-end-of-support-reached = Ja: Der Unterstützungszeitraum ist abgelaufen. Die Meldepflicht besteht fort.
sheet-note-mitigating-measure-expected-shortly = Binnen 72 Stunden: Das CSIRT darf die Meldung dann vor anderen zurückhalten (Art. 3 Buchst. a der Delegierten Verordnung (EU) 2026/881).
sheet-note-considered-sensitivity = Sagen Sie, warum die Angaben sensibel sind. Eine Auswahl für TLP hat das Formular nicht.
sheet-note-cve-id = Leer lassen, solange keine Kennung vergeben ist.
sheet-note-euvd-id = Leer lassen, solange keine Kennung vergeben ist.
sheet-note-vulnerability-general-information = Allgemein: die Art der Schwachstelle und die der Ausnutzung.
sheet-note-measure-available-at = Von da an laufen die 14 Tage des Abschlussberichts; eine Umgehungslösung zählt.
sheet-note-awareness-at = T0. ENISAs Hilfetext spricht noch von der ersten Entdeckung: Geben Sie den Zeitpunkt der Kenntnisnahme an.
sheet-note-exploitation-occurred-at = Bei ENISA widersprechen sich Bezeichnung und Hilfetext: einmal die Ausnutzung, einmal das Bestehen der Schwachstelle.
sheet-note-pec-invoked = Nur mit der 72-Stunden-Meldung einer Schwachstelle (Art. 16 Abs. 2 Unterabs. 3).
sheet-note-pec-delay-reason = Ein Grund genügt.
sheet-note-suspected-unlawful-or-malicious = Von Art. 14 Abs. 4 Buchst. a genannt.
sheet-note-initial-assessment = Von Art. 14 Abs. 4 Buchst. b genannt.
sheet-note-ar-note = Außerhalb der Formularfelder; ein Nutzer der Plattform schreibt sie.
sheet-copy = Kopieren
sheet-save = Entwurf speichern
sheet-save-and-file = Speichern, dann als gemeldet festhalten
sheet-saved = Gespeichert von { $by }, { $at }
sheet-not-saved = Noch nicht gespeichert; was hier steht, ist vorausgefüllt.
sheet-lack-missing = in dieser Stufe Pflicht
sheet-lack-carried-value-missing = eine frühere Stufe verlangte es, und zum Übernehmen ist nichts da
sheet-lack-missing-unless-unavailable = Pflicht, wenn es bekannt ist
sheet-lack-too-long = { $has } Zeichen, das Formular nimmt { $max }
sheet-lack-not-an-option = keine der Möglichkeiten
sheet-lack-not-yes-or-no = antworten Sie mit ja oder nein
sheet-lack-not-an-instant = kein Zeitpunkt; schreiben Sie 2026-11-23T09:00Z
sheet-lack-not-a-member-state = kein Mitgliedstaat
sheet-lack-not-a-category = kein Eintrag von Anhang III oder IV
sheet-lack-not-at-this-stage = dieses Feld hat das Formular noch nicht
sheet-lack-out-of-place = eine andere Antwort lässt dafür keinen Platz
sheet-lack-unknown-field = ein solches Feld hat das Formular nicht

# Was der Artikel verlangt, in unseren Worten
sheet-law-aev-early-warning-member-states = Die Mitgliedstaaten, in denen das Produkt nach Ihrer Kenntnis bereitgestellt wurde.
sheet-law-si-early-warning-suspicion = Ob rechtswidrige oder böswillige Handlungen vermutet werden; unbekannt ist eine Antwort.
sheet-law-si-early-warning-member-states = Die Mitgliedstaaten, in denen das Produkt nach Ihrer Kenntnis bereitgestellt wurde.
sheet-law-aev-notification-product = Allgemeine Angaben zum Produkt, soweit vorhanden.
sheet-law-aev-notification-nature = Die allgemeine Art der Ausnutzung und der Schwachstelle.
sheet-law-aev-notification-measures-taken = Ergriffene Korrektur- oder Risikominderungsmaßnahmen; sagen Sie es, wenn es noch keine gibt.
sheet-law-aev-notification-measures-for-users = Maßnahmen, die Nutzer ergreifen können; sagen Sie es, wenn es noch keine gibt.
sheet-law-aev-notification-sensitivity = Für wie sensibel Sie die Angaben halten.
sheet-law-aev-final-report-description = Eine Beschreibung der Schwachstelle.
sheet-law-aev-final-report-severity = Ihre Schwere.
sheet-law-aev-final-report-impact = Ihre Auswirkungen.
sheet-law-aev-final-report-malicious-actor = Angaben zu einem böswilligen Akteur.
sheet-law-aev-final-report-measure-details = Einzelheiten der Sicherheitsaktualisierung oder anderen Korrekturmaßnahme.
sheet-law-si-notification-nature = Allgemeine Angaben zur Art des Sicherheitsvorfalls.
sheet-law-si-notification-initial-assessment = Eine erste Bewertung des Sicherheitsvorfalls.
sheet-law-si-notification-measures-taken = Ergriffene Maßnahmen; sagen Sie es, wenn es noch keine gibt.
sheet-law-si-notification-measures-for-users = Maßnahmen, die Nutzer ergreifen können; sagen Sie es, wenn es noch keine gibt.
sheet-law-si-notification-sensitivity = Für wie sensibel Sie die Angaben halten.
sheet-law-si-final-report-description = Eine ausführliche Beschreibung des Sicherheitsvorfalls.
sheet-law-si-final-report-severity = Seine Schwere.
sheet-law-si-final-report-impact = Seine Auswirkungen.
sheet-law-si-final-report-threat-or-cause = Die wahrscheinliche Art der Bedrohung oder Ursache.
sheet-law-si-final-report-mitigation = Getroffene und laufende Abhilfemaßnahmen.

# Als gemeldet festhalten
filed-title = Als gemeldet festhalten: { $stage }
filed-crumb = Als gemeldet festhalten
filed-lede = Der Meldebogen wird eingefroren, wie er steht, { $n ->
    [one] { $n } Feld,
   *[other] { $n } Felder,
} mit seiner Prüfsumme. Später können Sie den Eintrag nicht ändern, nur ergänzen.
filed-law-lacks = { $n ->
    [one] { $n } vom Artikel verlangte Angabe fehlt
   *[other] { $n } vom Artikel verlangte Angaben fehlen
} auf dem Meldebogen.
filed-form-lacks = { $n ->
    [one] { $n } Pflichtfeld des Formulars fehlt oder ist
   *[other] { $n } Pflichtfelder des Formulars fehlen oder sind
} falsch. Haben Sie etwas anderes gemeldet, als hier steht, berichtigen Sie zuerst den Meldebogen.
filed-order = Die Plattform nimmt Berichte der Reihe nach, und kein Eintrag sagt, dass gemeldet wurde: { $stage }.
filed-back = Zurück zum Meldebogen
filed-starts-month = Ab dieser Einreichung läuft der Monat des Abschlussberichts. Erneutes Melden nach einer Ungültigerklärung verschiebt ihn nicht.
filed-record = Als gemeldet festhalten
filed-nothing-sent = Von hier wird nichts gesendet. Sie halten fest, was Sie auf der Plattform getan haben.
submission-title = Gemeldet: { $stage }
submission-lede = Eingereicht { $at }, festgehalten von { $by }.
submission-recorded = Festgehalten
submission-kind = Eintrag
submission-covers = Enthielt den Inhalt von
submission-digest = Prüfsumme des eingefrorenen JSON
submission-form-version = Fassung des Formulars
submission-json = JSON herunterladen
submission-text = Text herunterladen
submission-verify = Das JSON hat genau diese Prüfsumme (sha256sum).
submission-fields = Was gemeldet wurde
submission-fields-caption = Die Felder, wie sie standen
submission-nr = Nr.
submission-field = Feld

# Ablehnungen
refusal-choose-one = Wählen Sie eine der Antworten zu „{ $field }“.
refusal-not-a-member-state = „{ $code }“ ist kein Mitgliedstaat.
refusal-signal-without-subject = Sagen Sie in einer Zeile, worum es geht, oder nennen Sie eine Kennung.
refusal-signal-bad-cve = Eine CVE-Kennung hat ein Jahr mit vier Ziffern und eine Nummer mit vier oder mehr, etwa CVE-2026-12345.
refusal-signal-bad-name = Eine Kennung hat keine Leerzeichen, etwa CVE-2026-12345.
refusal-signal-in-future = Davon kann man nicht in der Zukunft gehört haben.
refusal-decision-made-already = Inzwischen hat jemand entschieden. Von Ihnen wurde nichts festgehalten; sehen Sie sich zuerst die Entscheidung an.
refusal-watch-joined-meanwhile = Inzwischen hat sich gezeigt, dass dies dieselbe Schwachstelle ist wie die einer anderen Beobachtung, die Sie jetzt sehen. Festgehalten wurde nichts; was Sie eingegeben haben, steht unten. Sehen Sie sich an, was hier bekannt und entschieden ist, und halten Sie es fest, wenn es noch gilt.
refusal-decision-needs-reason = Begründen Sie in einem Satz. Er wird noch in Jahren gelesen.
refusal-decision-needs-evidence = { $question ->
    [contained] 1. Enthalten
    [reachable] 2. Erreichbar
    [exploited] 3. Ausgenutzt
    [suspected] 3. Verdacht
   *[other] 4. Beleg
}: sagen Sie, worauf diese Antwort beruht: ein Verweis, ein Satz oder „noch keiner, weil …“.
refusal-decision-aware-without-evidence = Sie sagen, dass wir Kenntnis haben und dass es noch keinen Beleg gibt. Sagen Sie, worauf die hinreichende Gewissheit beruht, oder „noch keiner, weil …“ (Leitlinien §211).
refusal-incident-needs-what = Sagen Sie, was geschehen ist, soweit es bekannt ist.
refusal-incident-needs-impact = Sagen Sie, wie er sich auf die Sicherheit der Produkte auswirkt oder auswirken kann.
refusal-incident-in-future = Er kann nicht in der Zukunft geschehen sein.
refusal-incident-aware-not-severe = Sie sagen, dass wir Kenntnis von einem schwerwiegenden Sicherheitsvorfall haben. Sagen Sie, nach welchem der beiden Maßstäbe des Art. 14 Abs. 5 er schwerwiegend ist.
refusal-anew-needs-reason = Sagen Sie, warum neu entschieden wird. Es wird noch in Jahren gelesen.
refusal-aware-stands-already = Ein Fall besteht bereits und behält sein T0. Ändern Sie T0 beim Fall, mit Begründung.
refusal-own-member-state-unticked = Der eigene Mitgliedstaat des Koordinators ist nicht angekreuzt. Die Plattform setzt ihn von selbst; kreuzen Sie ihn an oder sagen Sie, dass er mit Absicht fehlt.
refusal-decision-needs-incident = Beantworten Sie, was nur ein schwerwiegender Sicherheitsvorfall hat: den Verdacht und warum er schwerwiegend ist.
refusal-decision-aware-not-contained = Sie sagen, kein Produkt enthalte sie, und wir hätten Kenntnis. Eines von beiden stimmt nicht.
refusal-decision-contradicts-answers = Dieser Grund widerspricht Ihren Antworten oben. Berichtigen Sie eines davon.
refusal-watch-until-past = Wählen Sie einen Zeitpunkt in der Zukunft.
refusal-watch-until-far = Wählen Sie einen Zeitpunkt innerhalb von drei Monaten; länger beobachtet niemand.
refusal-aware-in-future = T0 kann nicht in der Zukunft liegen.
refusal-aware-before-signal = T0 liegt vor dem ersten Signal. Sagen Sie warum.
refusal-aware-needs-reason = T0 ist nicht einfach jetzt. Sagen Sie, warum es dieser Zeitpunkt ist.
refusal-aware-out-of-calendar = Dieser Zeitpunkt ist zu weit weg, um davon zu zählen.
refusal-anchor-unchanged = Dieser Wert steht schon da.
refusal-measure-in-future = Eine Maßnahme ist verfügbar oder nicht: der Zeitpunkt kann nicht in der Zukunft liegen.
refusal-coordinator-unknown = Wählen Sie den Mitgliedstaat.
refusal-reason-required = Begründen Sie in einem Satz.
refusal-case-closed = Dieser Fall ist geschlossen. Öffnen Sie ihn zuerst wieder.
refusal-case-open = Dieser Fall ist schon offen.
refusal-case-stands-already = Dazu gibt es schon einen Fall: { $case }. Eine Meldung deckt eine Sache ab; arbeiten Sie dort weiter.
refusal-case-needs-awareness = Ein Fall entsteht nur, wenn Sie Kenntnis haben.
refusal-close-without-final = Kein Abschlussbericht ist festgehalten. Sagen Sie, warum es keinen gibt.
refusal-act-overtaken = Inzwischen hat jemand anders einen anderen Wert festgehalten; er steht unten bei den bisherigen. Was Sie eingegeben haben, steht noch da: Senden Sie es noch einmal, wenn es weiterhin stimmt.
refusal-sheet-changed-meanwhile = Inzwischen hat jemand anders diesen Meldebogen gespeichert. Von Ihnen ging nichts verloren: bei jedem abweichenden Feld steht, was dort gespeichert wurde. Speichern Sie noch einmal, um Ihres zu behalten.
refusal-sheet-value-too-long = Feld { $field } ist länger als { $max } Zeichen.
refusal-filed-needs-reference = Nennen Sie das Kennzeichen, das die Plattform zeigt.
refusal-filed-odd-reference = Die Kennzeichen der Plattform sehen aus wie SRP-DE-V-2026-00000018. Sieht Ihres wirklich so aus, kreuzen Sie das Kästchen an und halten Sie noch einmal fest.
refusal-filed-reference-elsewhere = Ein anderer Fall trägt dieses Kennzeichen: { $case }.
refusal-filed-in-future = Es kann nicht in der Zukunft eingereicht worden sein.
refusal-filed-before-awareness = Das liegt vor T0. Begründen Sie es, oder berichtigen Sie eines von beiden.
refusal-filed-sheet-changed = Der Meldebogen hat sich inzwischen geändert. Sehen Sie ihn noch einmal an: festgehalten wird, was Sie gemeldet haben.
refusal-filed-already = Dieser Bericht ist schon als gemeldet festgehalten. Sagen Sie, ob dies eine Aktualisierung, eine erneute Meldung oder eine Berichtigung ist.
refusal-filed-nothing-before = Zu diesem Bericht ist noch nichts festgehalten, also ist dies der erste.
refusal-filed-again-needs-reason = Sagen Sie, warum er noch einmal festgehalten wird.
