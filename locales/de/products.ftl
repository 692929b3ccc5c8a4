# Produkte: was sie sind, wo sie in Verkehr sind, wie lange sie unterstützt werden.
products-title = Produkte
products-crumbs = Wo Sie sind
products-lede = { $total ->
    [0] Noch ist kein Produkt erfasst.
    [one] Ein Produkt ist erfasst{ $inbox ->
        [0] .
       *[other] , und es wartet auf einen ersten Blick.
    }
   *[other] { $total } Produkte sind erfasst{ $inbox ->
        [0] .
        [one] , eines davon wartet auf einen ersten Blick.
       *[other] , { $inbox } davon warten auf einen ersten Blick.
    }
}
products-inbox-waits = { $n ->
    [one] Ein Upload hat ein Produkt angelegt, das noch niemand angesehen hat.
   *[other] Uploads haben { $n } Produkte angelegt, die noch niemand angesehen hat.
}
products-inbox-look = Ansehen
products-search = Name, Kennzeichnung oder Beschreibung
products-any = Alle
products-state = Zustand
products-filter = Anzeigen
products-filter-clear = Alle anzeigen
products-none = Noch leer. Ein Produkt ist, was Sie unter Ihrem Namen in Verkehr bringen: Software, oder Hardware mit Software darin. Legen Sie das erste an, oder lassen Sie es von einem Upload anlegen.
products-none-match = Kein Produkt passt zu diesem Filter.
products-showing = { $shown } von { $matching }
products-pages = Seiten der Liste
products-previous = Vorige Seite
products-next = Nächste Seite
products-state-current = Alle, die nicht archiviert sind
products-state-inbox = Noch nicht angesehen
products-state-published = Auf der Trust-Seite
products-state-archived = Archiviert
products-state-all = Alle
product-is-merged = zusammengeführt
product-is-archived = archiviert
product-is-inbox = noch nicht angesehen
product-is-published = auf der Trust-Seite
product-is-internal = intern

category-default = Standard
category-important-class-1 = Wichtig, Klasse I
category-important-class-2 = Wichtig, Klasse II
category-critical = Kritisch

product-field-name = Name
product-field-identification = Kennzeichnung
product-field-description = Was es ist
product-field-category = Kategorie
product-field-annex-entry = Eintrag in Anhang III oder IV
product-field-intended-purpose = Zweckbestimmung
product-field-support-ends-on = Letzter Tag der Unterstützung
product-field-support-reason = Warum so lange
product-field-contact = Kontakt für Sicherheitsfragen
product-field-last-unit-placed-on = Letzte Einheit in Verkehr gebracht am
product-field-placed-on-all = In Verkehr gebracht am, für jeden Staat ohne eigenen Tag
product-field-member-states = Mitgliedstaaten
product-hint-name = Wie Kundinnen und Kunden es kennen. Uploads finden das Produkt unter diesem und unter früheren Namen.
product-hint-identification = Typen-, Chargen- oder Seriennummer, oder was es sonst unterscheidet.
product-hint-description = Ein oder zwei Sätze. Stehen auf der Trust-Seite, sobald Sie es veröffentlichen.
product-hint-category = Entscheidend ist, wofür das Produkt hauptsächlich da ist, nicht, was darin steckt.
product-hint-annex-entry = Nur bei wichtigen und kritischen Produkten.
product-hint-intended-purpose = Wofür, von wem und unter welchen Bedingungen es verwendet werden soll, wie in der Anleitung.
product-hint-support-ends-on = Kundinnen und Kunden sehen Monat und Jahr.
product-hint-support-reason = Wie lange es voraussichtlich benutzt wird, und worauf sich das stützt. Gehört in die technische Dokumentation.
product-hint-placings = Wo es verkauft wird oder wurde. Eine Frühwarnung muss diese Staaten nennen.
product-hint-placed-on-all = Leer lassen, wenn Sie ihn nicht kennen.
product-hint-last-unit-placed-on = Leer lassen, solange noch Einheiten in Verkehr gebracht werden. Aufbewahrungsfristen zählen ab diesem Tag.
product-hint-contact = Eine E-Mail- oder Webadresse, unter der ein Mensch antwortet. Leer bedeutet: die der Organisation.
product-annex-none = Keiner
product-support = Unterstützungszeitraum
product-support-floor = Mindestens { $minimum } ab dem Inverkehrbringen, außer das Produkt wird voraussichtlich kürzer benutzt; länger, wo es länger benutzt wird.
product-support-years = { $n ->
    [one] ein Jahr
   *[other] { $n } Jahre
}
product-support-short = Ab { $from } gezählt, darf die Unterstützung frühestens am { $earliest } enden, außer das Produkt wird voraussichtlich kürzer benutzt. Dann gehört das in die Begründung.
product-support-enough = Ab { $from } gezählt, ist der { $earliest } das früheste erlaubte Ende.
product-support-until = Unterstützt bis
product-placings = In Verkehr gebracht in
product-placings-caption = Kreuzen Sie an, wo es verkauft wird, und sagen Sie, seit wann
product-placings-none = Niemand hat gesagt, wo dieses Produkt verkauft wird. Eine Frühwarnung müsste die Mitgliedstaaten nennen.
product-placings-count = { $n ->
    [one] Ein Mitgliedstaat
   *[other] { $n } Mitgliedstaaten
}
product-all-member-states = Alle 27 Mitgliedstaaten
product-single-member-states = Staaten einzeln wählen
product-member-state = Mitgliedstaat
product-member-states = Mitgliedstaaten
product-placed-on = In Verkehr gebracht am
product-placed-on-in = In Verkehr gebracht in { $state } am
product-not-said = noch nicht angegeben
product-last-unit-open = es werden noch Einheiten in Verkehr gebracht, oder niemand hat es angegeben
product-contact-of-organisation = der der Organisation
product-new-title = Produkt anlegen
product-edit-title = { $name } ändern
product-edit-lede = Jetzt muss nur der Name da sein. Was fehlt, steht auf der Seite des Produkts, bis jemand es angibt.
product-add = Produkt anlegen
product-save = Speichern
product-cancel = Abbrechen
product-change = Angaben ändern
product-facts = Angaben
product-tabs = Teile dieses Produkts
product-tab-overview = Überblick
product-tab-advisories = Sicherheitshinweise
product-tab-trust = Trust-Seite
product-lede = { $releases ->
    [0] Keine getaggte Version ist erfasst.
    [one] Eine Version, { $market ->
        [0] nicht auf dem Markt.
       *[other] auf dem Markt.
    }
   *[other] { $releases } Versionen, { $market ->
        [0] keine auf dem Markt.
        [one] eine auf dem Markt.
       *[other] { $market } auf dem Markt.
    }
} { $missing ->
    [0] Keine Angabe fehlt.
    [one] Eine Angabe fehlt.
   *[other] { $missing } Angaben fehlen.
}
product-lede-support = Unterstützt bis { $month }.
product-missing = Fehlt
product-missing-nothing = nichts
product-missing-count = { $n ->
    [one] eine Angabe
   *[other] { $n } Angaben
}
product-missing-title = Was fehlt
product-missing-say = Angeben
product-missing-identification = Eine Typen-, Chargen- oder Seriennummer oder eine andere Kennzeichnung.
product-missing-intended-purpose = Die Zweckbestimmung, auf der die Risikobewertung beruht.
product-missing-annex-entry = Der Eintrag in Anhang III oder IV, der es wichtig oder kritisch macht.
product-missing-support-end = Das Ende des Unterstützungszeitraums.
product-missing-support-reason = Die Gründe für die Länge des Unterstützungszeitraums.
product-missing-member-states = Die Mitgliedstaaten, in denen es verkauft wird.
product-missing-placing-dates = Der Tag des Inverkehrbringens in einigen Mitgliedstaaten.
product-inbox-title = Noch nicht angesehen.
product-inbox-text = Ein Upload hat dieses Produkt angelegt. Ist es eines von Ihren, behalten Sie es und sagen Sie, was es ist; gibt es das schon, führen Sie es zusammen. Bis dahin kann es nicht auf die Trust-Seite. Seine Versionen werden überwacht wie alle anderen.
product-adopt = Als Produkt behalten
product-merge-label = Es ist dasselbe wie
product-merge-look = Ansehen, was das Zusammenführen tut
product-merge-title = Mit einem anderen Produkt zusammenführen
product-merge-lede = { $from } wird Teil von { $into }. Uploads unter dem Namen { $from } führen von da an zu { $into }. Das lässt sich nicht rückgängig machen.
product-merge-moves = { $n ->
    [one] Diese Version zieht mit ihren SBOMs und Befunden um:
   *[other] Diese { $n } Versionen ziehen mit ihren SBOMs und Befunden um:
}
product-merge-do = Zusammenführen
product-merged-notice = Dieser Eintrag wurde zusammengeführt. Seine Versionen stehen jetzt unter:
product-archive = Archivieren
product-archive-hint = Nimmt es aus den Listen. Seine Versionen bleiben überwacht, denn die Meldepflicht geht weiter.
product-archived-notice = Archiviert am { $at }. Es steht nicht mehr in den Listen; seine Versionen werden weiter überwacht.
product-bring-back = Zurückholen
product-variants = Varianten
product-variants-none = Keine Varianten. Legen Sie eine an, wenn unter diesem Namen Modelle mit eigener Kennzeichnung verkauft werden.
product-variants-count = { $n ->
    [one] Eine Variante
   *[other] { $n } Varianten
}
product-variant-add = Variante anlegen
product-variant-save = Variante anlegen
product-trust = Trust-Seite
product-trust-yes = Als sichtbar markiert.
product-trust-no = Nicht sichtbar.
product-trust-look = Ansehen, was öffentlich ist oder wäre

refusal-json-not-understood = Der JSON-Inhalt wurde nicht verstanden: { $why }.
refusal-field-one-line = Schreiben Sie „{ $field }“ in eine Zeile, ohne Steuerzeichen.
refusal-product-name-taken = Ein anderes Produkt heißt oder hieß „{ $name }“, und Uploads finden es unter diesem Namen. Wählen Sie einen anderen.
refusal-product-merged = Dieses Produkt wurde mit einem anderen zusammengeführt. Machen Sie dort weiter.
refusal-category-unknown = Die Kategorie ist default, important-class-1, important-class-2 oder critical.
refusal-annex-entry-unknown = Diesen Eintrag gibt es in Anhang III und IV nicht. Wählen Sie einen aus der Liste.
refusal-annex-entry-of-other-category = Dieser Eintrag gehört zu einer anderen Kategorie. Ändern Sie die Kategorie oder den Eintrag.
refusal-day-out-of-range = Geben Sie einen Tag zwischen { $first } und { $last } an.
refusal-placed-on-not-a-day = Der Tag für { $code } ist kein Tag. Schreiben Sie ihn als 2026-11-23.
refusal-member-state-unknown = „{ $code }“ ist kein Mitgliedstaat der Union. Verwenden Sie seinen Code aus zwei Buchstaben.
refusal-member-state-twice = Ein Mitgliedstaat steht zweimal da. Nennen Sie jeden einmal.
refusal-merge-only-inbox = Nur ein Produkt, das noch niemand angesehen hat, lässt sich zusammenführen, und nur mit einem anderen, das noch besteht.
refusal-merge-version-in-both = Version { $version } gibt es in beiden Produkten. Benennen Sie sie in einem davon zuerst um.
refusal-merge-frozen = Version { $version } ist eingefroren und kann deshalb nicht umziehen. Behalten Sie dieses Produkt als eigenes.
refusal-archive-published = Dieses Produkt steht auf der Trust-Seite. Nehmen Sie es dort zuerst herunter.
refusal-publish-inbox = Dieses Produkt hat noch niemand angesehen. Behalten Sie es zuerst als Produkt, dann veröffentlichen Sie es.
refusal-publish-archived = Dieses Produkt ist archiviert. Holen Sie es zuerst zurück, dann veröffentlichen Sie es.
refusal-variants-too-many = Ein Produkt hat hier höchstens { $max } Varianten.
refusal-variant-exists = Es gibt schon eine Variante „{ $name }“.
