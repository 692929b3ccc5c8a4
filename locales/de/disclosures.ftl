# Was wir über Schwachstellen veröffentlichen.
publications-title = Sicherheitshinweise
publications-lede = { $published ->
    [0] Über dieses Produkt ist nichts veröffentlicht{ $total ->
        [0] .
        [one] ; ein Sicherheitshinweis ist ein Entwurf oder wurde zurückgezogen.
       *[other] ; { $total } Sicherheitshinweise sind Entwürfe oder wurden zurückgezogen.
    }
    [one] Ein Sicherheitshinweis ist veröffentlicht.
   *[other] { $published } Sicherheitshinweise sind veröffentlicht.
}
publications-none = Noch ist kein Sicherheitshinweis geschrieben. Ist eine Schwachstelle behoben, müssen die Nutzer erfahren, was es ist und was zu tun ist.
publications-count = { $n ->
    [one] Ein Sicherheitshinweis
   *[other] { $n } Sicherheitshinweise
}
publication-new = Sicherheitshinweis schreiben
publication-edit = Entwurf ändern
publication-edit-lede = Das ist ein Entwurf: Niemand außerhalb sieht ihn, bis jemand ihn veröffentlicht.
publication-save = Entwurf speichern
publication-state = Zustand
publication-state-draft = Entwurf
publication-state-published = veröffentlicht
publication-state-withdrawn = zurückgezogen
publication-is-draft = Ein Entwurf. Niemand außerhalb kann ihn sehen.
publication-is-published = Veröffentlicht. Alle können ihn auf der Trust-Seite lesen.
publication-is-withdrawn = Zurückgezogen. Die Trust-Seite zeigt Titel, Tag und Grund.
publication-product-hidden = Veröffentlicht, aber das Produkt oder die Trust-Seite als Ganze ist nicht öffentlich, deshalb kann ihn noch niemand sehen.
publication-product = Produkt
publication-published-at = Veröffentlicht
publication-withdrawn-at = Zurückgezogen
publication-field-title = Titel
publication-field-text = Text
publication-field-severity = Schweregrad
publication-field-cves = CVE-Kennungen
publication-field-releases = Betroffene Versionen
publication-field-reason = Warum er zurückgezogen wird
publication-hint-title = Was es ist und welches Produkt, in einer Zeile.
publication-hint-text = Reiner Text: was ein Angreifer tun kann, wer betroffen ist, was Nutzer tun sollen, ab welcher Version es behoben ist.
publication-hint-severity = In Ihren Worten, zum Beispiel: hoch (CVSS 8,1).
publication-hint-cves = Durch Kommas getrennt. Leer lassen, wenn es keine gibt.
publication-hint-releases = Öffentlich genannt werden können nur getaggte Versionen, die auf dem Markt sind oder waren.
publication-hint-reason = Das werden alle lesen.
publication-no-releases = Es gibt keine Version, die genannt werden könnte.
publication-no-cves = keine
publication-release-hidden = (wird nicht öffentlich genannt)
publication-publish-look = Ansehen, was Veröffentlichen zeigt
publication-publish-title = Diesen Sicherheitshinweis veröffentlichen
publication-publish-lede = Alle im Internet werden sofort und ohne Konto das Folgende sehen.
publication-publish-hidden = Das Produkt oder die Trust-Seite als Ganze ist nicht öffentlich, deshalb sieht das niemand, bis sie es ist. Von da an sehen alle das Folgende.
publication-publish-shows = Danach lässt er sich nicht mehr ändern, nur zurückziehen, mit einem Grund, der öffentlich bleibt.
publication-publish-understood = Ich habe den Text oben gelesen, und er darf öffentlich werden
publication-publish-do = Veröffentlichen
publication-withdraw-look = Zurückziehen
publication-withdraw-title = Diesen Sicherheitshinweis zurückziehen
publication-withdraw-lede = Der Text verschwindet von der Trust-Seite. Titel, Tag und Ihr Grund bleiben dort, damit Leserinnen und Leser wissen, dass er zurückgenommen wurde.
publication-withdraw-do = Zurückziehen
publication-withdrawn-because = Zurückgezogen, weil: { $reason }

refusal-publication-on-inbox = Dieses Produkt hat noch niemand angesehen. Behalten Sie es zuerst als Produkt, dann schreiben Sie darüber.
refusal-publication-without-text = Dieser Entwurf hat keinen Text. Schreiben Sie, was Nutzer wissen und tun sollen.
refusal-publication-not-draft = Dieser Sicherheitshinweis ist veröffentlicht und wird nicht mehr geändert. Ziehen Sie ihn zurück und schreiben Sie einen neuen.
refusal-publication-not-published = Nur ein veröffentlichter Sicherheitshinweis lässt sich zurückziehen.
refusal-publication-release-unknown = Eine dieser Versionen kann nicht genannt werden: Sie gehört nicht zu diesem Produkt, ist nicht getaggt oder noch nicht auf dem Markt.
refusal-publication-too-much = Ein Sicherheitshinweis nennt höchstens 100 CVE-Kennungen und 500 Versionen.
refusal-cve-unreadable = „{ $cve }“ ist keine CVE-Kennung. Schreiben Sie sie als CVE-2026-12345.
refusal-publish-not-confirmed = Kreuzen Sie an, dass dies öffentlich werden darf.
