# Übersicht und Suche.
home-title = Übersicht
home-calm = Keine Frist läuft, und nichts wartet auf eine Entscheidung.
home-clocks-count = { $n ->
    [one] Eine Frist läuft.
   *[other] { $n } Fristen laufen.
}
home-waiting-count = { $n ->
    [one] Ein Vorgang wartet auf einen Menschen.
   *[other] { $n } Vorgänge warten auf einen Menschen.
}
home-feeds-blind = Die Quellen sind veraltet oder fehlen; nichts hier darf als „nicht betroffen“ gelesen werden.
home-feeds-link = Quellen ansehen
home-clocks = Laufende Fristen
home-clocks-caption = Fristen offener Fälle, die nächste zuerst
home-left = Verbleibt
home-overdue = überfällig seit { DATIVE($span) }
home-stage = Stufe
home-stage-early-warning = Frühwarnung
home-stage-notification = Meldung
home-stage-final-report = Abschlussbericht
home-stage-intermediate-report = Zwischenbericht
home-case = Fall
home-due = Fällig
home-waiting = Wartet auf einen Menschen
home-waiting-caption = Signale, dass etwas ausgenutzt wird, das älteste zuerst
home-state = Stand
home-state-waiting = nicht bewertet
home-state-assessing = in Bewertung
home-state-watching = unter Beobachtung
home-item = Was
home-releases = Versionen
home-since = Erstes Signal
home-ago = vor { DATIVE($span) }
home-coverage = Was wir sehen und was nicht
home-products = Produkte
home-inbox = { $n } noch nicht angesehen
home-without-support = { $n } ohne Unterstützungszeitraum
home-without-member-states = { $n } ohne Mitgliedstaaten
home-on-market = Versionen, die auf dem Markt sind oder waren
home-without-sbom = { $n ->
    [0] alle mit SBOM
    [one] eine ohne SBOM
   *[other] { $n } ohne SBOM
}
home-components = Komponenten in aktuellen SBOMs
home-unidentified = { $n ->
    [0] alle erkannt
    [one] eine kann nicht geprüft werden
   *[other] { $n } können nicht geprüft werden
}
home-exploited = Bekanntermaßen ausgenutzt
home-exploited-none = nichts gefunden in dem, was geprüft werden konnte
home-exploited-unknown = unbekannt: Die Quellen sind veraltet oder fehlen
home-steps = Erste Schritte
home-steps-hide = Für mich ausblenden
home-step-done = erledigt
step-product = Ein Produkt anlegen
step-sbom = Eine SBOM hochladen
step-support = Für jedes Produkt den Unterstützungszeitraum festlegen
step-ci = Ihre CI mit einem Token verbinden
step-channel = Einen Kanal für Alarme anlegen und testen
step-trust = Ihre Trust-Seite ansehen und veröffentlichen
search-title = Suche
search-how = Geben Sie eine CVE, ein Produkt, eine Version oder einen Paketnamen ein.
search-nothing = Nichts von Ihnen passt zu „{ $q }“.
search-found = Was zu „{ $q }“ passt.
search-products = Produkte
search-releases = Versionen
search-packages = Komponenten
search-cases = Fälle
home-all = Alle zeigen
search-more = Die ersten { $n }. Tippen Sie mehr, um die Auswahl einzugrenzen.
