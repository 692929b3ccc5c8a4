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

span-under-a-minute = weniger als 1 min
span-minutes = { $n } min
span-hours = { $n } h
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
trouble-410 = Dieser Link gilt nicht mehr
trouble-413 = Zu groß
trouble-429 = Zu viele Versuche
trouble-next-4 = Gehen Sie zurück, ändern Sie, was der Satz nennt, und senden Sie es noch einmal.
trouble-next-5 = Diese Anfrage hat nichts verändert. Geschieht es wieder, nennen Sie den Zeitpunkt unten denen, die diesen Server betreiben.
trouble-next-400 = Prüfen Sie die Adresse, oder öffnen Sie die Seite neu und beginnen Sie dort.
trouble-next-401 = Danach können Sie diese Adresse wieder öffnen.
trouble-next-403 = Nichts wurde verändert. Rollen vergibt die Administration unter Einstellungen, Personen und Rollen.
trouble-next-404 = Prüfen Sie die Adresse auf Tippfehler. Was hier war, kann gelöscht oder zusammengeführt sein; beginnen Sie auf der Startseite oder mit der Suche.
trouble-next-405 = Nichts wurde verändert. Öffnen Sie die Seite im Browser und nutzen Sie, was sie anbietet.
trouble-next-409 = Nichts wurde verändert. Laden Sie die Seite neu, um den jetzigen Stand zu sehen.
trouble-next-410 = Nichts wurde verändert.
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
refusal-token-lacks-scope = Diesem Token fehlt der Bereich { $scope }. Erstellen Sie unter Einstellungen → API-Token eines, das ihn hat.
refusal-token-may-not = Das darf kein Token, oder keines für ein einzelnes Produkt. Melden Sie sich als Person an, oder nehmen Sie ein Token für alle Produkte.
refusal-forbidden = Ihre Rolle erlaubt das nicht. Wenden Sie sich an die Administration Ihrer Organisation.
refusal-method-not-allowed = Diese Adresse nimmt Anfragen dieser Art nicht an.
refusal-cross-origin = Diese Anfrage kam von einer anderen Website, deshalb wurde nichts getan. Öffnen Sie die Seite hier und versuchen Sie es noch einmal.
refusal-body-too-large = Das Gesendete ist größer, als diese Adresse annimmt.
refusal-body-too-slow = Das Gesendete kam zu langsam an. Es wurde nichts gespeichert; senden Sie es über eine bessere Verbindung noch einmal.
refusal-form-unreadable = Das Formular konnte nicht gelesen werden. Laden Sie die Seite neu und senden Sie es noch einmal.
refusal-form-too-many-fields = Das Formular hat mehr Felder, als diese Adresse annimmt.
refusal-field-required = Füllen Sie „{ $field }“ aus.
refusal-field-too-long = „{ $field }“ ist länger als { $max } Zeichen.
refusal-field-not-a-day = „{ $field }“ ist kein Tag. Schreiben Sie ihn als 2026-11-23.
refusal-field-not-an-instant = „{ $field }“ ist kein Zeitpunkt. Schreiben Sie ihn als 2026-11-23 10:00 in der Zeitzone, die daneben steht, oder mit Abstand zu UTC als 2026-11-23T09:00Z.
refusal-when-twice = An diesem Tag wurden die Uhren in { $zone } zurückgestellt, { $typed } gab es zweimal. Schreiben Sie { $first } (das ist { $first_utc }) oder { $second } (das ist { $second_utc }).
refusal-when-missing = An diesem Tag wurden die Uhren in { $zone } vorgestellt, { $typed } gab es nicht. Schreiben Sie { $first } (das ist { $first_utc }) oder { $second } (das ist { $second_utc }).
when-hint = In { $zone }, als 2026-11-23 10:00; oder mit Abstand zu UTC, als 2026-11-23T09:00Z.
when-utc = = { $utc }
form-wrong = { $n ->
    [one] { $n } Angabe ist zu berichtigen. Nichts wurde festgehalten.
   *[other] { $n } Angaben sind zu berichtigen. Nichts wurde festgehalten.
}
form-file-again = Wählen Sie die Datei noch einmal: von selbst schickt der Browser sie nicht wieder mit.
refusal-failure = Es liegt nicht an Ihnen. Der Fehler steht im Protokoll des Servers; versuchen Sie es gleich noch einmal.
refusal-database-busy = Die Datenbank antwortet gerade nicht oder ist überlastet. Warten Sie eine Minute, sehen Sie nach, ob Ihre Änderung da ist, und senden Sie sie sonst noch einmal.
refusal-file-unusable = Die Datei zu diesem Eintrag fehlt im Datenverzeichnis des Servers oder ist beschädigt. Der Eintrag selbst ist sicher. Sagen Sie es der Person, die diesen Server betreibt: Das Protokoll des Servers nennt die Datei, und eine Sicherung des Datenverzeichnisses enthält sie.

layout-skip = Zum Inhalt springen
layout-nav = Hauptmenü
layout-profile = Ihr Profil
layout-sign-out = Abmelden
layout-demo = Demo: Die Firma, ihre Produkte und deren Schwachstellen sind erfunden. Nichts davon geht an irgendjemanden.
layout-search = Suchen
layout-search-hint = Eine CVE, ein Produkt, ein Paket …
layout-freshness = Worauf das beruht:
layout-not-legal-advice = Bonafide hilft, das Gesetz einzuhalten; es ersetzt keine Rechtsberatung.
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

# A form sent after its session had ended
kept-title = Sie wurden inzwischen abgemeldet
kept-lede = Nichts von dem, was Sie eingegeben haben, ist verloren: Es steht auf dieser Seite, und nur hier.
kept-sign-in = In einem neuen Tab anmelden
kept-come-back = Kehren Sie in diesen Tab zurück und senden Sie es noch einmal.
kept-files = Eine Datei lässt sich nicht aufbewahren: Sie fehlt, wenn Sie dies erneut senden. Gehen Sie im Browser zurück, um sie neu zu wählen.
kept-send = Noch einmal senden
kept-nowhere = Wenn Sie diesen Tab schließen, geht das Eingegebene verloren.
