# Das öffentliche Gesicht.
trust-title = { $name }: Produkte und ihre Sicherheit
trust-lede = Unsere Produkte, wie lange sie unterstützt werden, und was wir zu ihrer Sicherheit veröffentlicht haben.
trust-updated = Zuletzt geändert
trust-products = Produkte
trust-product = Produkt
trust-products-none = Noch ist kein Produkt aufgeführt.
trust-products-count = { $n ->
    [one] Ein Produkt
   *[other] { $n } Produkte
}
trust-find = Produkt suchen
trust-find-do = Suchen
trust-find-none = Kein aufgeführtes Produkt passt zu „{ $search }“.
trust-support-until = Unterstützt bis
trust-support-not-stated = Das Ende der Unterstützung ist hier noch nicht angegeben.
trust-latest-version = Neueste Version
trust-latest-advisory = Neuester Sicherheitshinweis
trust-not-stated = nicht angegeben
trust-report = Schwachstelle melden
trust-report-text = Haben Sie eine Schwachstelle in einem unserer Produkte gefunden? Sagen Sie es uns; ein Konto ist nicht nötig.
trust-report-address = Wohin melden
trust-security-contact = Kontakt für Sicherheitsfragen
trust-advisories = Sicherheitshinweise
trust-advisories-none = Es wurde kein Sicherheitshinweis veröffentlicht.
trust-advisories-none-short = keiner veröffentlicht
trust-advisories-count = { $n ->
    [one] Ein Sicherheitshinweis, für alle veröffentlicht
   *[other] { $n } Sicherheitshinweise, für alle veröffentlicht, der neueste zuerst
}
trust-advisory-title = Sicherheitshinweis
trust-severity = Schweregrad
trust-published-at = Veröffentlicht
trust-withdrawn = zurückgezogen
trust-withdrawn-on = Dieser Sicherheitshinweis wurde am { $at } zurückgezogen.
trust-affected = Betroffen
trust-versions-not-stated = Versionen nicht angegeben
trust-manufacturer = Hersteller
trust-name = Name
trust-address = Anschrift
trust-website = Website
trust-what = Was es ist
trust-identification = Kennzeichnung
trust-intended-purpose = Zweckbestimmung
trust-category = Kategorie nach der Cyberresilienz-Verordnung
trust-versions = Versionen
trust-version = Version
trust-versions-none = Noch ist keine Version aufgeführt.
trust-versions-count = { $n ->
    [one] Eine Version
   *[other] { $n } Versionen
}
trust-made-available-on = Bereitgestellt am
trust-availability = Verfügbarkeit
trust-market-on-market = auf dem Markt
trust-market-withdrawn = vom Markt genommen
trust-market-not-yet = noch nicht auf dem Markt
trust-as-json = Diese Seite als JSON

trust-console-title = Trust Center
trust-console-public = Ihre Seite ist öffentlich:
trust-console-private = Ihre Seite ist nicht öffentlich. Niemand außerhalb kann etwas davon sehen.
trust-publish-shows = Nach dem Veröffentlichen sehen alle im Internet ohne Konto genau das, was die Vorschau unten zeigt: Ihren Namen, Ihre Anschrift und Kontakte, die als sichtbar markierten Produkte und deren veröffentlichte Sicherheitshinweise. Andere Produkte, Entwürfe, Befunde und Fälle bleiben im Haus.
trust-publish-understood = Ich habe die Vorschau angesehen, und sie darf öffentlich werden
trust-publish = Trust-Seite veröffentlichen
trust-unpublish = Seite herunternehmen
trust-unpublish-hint = Von da an antwortet sie, als hätte es sie nie gegeben. Browser behalten eine Kopie höchstens eine Minute.
trust-which-products = Was von welchem Produkt sichtbar ist
trust-which-none = Noch gibt es kein Produkt.
trust-is-shown = Sichtbar
trust-shown-yes = Sichtbar, mit Versionen und Sicherheitshinweisen
trust-shown-no = Nicht sichtbar
trust-shown-inbox = Noch nicht angesehen, deshalb kann es nicht gezeigt werden
trust-security-txt = Über diese Datei finden Sicherheitsforscherinnen und -forscher zu Ihnen, unter { $at }. Sie entsteht bei jeder Anfrage neu und läuft deshalb nie ab.
trust-security-txt-none = Es kann keine security.txt geben: Die Organisation hat weder eine Meldeadresse noch einen Sicherheitskontakt, der eine Webadresse, Mailadresse oder Telefonnummer ist. Geben Sie in den Einstellungen der Organisation einen an.
trust-preview = Was alle sehen oder sehen würden
trust-preview-hint = Die Links führen zu den öffentlichen Seiten und funktionieren, sobald diese veröffentlicht sind.
trust-product-title = { $name } auf der Trust-Seite
trust-product-private = Dieses Produkt steht nicht auf der Trust-Seite. Niemand außerhalb kann sehen, dass es das gibt.
trust-product-public = Alle können dieses Produkt sehen:
trust-product-waiting = Dieses Produkt ist als sichtbar markiert, aber Ihre Trust-Seite als Ganze ist nicht öffentlich, deshalb kann es noch niemand sehen.
trust-product-shows = Nach dem Veröffentlichen sehen alle im Internet ohne Konto genau das, was die Vorschau unten zeigt. SBOMs, Befunde, Fälle, Branch-Builds und Versionen, die noch nicht auf dem Markt sind, bleiben im Haus. Spätere Versionen erscheinen, sobald jemand bestätigt, dass sie auf dem Markt sind.
trust-product-understood = Ich habe die Vorschau angesehen, und sie darf öffentlich werden
trust-product-publish = Auf der Trust-Seite zeigen
trust-product-unpublish = Von der Trust-Seite nehmen
trust-assumed = Versionen, die im Haus bleiben
trust-assumed-hint = Niemand hat bestätigt, dass sie auf dem Markt sind, deshalb werden sie nicht gezeigt.
trust-assumed-confirm = { $version } ist auf dem Markt: zeigen
trust-assumed-do = Angekreuzte Versionen zeigen
