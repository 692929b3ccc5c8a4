# Benachrichtigungen in Mails. Die erste Zeile ist die Tatsache; Link und Grund folgen.
notice-watch-item-opened-subject = { $about ->
    [incident] Möglicher schwerwiegender Sicherheitsvorfall: { $vulnerability }: jetzt bewerten
    [signal] Signal einer Ausnutzung: { $vulnerability }: jetzt bewerten
   *[other] Ausgenutzte Schwachstelle { $vulnerability } steckt in Ihren Produkten: jetzt bewerten
}
notice-watch-item-opened-text = { $about ->
    [incident] { $vulnerability }: Ein möglicher schwerwiegender Sicherheitsvorfall wurde gemeldet (Quelle: { $source }).
    Jemand muss ihn sofort bewerten: Ist es ein schwerwiegender Sicherheitsvorfall, der sich auf die Sicherheit Ihres Produkts auswirkt, laufen 24 Stunden ab dem Moment, in dem Sie es wissen (Artikel 14 Absätze 3 und 4).
    [signal] { $vulnerability }: Ein Signal einer Ausnutzung ging ein (Quelle: { $source }). Bisher ist keine Ihrer Versionen bekannt, in der sie steckt.
    Ein Signal ist noch keine Kenntnis im Sinne von Artikel 14. Aber jemand muss es sofort bewerten: Wird die Schwachstelle in Ihrem Produkt ausgenutzt, laufen 24 Stunden ab dem Moment, in dem Sie es wissen.
   *[other] { $vulnerability } wird irgendwo ausgenutzt (Quelle: { $source }) und steckt in Ihren Produkten.
    Produkte: { $products }
    Versionen: { $releases }
    Ein Eintrag in einem Katalog ist noch keine Kenntnis im Sinne von Artikel 14. Aber jemand muss es sofort bewerten: Wird sie in Ihrem Produkt ausgenutzt, laufen 24 Stunden ab dem Moment, in dem Sie es wissen.
}
notice-watch-item-waiting-subject = Seit { $minutes } Minuten hat niemand { $vulnerability } bewertet
notice-watch-item-waiting-text = { $about ->
    [incident] { $vulnerability }: Ein möglicher schwerwiegender Sicherheitsvorfall (Quelle: { $source }) wartet seit { $minutes } Minuten auf eine Bewertung.
    [signal] { $vulnerability }: Ein Signal einer Ausnutzung (Quelle: { $source }) wartet seit { $minutes } Minuten auf eine Bewertung.
   *[other] { $vulnerability } wird irgendwo ausgenutzt (Quelle: { $source }), steckt in Ihren Produkten und wartet seit { $minutes } Minuten auf eine Bewertung.
    Produkte: { $products }
    Versionen: { $releases }
}
notice-case-opened-subject = Fall nach Artikel 14 eröffnet: { $vulnerability }, erste Meldung fällig { $due }
notice-case-opened-text = Für { $vulnerability } in { $products } wurde ein Meldefall eröffnet. Die erste Meldung ist fällig: { $due }.
notice-deadline-approaching-subject = Noch { $left }: { $stage } zu { $vulnerability } fällig { $due }
notice-deadline-approaching-text = { $stage } zu { $vulnerability }: fällig { $due }. Es bleiben { $left }.
notice-deadline-reached-subject = Überfällig: { $stage } zu { $vulnerability }, fällig { $due }, nicht als eingereicht vermerkt
notice-deadline-reached-text = { $stage } zu { $vulnerability }: war fällig { $due }, und nichts ist als eingereicht vermerkt. Wurde eingereicht, vermerken Sie es; wenn nicht, reichen Sie jetzt ein und begründen Sie die Verspätung.
notice-deadline-late-subject = Dieser Server war aus: { $stage } zu { $vulnerability } war fällig { $due }
notice-deadline-late-text = Diese Nachricht kommt zu spät, weil der Server nicht lief. { $stage } zu { $vulnerability }: war fällig { $due }. Prüfen Sie sofort, ob eingereicht wurde.
notice-watch-item-undecided-subject = { $vulnerability } wird bewertet, ist aber seit { $minutes } Minuten nicht entschieden
notice-watch-item-undecided-text = Jemand hat begonnen, { $vulnerability } zu bewerten (Quelle: { $source }), aber { $minutes } Minuten nach dem ersten Hinweis ist nichts entschieden: Kenntnis, beobachten bis, oder nicht meldepflichtig.
    Produkte: { $products }
    Versionen: { $releases }
notice-case-grew-subject = Neues im Fall { $vulnerability }
notice-case-grew-text = Es gibt Neues im Fall { $vulnerability } (Quelle: { $source }). Neu betroffene Versionen: { $releases }. Dadurch wurde nichts entschieden; prüfen Sie, ob das Eingereichte noch stimmt.
notice-channel-disabled-subject = Der Kanal { $channel } wurde abgeschaltet
notice-channel-disabled-text = Der Empfänger des Kanals { $channel } hat geantwortet, dass es ihn nicht mehr gibt (410). Dorthin wird nichts mehr gesendet, bis jemand ihn wieder einschaltet.
notice-notice-test-subject = Test: Benachrichtigungen erreichen Sie
notice-notice-test-text = Dies ist ein Test. Es ist nichts geschehen.
notice-unknown-subject = Etwas braucht Ihre Aufmerksamkeit ({ $kind })
notice-unknown-text = Etwas braucht Ihre Aufmerksamkeit ({ $kind }). Folgen Sie dem Link.
notice-stage-early-warning = Frühwarnung
notice-stage-notification = Meldung
notice-stage-final-report = Abschlussbericht
notice-exercise-mark = [ÜBUNG]
notice-exercise-line = Dies ist eine Übung. Es ist nichts wirklich geschehen, und nichts muss eingereicht werden.
notice-why-first = Sie erhalten dies, weil Sie bei { $organisation } die Rolle { $role } haben und zuerst benachrichtigt werden.
notice-why-up = Sie erhalten dies, weil seit { DATIVE($waited) } niemand bestätigt hat und Sie bei { $organisation } die Rolle { $role } haben.
notice-why-test = Sie erhalten dies, weil jemand bei { $organisation } einen Test angefordert hat.

# Einstellungen
notices-title = Benachrichtigungen
notices-crumbs = Wo Sie sind
notices-lede = Wer erfährt, wenn etwas Ausgenutztes in Ihren Produkten steckt oder eine Frist näher rückt.
notices-to-log = Was an wen gesendet wurde
notices-unreached = { $n ->
    [one] Zu einer Benachrichtigung wurde seit { $at } niemand erreicht: Nichts von dem, was gesendet wurde, wurde angenommen.
   *[other] Zu { $n } Benachrichtigungen wurde niemand erreicht, zur ältesten seit { $at }: Nichts von dem, was gesendet wurde, wurde angenommen.
}
ladder-title = Wer benachrichtigt wird, und nach welcher Zeit
ladder-explained = Jede Stufe wird benachrichtigt, wenn bis dahin niemand bestätigt hat. Dass eine Mail gesendet wurde, hält nichts auf; das kann nur ein Mensch. Eine Stufe, auf der niemand steht oder von der kein Mailserver und kein Kanal etwas annimmt, wird sofort übersprungen.
ladder-nobody = Diese Rollen hat niemand, obwohl Stufen sie nennen:
ladder-first = Sofort
ladder-rung = Stufe { $n }
ladder-add = Eine weitere Stufe (leer lassen für keine)
ladder-minutes = Minuten ohne Bestätigung
ladder-channels = Alle Kanäle unten
ladder-repeat = Danach die letzte Stufe erneut benachrichtigen, alle so viele Minuten
ladder-repeat-hint = 0 heißt: nie wieder. Änderungen gelten für neue Benachrichtigungen und für Stufen, die noch nicht warten.
ladder-save = Stufen speichern
channels-title = Kanäle
channels-none = Noch kein Kanal. Richten Sie neben Mail mindestens einen ein: Zwei Wege fallen selten zugleich aus.
channels-caption = Orte, die neben Menschen benachrichtigt werden
channels-name = Name
channels-kind = Art
channels-kind-webhook = Webhook
channels-host = Host
channels-state = Zustand
channels-actions = Aktionen
channel-state-active = wird benachrichtigt
channel-state-gone = abgeschaltet: Der Empfänger hat geantwortet, dass es ihn nicht mehr gibt (410)
channel-state-switched-off = abgeschaltet
channel-test = Test senden
channel-switch-off = Abschalten
channel-switch-on = Einschalten
channel-remove = Entfernen
webhook-add-title = Webhook hinzufügen
webhook-name = Name
webhook-url = Adresse
webhook-url-hint = https, aus dem Internet erreichbar. Er wird nach Standard Webhooks 1.0 signiert und trägt einen Link, aber keine Einzelheit der Schwachstelle.
webhook-add = Webhook hinzufügen
webhook-made-title = Webhook hinzugefügt
webhook-made-lede = { $name } wird ab jetzt benachrichtigt.
webhook-secret-once = Das ist sein Geheimnis. Geben Sie es jetzt dem Empfänger: Es wird nicht noch einmal gezeigt.
webhook-how = Der Empfänger prüft damit den Header webhook-signature, wie Standard Webhooks 1.0 es beschreibt; dafür gibt es Bibliotheken in den meisten Sprachen. Der Header webhook-id bleibt gleich, wenn etwas zweimal gesendet wird.
webhook-made-back = Zurück zu den Benachrichtigungen
notices-mail-title = Mail
notices-mail-smtp = Mails gehen über den Mailserver aus der Konfiguration hinaus.
notices-mail-directory = Kein Mailserver ist konfiguriert: Mails werden als Dateien in den Ordner „mail“ des Datenverzeichnisses geschrieben, und niemand erhält sie.
notices-mail-captured = Mails bleiben im Arbeitsspeicher.
notices-test-mail = Mir eine Testmail senden
deliveries-title = Was an wen gesendet wurde
deliveries-none = Noch nichts.
deliveries-count-queued = { $n } wartend
deliveries-count-sent = { $n } gesendet
deliveries-count-failed = { $n } aufgegeben
deliveries-count-acknowledged = { $n } nicht mehr nötig
deliveries-caption = { $range } von { $total }, neueste zuerst
deliveries-when = Wann
deliveries-what = Was
deliveries-to = An
deliveries-state = Zustand
deliveries-answer = Letzte Antwort und Kennung
deliveries-no-answer = Noch wurde nichts geantwortet.
deliveries-channel = Kanal
delivery-sent = gesendet
delivery-failed = aufgegeben
delivery-acknowledged = nicht mehr nötig: bestätigt
delivery-queued = wartet
delivery-trying = { $n ->
    [one] ein Versuch gescheitert, es geht weiter
   *[other] { $n } Versuche gescheitert, es geht weiter
}
delivery-next = nächster { $at }
delivery-replay = Erneut senden
deliveries-replay-explained = Erneutes Senden behält die Kennung, damit der Empfänger erkennt, dass es dasselbe ist.
deliveries-newer = Neuere
deliveries-older = Ältere

flash-ladder-saved = Die Stufen sind gespeichert.
flash-notice-on-its-way = Es ist unterwegs. Die Tabelle sagt, was daraus wurde.
flash-channel-changed = Der Kanal ist umgeschaltet.
flash-channel-removed = Der Kanal ist entfernt.

refusal-ladder-rungs = Eine Leiter hat eine bis sechs Stufen.
refusal-ladder-first-not-at-once = Die erste Stufe wird sofort benachrichtigt.
refusal-ladder-not-rising = Jede Stufe braucht mehr Minuten als die vorige.
refusal-ladder-minutes = Schreiben Sie Minuten als ganze Zahlen bis 10080 (eine Woche); wiederholt wird höchstens alle 15 Minuten.
refusal-ladder-rung-empty = Jede Stufe braucht eine Rolle oder die Kanäle.
refusal-ladder-role = Eine der Rollen ist unbekannt.
refusal-webhook-url = Schreiben Sie eine ganze Adresse, die mit https:// beginnt und keinen Benutzer und kein Passwort trägt.
refusal-webhook-refused = { $host } darf von hier nicht erreicht werden. Erlaubt sind https-Adressen im Internet; andere nennt der Betreiber unter egress.allow_private in der Konfiguration.
refusal-channels-too-many = Es gibt schon { $max } Kanäle. Entfernen Sie zuerst einen.
refusal-channel-state = Ein Kanal wird ein- oder abgeschaltet, sonst nichts.
refusal-test-mail-needs-a-person = Eine Testmail geht an die Person, die sie anfordert; ein Token hat keine Mailadresse.
