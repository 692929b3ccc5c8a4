# Versionen: bereitgestellte Versionen, Branch-Builds, Einfrieren.
releases-title = Versionen
releases-none = Keine Version ist erfasst. Legen Sie eine an, oder lassen Sie Ihre CI eine SBOM hochladen.
releases-showing = { $shown } von { $matching }
release-add = Version anlegen
release-new-title = Version anlegen
release-edit-title = Version ändern
release-change = Angaben ändern
release-facts = Angaben
release-tabs = Teile dieser Version
release-tab-overview = Überblick
release-tab-sboms = SBOMs
release-tab-findings = Befunde
release-tab-changes = Änderungen
release-look-at = Ansehen
release-lede = { $market }. Ihre Nachweise können sich noch ändern.
release-lede-frozen = { $market }. Eingefroren von { $by } am { $at }.
release-latest = neueste
release-field-version = Version
release-field-variant = Variante
release-field-made-available-on = Bereitgestellt am
release-field-is-latest = Es ist die neueste Version
release-field-labels = Etiketten
release-hint-version = Wie sie getaggt ist, zum Beispiel 4.2.1. Ein Upload mit derselben Version findet sie.
release-hint-made-available-on = Der Tag, an dem sie zuerst bei Kundinnen und Kunden war. Leer lassen, wenn Sie ihn nicht kennen.
release-hint-labels = Durch Kommas getrennt.
release-hint-market = Die Pflicht, binnen 24 Stunden zu melden, betrifft, was auf dem Markt ist oder war.
release-variant-none = alle Varianten, oder es gibt keine
release-labels-none = keine
release-created = Erfasst
release-id = Kennung für Programme
release-channel = Kanal
release-channel-tagged = getaggte Version
release-channel-branch = laufender Build des Branches { $branch }
release-branch-name = Branch { $branch }
release-branch-explained = Ein Branch-Build läuft mit jedem Upload weiter und ist nie auf dem Markt. Laden Sie dieselbe SBOM unter einer getaggten Version hoch, damit eine Version daraus wird.
release-market = Auf dem Markt
release-market-on-market = Auf dem Markt
release-market-not-yet = Noch nicht auf dem Markt
release-market-withdrawn = Zurückgezogen; Einheiten können noch in Gebrauch sein
release-market-branch = Branch-Build, nicht auf dem Markt
release-market-assumed = { $market } (angenommen)
release-market-assumption = Niemand hat gesagt, ob diese Version auf dem Markt ist, also nehmen wir es an: Ein vergessener Klick darf keine 24-Stunden-Pflicht verstummen lassen. Bestätigen Sie es, oder sagen Sie etwas anderes.
release-market-choose-assume = Ich weiß es nicht: annehmen, dass sie es ist
release-market-confirm-on-market = Ja, sie ist auf dem Markt
release-market-confirm-not-yet = Ja, sie ist noch nicht auf dem Markt
release-market-confirm-withdrawn = Ja, sie wurde zurückgezogen
release-market-say-on-market = Sie ist auf dem Markt
release-market-say-not-yet = Sie ist noch nicht auf dem Markt
release-market-say-withdrawn = Sie wurde zurückgezogen
release-evidence = Nachweise
release-evidence-none = Es gibt noch keine Nachweise: Für diese Version wurde keine SBOM hochgeladen.
release-evidence-count = { $n ->
    [one] Ein Nachweis
   *[other] { $n } Nachweise
}
release-proof = Was
release-proof-digest = Prüfsumme
release-frozen = Eingefroren
release-not-frozen = nein
release-frozen-explained = Die Angaben und Nachweise dieser Version sind eingefroren. Die Prüfsumme unten ist die der Datei, die Sie hier herunterladen können, Byte für Byte.
release-frozen-download = Eingefrorene Nachweise herunterladen
release-frozen-digest = Prüfsumme der eingefrorenen Nachweise
release-freeze-look = Diese Version einfrieren
release-freeze-title = Diese Version einfrieren
release-freeze-lede = Einfrieren hält die Angaben und Nachweise von { $product } { $version } fest, wie sie jetzt sind, unter einer Prüfsumme.
release-freeze-warning = Es gibt keinen Weg zurück. Uploads und Änderungen für diese Version werden von da an abgelehnt; was sich später ändert, braucht eine neue Version.
release-freeze-takes = Was eingefroren wird
release-freeze-empty = Diese Version hat noch keine Nachweise. Ohne SBOM gibt es wenig einzufrieren.
release-freeze-leaves = Ob die Version auf dem Markt ist und ob sie die neueste ist, kann sich auch danach noch ändern.
release-freeze-understood = Ich habe die Liste gelesen und weiß, dass sich das nicht rückgängig machen lässt
release-freeze-do = Endgültig einfrieren

refusal-version-exists = Es gibt schon eine Version { $version } dieses Produkts.
refusal-variant-unknown = Dieses Produkt hat keine solche Variante.
refusal-market-unknown = Sagen Sie on-market, not-yet oder withdrawn.
refusal-branch-not-on-market = Ein Branch-Build ist nie auf dem Markt. Laden Sie ihn unter einer getaggten Version hoch, damit eine Version daraus wird.
refusal-release-never-on-market = Version { $version } war nie auf dem Markt; es gibt nichts zurückzunehmen. Versionen werden nie gelöscht, weil nachweisbar bleiben muss, was über sie bekannt war.
refusal-branch-keeps-name = Ein Branch-Build heißt wie sein Branch; seine Version lässt sich nicht ändern.
refusal-labels-too-many = Eine Version hat höchstens { $max } Etiketten.
refusal-release-frozen = Version { $version } wurde von { $by } am { $at } eingefroren. Was sich jetzt ändert, braucht eine neue Version.
refusal-release-frozen-meanwhile = Jemand anderes hat diese Version gerade eingefroren.
refusal-freeze-branch = Ein Branch-Build läuft weiter und lässt sich nicht einfrieren. Frieren Sie eine getaggte Version ein.
refusal-freeze-not-confirmed = Kreuzen Sie an, dass Sie wissen, dass es sich nicht rückgängig machen lässt.

changes-title = Änderungen
changes-no-other = Dieses Produkt hat keine andere Version zum Vergleichen.
changes-with = Vergleichen mit
changes-compare = Vergleichen
changes-lede = Was sich von { $old } zu { $new } geändert hat.
changes-new-flaws = Neu erreichbare Schwachstellen
changes-new-flaws-hint = Offene Befunde dieser Version zu Schwachstellen, zu denen die andere keinen offenen Befund hat. Was nicht geprüft werden konnte, ist nicht darunter.
changes-cut = Es gibt mehr Befunde, als verglichen wurden.
changes-no-new-flaws = Keine unter dem, was geprüft werden konnte.
changes-no-sbom = Eine der beiden Versionen hat keine SBOM, daher lassen sich die Komponenten nicht vergleichen.
changes-none = Beide führen dieselben Komponenten und Abhängigkeiten auf.
changes-added = { $n ->
    [one] { $n } Komponente hinzugekommen
   *[other] { $n } Komponenten hinzugekommen
}
changes-removed = { $n ->
    [one] { $n } Komponente entfallen
   *[other] { $n } Komponenten entfallen
}
changes-versions = { $n ->
    [one] { $n } andere Version
   *[other] { $n } andere Versionen
}
changes-licences = { $n ->
    [one] { $n } andere Lizenz
   *[other] { $n } andere Lizenzen
}
changes-suppliers = { $n ->
    [one] { $n } anderer Lieferant
   *[other] { $n } andere Lieferanten
}
changes-hashes = { $n ->
    [one] { $n } anderer Prüfwert bei gleicher Version
   *[other] { $n } andere Prüfwerte bei gleicher Version
}
changes-links-added = { $n ->
    [one] { $n } Abhängigkeit hinzugekommen
   *[other] { $n } Abhängigkeiten hinzugekommen
}
changes-links-removed = { $n ->
    [one] { $n } Abhängigkeit entfallen
   *[other] { $n } Abhängigkeiten entfallen
}
changes-more = und { $n } weitere
changes-showing = { $n } gezeigt
changes-before = Vorher
changes-after = Nachher
changes-direction = Richtung
changes-direction-up = neuer
changes-direction-down = älter
changes-direction-same = gleich, anders geschrieben
changes-direction-unknown = Reihenfolge unbekannt
