# Befunde, die Triage, Schwachstellen.
triage-title = Triage
triage-lede = { $flaws ->
    [one] { $flaws } bekannte Schwachstelle
   *[other] { $flaws } bekannte Schwachstellen
} in { $releases ->
    [one] { $releases } Version.
   *[other] { $releases } Versionen.
}
triage-lede-exploited = { $n ->
    [0] Keine davon wird bekanntermaßen ausgenutzt.
    [one] { $n } davon wird bekanntermaßen ausgenutzt, { $market } in einer Version, die auf dem Markt ist oder war.
   *[other] { $n } davon werden bekanntermaßen ausgenutzt, { $market } in Versionen, die auf dem Markt sind oder waren.
}
triage-lede-not-assessed = { $n ->
    [0] Jeder Befund wurde bewertet.
    [one] { $n } Befund wurde nicht bewertet.
   *[other] { $n } Befunde wurden nicht bewertet.
}
triage-lede-none = Kein bekannter Befund in irgendeiner Version, alle Komponenten gegen frische Quellen geprüft.
triage-lede-none-but = Kein bekannter Befund, aber das heißt nicht „unbedenklich“: etwas wurde nicht geprüft.
triage-status = Bewertung
triage-status-unsettled = alles nicht Erledigte
triage-status-all = alle
triage-product = Produkt
triage-product-all = alle Produkte
triage-only-exploited = Nur was bekanntermaßen ausgenutzt wird
triage-filter = Anzeigen
triage-filter-clear = Filter aufheben
triage-none-match = Keine Schwachstelle passt zu diesem Filter.
triage-none = Es gibt nichts zu sichten.
triage-upload = SBOM hochladen
triage-showing = { $range } von { $total }
triage-range = { $first }–{ $last }
triage-vulnerability = Schwachstelle
triage-exploited = Bekannte Ausnutzung
triage-exploited-on-market = ausgenutzt, auf dem Markt
triage-exploited-not-on-market = ausgenutzt, nicht auf dem Markt
triage-not-listed = in keinem Katalog, den wir haben
triage-severity = Schweregrad
triage-no-epss = kein Wert
triage-products = Produkte
triage-releases = Versionen
triage-assessed = Bewertet
triage-not-assessed = { $n } von { $of } nicht bewertet
triage-all-assessed = alle angesehen, nicht erledigt
triage-first-seen = Zuerst gesehen
triage-pages = Seiten
triage-previous = Zurück
triage-next = Weiter
triage-order = Reihenfolge: bekanntermaßen ausgenutzt und auf dem Markt, anderswo ausgenutzt, wahrscheinlich ausgenutzt (EPSS ab 10 %), dann der Rest nach Schweregrad und Wahrscheinlichkeit. Nicht eingestufte Schwachstellen stehen zwischen hoch und mittel.

vulnerability-ask = Sind wir betroffen?
vulnerability-ask-label = Kennung einer Schwachstelle
vulnerability-ask-hint = Eine CVE-, GHSA-, EUVD-, RUSTSEC-, GO- oder PYSEC-Nummer, wie in den Nachrichten.
vulnerability-ask-button = Nachschlagen
vulnerability-contained = { $products ->
    [one] { $products } Ihrer Produkte enthält sie,
   *[other] { $products } Ihrer Produkte enthalten sie,
} in { $releases ->
    [one] { $releases } Version.
   *[other] { $releases } Versionen.
}
vulnerability-not-assessed = { $n ->
    [0] Alle Befunde wurden bewertet.
    [one] { $n } Befund wurde nicht bewertet.
   *[other] { $n } Befunde wurden nicht bewertet.
}
vulnerability-undecided = { $n ->
    [one] Bei { $n } Komponente ließ sich nicht entscheiden, ob sie betroffen ist.
   *[other] Bei { $n } Komponenten ließ sich nicht entscheiden, ob sie betroffen sind.
}
vulnerability-undecided-title = Was sich nicht entscheiden ließ
vulnerability-gone = Keine Ihrer aktuellen SBOMs enthält sie noch.
vulnerability-not-found = Keines Ihrer Produkte enthält eine betroffene Version, soweit Ihre SBOMs und die Quellen es sagen.
vulnerability-no-package = Das lässt sich nicht sagen: die Quellen kennen diese Schwachstelle, aber kein vorhandener Eintrag sagt, welche Pakete sie enthalten.
vulnerability-unknown = Das lässt sich nicht sagen: keine vorhandene Quelle kennt diese Kennung. Das heißt nicht „nicht betroffen“.
vulnerability-exploited = Wird bekanntermaßen ausgenutzt:
vulnerability-assess-exploitation = Ausnutzung bewerten
vulnerability-findings = Wo sie gefunden wurde
vulnerability-findings-caption = { $n ->
    [one] { $n } Befund
   *[other] { $n } Befunde
}
vulnerability-facts = Was die Quellen sagen
vulnerability-notice = Hinweis
vulnerability-notice-kind = Für sich keine Schwachstelle; der Eintrag ist ein Hinweis der Art „{ $kind }“.
vulnerability-no-longer-listed = nicht mehr aufgeführt: { $source }
vulnerability-aliases = Auch bekannt als
vulnerability-no-aliases = kein anderer Name
vulnerability-packages = Genannte Pakete
vulnerability-no-packages = keine
vulnerability-records = Einträge

exposure-title = Betroffenheit nach Version
exposure-description = { $releases ->
    [one] { $releases } Version
   *[other] { $releases } Versionen
} von { $products ->
    [one] { $products } Produkt
   *[other] { $products } Produkten
}; jede Zelle zeigt, ob die Version betroffen ist.
exposure-as-table = Dasselbe als Tabelle
exposure-product = Produkt
exposure-release = Version
exposure-state = Zustand
exposure-market = Markt
exposure-market-on-market = auf dem Markt
exposure-market-not-yet = nicht auf dem Markt
exposure-market-withdrawn = vom Markt genommen

finding-crumbs = Wo Sie sind
finding-title = { $vulnerability } in { $release }
finding-lede = { $product } enthält { $component } und ist damit betroffen.
finding-lede-fixed = Behoben in { $versions }.
finding-lede-no-fix = Keine behobene Version ist bekannt.
finding-release-title = Befunde
finding-release-heading = Befunde zu { $product } { $version }
finding-release-no-sbom = Zu dieser Version gibt es keine SBOM; es wurde nichts geprüft.
finding-release-none = Kein bekannter Befund.
finding-release-none-but = Kein bekannter Befund, aber das heißt nicht „unbedenklich“.
finding-release-some = { $n ->
    [one] { $n } offener Befund,
   *[other] { $n } offene Befunde,
} { $exploited ->
    [0] keiner bekanntermaßen ausgenutzt.
   *[other] { $exploited } bekanntermaßen ausgenutzt.
}
finding-release-covered = { $n ->
    [one] Die eine Komponente wurde geprüft.
   *[other] Alle { $n } Komponenten wurden geprüft.
}
finding-release-uncovered = { $unchecked } von { $n } Komponenten konnten nicht geprüft werden: ob sie verwundbar sind, ist unbekannt.
finding-unchecked = Was nicht geprüft werden konnte, und warum
finding-settled = als nicht betroffen oder behoben bewertet
finding-caveats = Was diese Antwort einschränkt:
finding-caveat-missing = Nie eingelesene Quellen: { $feeds }
finding-caveat-stale = Quellen, die zu alt sind: { $feeds }
finding-caveat-no-sbom = { $n ->
    [one] { $n } Version hat keine SBOM.
   *[other] { $n } Versionen haben keine SBOM.
}
finding-caveat-blind = Komponenten aus { $ecosystems } sind nicht geprüft: Die Quelle fehlt oder ist zu alt.
finding-unchecked-blind = aus { $ecosystem }; die Quelle fehlt oder ist zu alt
vulnerability-feed-too-old = In keiner aktuellen SBOM wurde etwas gefunden, aber die Quelle für die genannten Pakete fehlt oder ist zu alt: Ob wir betroffen sind, ist unbekannt.
finding-caveat-unidentified = { $n } von { $of } Komponenten in aktuellen SBOMs können nicht nachgeschlagen werden.
finding-component = Komponente
finding-fixed-in = Behoben in
finding-why = Warum
finding-answer-affected = sagt: betroffen
finding-identifier = Nachgeschlagen als
finding-guessed = Die Komponente ist ein Pfad innerhalb des Pakets { $package }, das die SBOM nicht selbst nennt.
finding-range = Betroffener Bereich
finding-rule = Regel
finding-rule-osv-range-semver = die Version liegt im Bereich, geordnet nach Semantic Versioning (OSV)
finding-rule-osv-range-ecosystem = die Version liegt im Bereich, geordnet nach den Regeln ihres Ökosystems (OSV)
finding-rule-osv-version-list = die Version ist aufgeführt (OSV)
finding-rule-cpe-match = der CPE-Name passt, und die Version liegt in seinen Grenzen (CVE-Eintrag, wie bei der NVD)
finding-rule-cve-versions = der CVE-Eintrag gibt dieser Version diesen Status
finding-rule-csaf-product-status = das CSAF-Dokument gibt diesem Produkt diesen Status
finding-rule-git-commit = der Eintrag nennt genau diesen Commit
finding-rule-git-tag = der Eintrag führt dieses Tag auf
finding-rule-package-not-named = der Eintrag nennt dieses Paket nicht
finding-record-id = Eintrag
finding-record-modified = Eintrag geändert
finding-record-summary = Zusammenfassung
finding-record-withdrawn = Von der Quelle zurückgezogen.
finding-feed = Quelle
finding-feed-checked = geprüft { $at }
finding-matched-at = Entschieden
finding-no-reasons = Kein vorhandener Eintrag spricht noch für diesen Befund.
finding-history = Verlauf
finding-history-caption = Was mit diesem Befund geschah, das Neueste zuerst
finding-history-when = Wann
finding-history-what = Was
finding-history-who = Wer
finding-by-program = das Programm
finding-event-first-seen = zuerst gesehen
finding-event-opened-again = wieder geöffnet
finding-event-judgement-expired = die Bewertung ist abgelaufen; neu zu bewerten
finding-event-carried = übernommen von einer anderen Version des Produkts mit derselben Version der Komponente
finding-event-scope-same-version = für alle Versionen des Produkts, die damals diese Version der Komponente enthielten
finding-event-scope-until-changed = bis sich die Komponente ändert
finding-event-expires = bis { $day }
finding-earlier = Zu einer anderen Version dieser Komponente ({ $component }, { $product } { $release }) sagte { $who } am { $day }: { $said }.
finding-earlier-repeat = Nach erneuter Prüfung ebenso bewerten
finding-epss = { $score } innerhalb von 30 Tagen (Wert vom { $day })
finding-exploited-since = { $source } seit { $day }
finding-exploited-by = { $source }
finding-source-cisa-kev = CISA KEV
finding-source-eu-kev = EU KEV
finding-severity-critical = kritisch
finding-severity-high = hoch
finding-severity-medium = mittel
finding-severity-low = niedrig
finding-severity-none = keiner
finding-severity-unknown = nicht eingestuft
finding-state-not-assessed = nicht bewertet
finding-state-under-investigation = in Untersuchung
finding-state-affected = betroffen
finding-state-not-affected = nicht betroffen
finding-state-fixed = behoben
finding-state-unknown = unbekannt
finding-state-not-found = in der SBOM nicht gefunden
finding-gone-component-removed = Die Komponente steht nicht mehr in der aktuellen SBOM.
finding-gone-advisory-withdrawn = Der Eintrag wurde von seiner Quelle zurückgezogen.
finding-gone-range-narrowed = Der Eintrag betrifft diese Version nicht mehr.
finding-gone-merged = Mit dem Befund zur selben Schwachstelle unter anderem Namen vereint.
finding-gone-other = Geschlossen.
finding-choose = Auswählen
finding-judge = Ausgewählte Befunde bewerten
finding-judge-this = Diesen Befund bewerten
finding-field-status = Bewertung
finding-field-justification = Grund
finding-field-detail = Erklärung
finding-justification-hint = Nötig für „nicht betroffen“.
finding-justification-none = keiner
finding-detail-hint = Was Sie angesehen und was Sie gesehen haben. Nötig für „nicht betroffen“; Kunden und Behörden können es lesen.
finding-field-scope = Gilt für
finding-scope-hint = Eine Bewertung gilt für diese Version der Komponente. Bei einer anderen Version kommt sie als Vorschlag wieder.
finding-scope-release = die ausgewählten Befunde
finding-scope-same-version = alle Versionen des Produkts mit derselben Version der Komponente
finding-scope-until-changed = diese und spätere Versionen, bis sich die Komponente ändert
finding-field-expires-on = Gilt bis
finding-expires-on-hint = Freiwillig. Nach diesem Tag (UTC) sind die Befunde neu zu bewerten.
finding-record = Bewertung festhalten
finding-because-component-not-present = die Komponente ist nicht im Produkt
finding-because-vulnerable-code-not-present = der verwundbare Code ist nicht im Produkt
finding-because-vulnerable-code-not-in-execute-path = der verwundbare Code wird nie ausgeführt
finding-because-vulnerable-code-cannot-be-controlled-by-adversary = Angreifer können den verwundbaren Code nicht beeinflussen
finding-because-inline-mitigations-already-exist = Schutzmaßnahmen im Produkt verhindern es bereits
finding-unknown-version-missing = Die Komponente hat keine Version.
finding-unknown-version-unparsable = Die Version der Komponente lässt sich nicht vergleichen.
finding-unknown-version-too-long = Die Version der Komponente ist zu lang, um eine zu sein.
finding-unknown-version-order-unknown = Wie Versionen dieses Ökosystems geordnet sind, ist nicht bekannt.
finding-unknown-version-order-undefined = Dieses Ökosystem legt keine Ordnung seiner Versionen fest.
finding-unknown-range-version-unparsable = Eine Version im Eintrag lässt sich nicht vergleichen.
finding-unknown-range-type-unknown = Der Eintrag hat einen Bereich, dessen Art sich nicht lesen lässt.
finding-unknown-only-git-ranges = Der Eintrag nennt nur Commits.
finding-unknown-name-only-match = Nur der Name ist gleich: möglich, nicht sicher.
finding-unknown-platform-not-known = Der Eintrag meint es nur zusammen mit einem anderen Produkt.
finding-unknown-cpe-attribute-unspecified = Der Eintrag nennt eine Eigenschaft, die der CPE-Name der Komponente offen lässt.
finding-unknown-commit-graph-needed = Ob sie den Fehler enthält, sagt nur die Geschichte des Repositorys.
finding-unknown-version-order-not-stated = Der Eintrag sagt nicht, wie seine Versionen geordnet sind.
finding-unknown-version-status-unknown = Der Eintrag sagt, dass er den Status dieser Version nicht kennt.
finding-unknown-version-not-stated = Das Dokument nennt das Produkt, aber nicht diese Version.
finding-unknown-before-fixed-version = Das Dokument nennt nur die behobene Version, und diese ist älter.
finding-unknown-under-investigation = Der Herausgeber prüft noch.
finding-unknown-no-versions-stated = Der Eintrag sagt nicht, welche Versionen betroffen sind.
finding-unknown-distribution-release-unknown = Die SBOM sagt nicht, aus welcher Version der Distribution das Paket stammt.
finding-unknown-distribution-release-guessed = Die Version der Distribution ist nur aus der Paketversion geschlossen.
finding-unknown-fix-by-subscription = Die Korrektur gehört zu einem Abonnement, das diese Installation vielleicht nicht hat.
finding-unknown-package-inside-module = Es ist vielleicht ein Pfad in dem betroffenen Paket, vielleicht ein Paket mit eigenen Versionen.
finding-unknown-package-rebuilt = Jemand anderes hat das Paket neu gebaut und den Fehler womöglich behoben.
finding-unknown-module-stream-differs = Die Korrektur gehört zu einem Modul-Stream, zu dem das Paket nicht gehört, oder umgekehrt.
finding-unknown-other = Es ließ sich nicht entscheiden.

refusal-finding-status-unknown = Wählen Sie: in Untersuchung, betroffen, nicht betroffen oder behoben.
refusal-finding-justification-unknown = Wählen Sie einen der fünf Gründe.
refusal-finding-justification-missing = „Nicht betroffen“ braucht einen der fünf Gründe.
refusal-finding-detail-missing = „Nicht betroffen“ braucht eine Erklärung: was Sie angesehen und was Sie gesehen haben.
refusal-finding-scope-unknown = Wählen Sie, wie weit die Bewertung reicht: die ausgewählten Befunde, alle Versionen mit derselben Komponente oder auch spätere.
refusal-finding-expiry-unreadable = Geben Sie den letzten Tag, an dem die Bewertung gilt, so an: 2027-03-31.
refusal-finding-expiry-past = Dieser Tag ist schon vorbei. Wählen Sie einen späteren oder lassen Sie das Feld leer.
refusal-finding-none-chosen = Wählen Sie mindestens einen Befund aus.
refusal-finding-too-many-chosen = Wählen Sie höchstens { $max } Befunde auf einmal aus.
refusal-finding-json-unreadable = Der Inhalt muss JSON sein, mit „findings“ (einer Liste von Kennungen), „status“ und, wo nötig, „justification“ und „detail“.
component-title = Komponente
component-lede-ask = Welche Versionen Ihrer Produkte enthalten eine Komponente, in welchen Versionen und mit welchen Schwachstellen? Und warum steckt eine Schwachstelle darin, oder warum nicht?
component-lede-none = Keine aktuelle SBOM enthält diese Komponente.
component-lede = { $releases ->
    [one] Eine Produktversion enthält sie
   *[other] { $releases } Produktversionen enthalten sie
}; { $flaws ->
    [0] keine Schwachstelle ist darin offen.
    [one] eine Schwachstelle ist darin offen.
   *[other] { $flaws } Schwachstellen sind darin offen.
}
component-lede-unchecked = { $releases ->
    [one] Eine Produktversion enthält sie.
   *[other] { $releases } Produktversionen enthalten sie.
} Keine Quelle deckt diese Art von Komponente ab, daher lässt sich über ihre Schwachstellen nichts sagen.
component-field-purl = Package-URL
component-hint-purl = Zum Beispiel pkg:npm/lodash; eine Version darin spielt keine Rolle.
component-field-vulnerability = Schwachstelle
component-hint-vulnerability = Freiwillig, zum Beispiel CVE-2021-44228: jeder Eintrag dazu wird zu jeder Version befragt.
component-look = Nachsehen
component-cut = Es sind mehr Versionen bekannt als die { $n }, nach denen hier gesucht wurde.
component-package = Sicherheitshinweise kennen sie als { $package }.
component-question = Was jeder Eintrag zu { $vulnerability } sagt, steht bei jeder Version.
component-question-unknown = Keine Ihrer Quellen hat einen Eintrag zu { $vulnerability }. Das ist keine Antwort.
component-answers = Antworten für { $purl }
component-answer = Antwort
component-answer-not = nicht betroffen
component-answer-not-named = nennt sie nicht
component-answer-unknown = nicht entscheidbar
component-outside = { $identifier } liegt außerhalb von { $range }
component-releases = { $n ->
    [one] Eine Produktversion
   *[other] { $n } Produktversionen
}
component-findings = { $n ->
    [0] Kein offener Befund
    [one] Ein offener Befund
   *[other] { $n } offene Befunde
}
refusal-component-purl-unreadable = Das ist keine Package-URL und kein CPE-Name. Schreiben Sie sie wie pkg:npm/lodash.
refusal-component-flaw-unreadable = Das ist keine Kennung einer Schwachstelle. Schreiben Sie sie wie CVE-2021-44228 oder GHSA-jfh8-c2jp-5v3q.
finding-component-elsewhere = in allen Versionen
component-ask = Eine Komponente in allen Versionen nachsehen

vex-title = VEX
vex-heading = VEX zu { $product } { $version }
vex-link = Was Sie zu diesen Befunden aussagen, als VEX
vex-lede = { $n ->
    [one] Eine Aussage, aus der geltenden Beurteilung eines offenen Befunds dieses Releases. Version { $version } des Dokuments.
   *[other] { $n } Aussagen, aus den geltenden Beurteilungen offener Befunde dieses Releases. Version { $version } des Dokuments.
}
vex-lede-nothing = Zu keinem offenen Befund dieses Releases gilt eine Beurteilung; es gibt nichts auszusagen.
vex-unsaid = { $n ->
    [one] Zu einem offenen Befund sagen die Dokumente nichts, weil ihn niemand beurteilt hat.
   *[other] Zu { $n } offenen Befunden sagen die Dokumente nichts, weil sie niemand beurteilt hat.
}
vex-download = { $format } herunterladen
vex-no-losses = Es trägt alles, was gesagt wurde.
vex-losses = { $n ->
    [one] Eines trägt es nicht in einem eigenen Feld
   *[other] { $n } Angaben trägt es nicht in eigenen Feldern
}
vex-times = { $n ->
    [one] einmal
   *[other] { $n }-mal
}
refusal-vex-nothing-said = Zu keinem offenen Befund dieses Releases gilt eine Beurteilung; es gibt daher kein VEX-Dokument.
refusal-vex-format-unknown = Dieses Format gibt es nicht; es gibt openvex, cyclonedx und csaf.
