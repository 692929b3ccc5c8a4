# Wörter, die jeder Raum braucht.
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

span-under-a-minute = unter einer Minute
span-minutes = { $n } Min.
span-hours = { $n } Std.
span-days = { $n ->
    [one] { $n } Tag
   *[other] { $n } Tage
}

trouble-4 = Das ging nicht
trouble-5 = Auf unserer Seite ging etwas schief
trouble-400 = Diese Anfrage war nicht lesbar
trouble-401 = Melden Sie sich zuerst an
trouble-403 = Das dürfen Sie nicht
trouble-404 = Hier ist nichts
trouble-405 = Diese Adresse antwortet anders
trouble-409 = Inzwischen hat sich etwas geändert
trouble-413 = Zu groß
trouble-429 = Zu viele Versuche
trouble-next-4 = Gehen Sie zurück, ändern Sie, was der Satz nennt, und senden Sie es noch einmal.
trouble-next-5 = Diese Anfrage hat nichts verändert. Geschieht es wieder, nennen Sie den Zeitpunkt unten denen, die diesen Server betreiben.
trouble-next-400 = Prüfen Sie die Adresse, oder öffnen Sie die Seite neu und beginnen Sie dort.
trouble-next-401 = Danach können Sie diese Adresse wieder öffnen.
trouble-next-403 = Nichts wurde verändert. Die Rollen vergibt die Administration unter Einstellungen, Personen.
trouble-next-404 = Prüfen Sie die Adresse auf Tippfehler. Was hier war, kann gelöscht oder zusammengeführt sein; beginnen Sie auf der Startseite oder mit der Suche.
trouble-next-405 = Nichts wurde verändert. Öffnen Sie die Seite im Browser und nutzen Sie, was sie anbietet.
trouble-next-409 = Nichts wurde verändert. Laden Sie die Seite neu, um den jetzigen Stand zu sehen.
trouble-next-413 = Nichts wurde verändert. Senden Sie weniger auf einmal oder eine kleinere Datei.
trouble-next-429 = Warten Sie, und versuchen Sie es dann noch einmal.
trouble-what = Status { $status }, { $at }
trouble-trust = Zur Seite von { $name }
trouble-sign-in = Anmelden
trouble-home = Zur Startseite

refusal-request-unreadable = Die Adresse oder das, was mit ihr kam, war nicht lesbar.
refusal-kind-not-taken = Diese Adresse nimmt Inhalte dieser Art nicht an.
refusal-not-found = Unter dieser Adresse gibt es nichts, oder Sie dürfen es nicht sehen.
refusal-unauthenticated = Melden Sie sich an, oder senden Sie ein gültiges API-Token.
refusal-forbidden = Ihre Rolle erlaubt das nicht. Fragen Sie eine Administratorin Ihrer Organisation.
refusal-method-not-allowed = Diese Adresse nimmt Anfragen dieser Art nicht an.
refusal-cross-origin = Diese Anfrage kam von einer anderen Website, deshalb wurde nichts getan. Öffnen Sie die Seite hier und versuchen Sie es noch einmal.
refusal-body-too-large = Das Gesendete ist größer, als diese Adresse annimmt.
refusal-form-unreadable = Das Formular konnte nicht gelesen werden. Laden Sie die Seite neu und senden Sie es noch einmal.
refusal-form-too-many-fields = Das Formular hat mehr Felder, als diese Adresse annimmt.
refusal-field-required = Füllen Sie „{ $field }“ aus.
refusal-field-too-long = „{ $field }“ ist länger als { $max } Zeichen.
refusal-field-not-a-day = „{ $field }“ ist kein Tag. Schreiben Sie ihn als 2026-11-23.
refusal-field-not-an-instant = „{ $field }“ ist kein Zeitpunkt. Schreiben Sie ihn als 2026-11-23T09:00Z.
refusal-failure = Es liegt nicht an Ihnen. Der Fehler steht im Protokoll des Servers; versuchen Sie es gleich noch einmal.

layout-skip = Zum Inhalt springen
layout-nav = Hauptmenü
layout-profile = Ihr Profil
layout-sign-out = Abmelden
layout-demo = Demo: Die Firma, ihre Produkte und deren Schwachstellen sind erfunden. Nichts hiervon geht an irgendjemanden.
layout-search = Suchen
layout-search-hint = Eine CVE, ein Produkt, ein Paket …
layout-freshness = Worauf das beruht:
layout-not-legal-advice = Bonafide hilft, das Gesetz einzuhalten; es erteilt keinen Rechtsrat.
nav-home = Übersicht
nav-triage = Triage
nav-cases = Fälle
nav-products = Produkte
nav-trust-center = Trust Center
nav-journal = Journal
nav-settings = Einstellungen
theme-light = Hell
theme-dark = Dunkel
theme-system = Wie das System
role-admin = Administration
role-psirt = PSIRT
role-compliance = Compliance
role-developer = Entwicklung
role-trust = Trust
role-auditor = Prüfung
