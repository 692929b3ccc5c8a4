# Organisationen, Personen, Sitzungen, Token.

account-crumbs = Sie sind hier
account-save = Speichern
account-copy = Kopieren
account-copied = {" "}· kopiert
account-choose = Auswählen …
account-action = Aktion
account-field-name = Name
account-field-email = E-Mail
account-field-password = Passwort
account-field-new-password = Neues Passwort
account-field-current = Bisheriges Passwort
account-field-organisation = Name der Organisation
account-field-address = Postanschrift
account-field-country = Land der Hauptniederlassung
account-field-size = Größe
account-field-security-contact = Kontakt für Sicherheitsfragen
account-field-report-address = Wo Schwachstellen gemeldet werden
account-field-website = Website
account-field-zone = Zeitzone
account-field-role = Rolle
account-field-lang = Sprache
account-field-theme = Darstellung
account-field-product = Nur für dieses Produkt
account-field-expires-on = Letzter Tag

flash-saved = Gespeichert.
flash-user-disabled = Gesperrt. Alle Sitzungen dieser Person sind beendet, und die von ihr angelegten Token gelten nicht mehr.
flash-token-revoked = Das Token gilt nicht mehr.
flash-password-changed = Das Passwort ist geändert. Alle anderen Sitzungen sind beendet.
flash-session-ended = Dort abgemeldet.

setup-title = Bonafide einrichten
setup-lede = Sechs Felder, dann sind Sie angemeldet. Alles andere hat Zeit.
setup-you = Sie, die erste Administratorin oder der erste Administrator
setup-organisation = Ihre Organisation, der Hersteller
setup-name-hint = Wie Kolleginnen, Kollegen und das Journal Sie kennen.
setup-do = Einrichten und anmelden

password-hint = Mindestens { $min } Zeichen. Mehrere Wörter, die nichts miteinander zu tun haben, ergeben ein gutes Passwort. Bekannte Wörter, einfache Zeichenreihen, Ihr eigener Name und der Ihrer Organisation genügen nicht. Einfügen ist erlaubt.

sign-in-title = Anmelden
sign-in-do = Anmelden
sign-in-needs-setup = Diese Instanz ist noch nicht eingerichtet. Öffnen Sie den Link, den der Server beim Start ausgegeben hat; ein Neustart gibt einen neuen aus.
sign-in-forgot = Passwort vergessen?
sign-in-forgot-text = Wer diesen Server betreibt, kann Ihnen einen Link geben, mit dem Sie ein neues setzen. Der Befehl dafür:

invitation-title = Einladung
invitation-join = { $organisation } beitreten
invitation-lede = { $by } lädt Sie ein, hier mit der Rolle { $role } zu arbeiten.
invitation-name-hint = Wie Kolleginnen, Kollegen und das Journal Sie kennen werden. Nicht nötig, wenn Sie hier schon ein Konto haben.
invitation-password-hint = Wählen Sie eines mit mindestens { $min } Zeichen. Wenn Sie hier mit dieser Adresse schon ein Konto haben, nehmen Sie dessen Passwort.
invitation-do = Beitreten
link-works-until = Dieser Link gilt einmal, bis { $at }.

reset-title = Neues Passwort setzen
reset-lede = Für { $email }. Dabei enden alle Ihre Sitzungen.
reset-do = Passwort setzen

settings-title = Einstellungen
settings-profile-hint = Name, Sprache, Zeitzone, Passwort und wo Sie angemeldet sind.
settings-organisation-hint = Wer Sie sind, wo Sie niedergelassen sind, wie man Sie erreicht.
settings-users-hint = Wer was darf, und Einladungen.
settings-tokens-hint = Für Builds und Skripte, mit dem, was dort einzufügen ist.
settings-notices = Benachrichtigungen
settings-notices-hint = Wer was auf welchem Weg erfährt und wer als Nächstes, wenn niemand antwortet.
settings-feeds = Datenquellen
settings-feeds-hint = Woher das Wissen über Schwachstellen kommt und wie frisch es ist.
settings-journal = Journal
settings-journal-hint = Wer wann was getan hat. Nichts darin lässt sich ändern.

organisation-title = Organisation
organisation-lede = Das ist der Hersteller, den Dokumente und öffentliche Seiten nennen.
organisation-name-hint = Der eingetragene Name, wie er in der Konformitätserklärung steht.
organisation-address-hint = Wie sie auf dem Produkt oder in seinen Unterlagen steht.
organisation-country = Land der Hauptniederlassung
organisation-country-hint = Wo hauptsächlich über die Cybersicherheit Ihrer Produkte entschieden wird. Davon hängt ab, welcher nationale Koordinator Ihre Meldungen erhält.
organisation-country-union = Mitgliedstaaten der Europäischen Union
organisation-country-elsewhere = Anderswo
organisation-size = Größe des Unternehmens
organisation-size-hint = Verbundene Unternehmen und Partnerunternehmen zählen mit. Kleinst- und Kleinunternehmen bleibt von den Geldbußen nur die für eine versäumte 24-Stunden-Frist erspart; die Pflicht selbst bleibt.
organisation-size-unsaid = Noch nicht angegeben
organisation-size-micro = Kleinst: weniger als 10 Personen und Umsatz oder Bilanzsumme bis 2 Mio. EUR
organisation-size-small = Klein: weniger als 50 Personen und Umsatz oder Bilanzsumme bis 10 Mio. EUR
organisation-size-medium = Mittel: weniger als 250 Personen und Umsatz bis 50 Mio. EUR oder Bilanzsumme bis 43 Mio. EUR
organisation-size-large = Groß: alles darüber
organisation-size-certainty = Schwellen der Empfehlung 2003/361/EG, nicht am amtlichen Text geprüft. Die Größe ändert sich erst nach zwei aufeinanderfolgenden Jahren darüber oder darunter.
organisation-security-contact-hint = Eine E-Mail-Adresse oder Webseite, über die man zu Sicherheitsfragen einen Menschen erreicht.
organisation-report-address-hint = Die E-Mail-Adresse oder Webseite für Meldungen über Schwachstellen, wie security.txt sie nennt. Leer: der Kontakt für Sicherheitsfragen.
organisation-zone-hint = Ein Name wie Europe/Berlin. Gilt für alle, die keine eigene Zone gewählt haben; Zeitpunkte stehen immer auch in UTC da.
organisation-slug = Ihre öffentliche Seite:

country-au = Australien
country-ca = Kanada
country-ch = Schweiz
country-cn = China
country-gb = Vereinigtes Königreich
country-il = Israel
country-in = Indien
country-is = Island
country-jp = Japan
country-kr = Südkorea
country-li = Liechtenstein
country-no = Norwegen
country-sg = Singapur
country-tr = Türkei
country-tw = Taiwan
country-us = Vereinigte Staaten

users-title = Personen und Rollen
users-lede = { $n ->
    [one] Eine Person hat oder hatte Zugang.
   *[other] { $n } Personen haben oder hatten Zugang.
}
users-caption = Personen dieser Organisation
users-you = (Sie)
users-last-seen = Zuletzt da
users-never-seen = nie
users-state = Zustand
users-role-of = Rolle von { $name }
users-role-change = Ändern
users-disabled = Gesperrt
users-disable = Sperren
users-enable = Wieder zulassen
users-disable-hint = Wer gesperrt wird, ist sofort abgemeldet, und die von dieser Person angelegten Token gelten nicht mehr.
users-invite = Jemanden einladen
users-invite-do = Einladen
users-link-title = Geben Sie der Person diesen Link.
users-link-text = Er gilt einmal und sieben Tage lang und wird nur jetzt gezeigt. Es ist kein Mailserver eingerichtet, deshalb wurde niemand angeschrieben.
users-invitations = Offene Einladungen
users-invited-by = Eingeladen von
users-works-until = Gilt bis
users-withdraw = Zurückziehen
users-roles = Was jede Rolle darf
role-admin-may = Alles, und als Einzige: Organisation, Personen, Token, Benachrichtigungen.
role-psirt-may = Befunde bewerten, über ausgenutzte Schwachstellen und schwerwiegende Sicherheitsvorfälle entscheiden, Meldungen abgeben, Datenquellen in Gang halten, das Journal lesen.
role-compliance-may = Produkte und Versionen pflegen, sie einfrieren, Meldungen ausfüllen und abgeben, das Journal lesen.
role-developer-may = Versionen pflegen, SBOMs hochladen, Befunde bewerten, Hinweise geben.
role-trust-may = Produkte pflegen und Dinge veröffentlichen.
role-auditor-may = Alles lesen, auch das Journal; nichts ändern.
role-token = Token

tokens-title = API-Token
tokens-lede = Mit einem Token handelt ein Build oder ein Skript hier: in seinen Grenzen und bis zu seinem letzten Tag.
tokens-new = Neues Token
tokens-name-hint = Wofür es ist: „gateway, GitHub“.
tokens-scopes = Was es darf
tokens-product-hint = Dann kann das Token sonst nichts berühren.
tokens-expires-hint = Ein Jahr, wenn Sie keinen anderen Tag wählen. Höchstens drei Jahre.
tokens-create = Token erzeugen
tokens-issued-title = Kopieren Sie es jetzt.
tokens-issued-text = Es wird nur dieses eine Mal gezeigt; wir behalten nichts, woraus es sich wieder lesen ließe. Legen Sie es als BONAFIDE_TOKEN in den geheimen Variablen Ihres Builds ab.
tokens-another = Zurück zu den Token
tokens-list = Token
tokens-caption = { $n } von { $total } gezeigt, neueste zuerst
tokens-begins = Beginnt mit
tokens-only = nur
tokens-last-used = Zuletzt benutzt
tokens-never-used = nie
tokens-revoked = Widerrufen
tokens-expired = Abgelaufen
tokens-revoke = Widerrufen
tokens-connect = Einen Build anbinden
tokens-connect-text = Was schon im Einsatz ist, funktioniert unverändert: nur Adresse und Token sind andere. Setzen Sie den Namen Ihres Produkts an die Stelle von my-product.
scope-bom-upload = SBOMs hochladen
scope-release-create = Versionen anlegen
scope-products-read = Produkte lesen
scope-products-write = Produkte anlegen und ändern
scope-findings-read = Befunde lesen
scope-vex-write = Befunde bewerten
scope-signals-write = Hinweise auf Ausnutzung geben
scope-cases-read = Fälle lesen
scope-journal-read = das Journal lesen
snippet-github = GitHub Actions (gh-upload-sbom)
snippet-gitlab = GitLab CI
snippet-jenkins = Jenkins (Dependency-Track-Plugin)
snippet-maven = Maven (dependency-track-maven-plugin)
snippet-cdxgen = cdxgen
snippet-curl = curl
snippet-bonafide = bonafide auf der Kommandozeile

profile-title = Ihr Profil
profile-me = Sie
profile-name-hint = Neue Einträge im Journal tragen den neuen Namen; alte behalten den alten.
profile-zone-hint = Ein Name wie Europe/Berlin; leer: die der Organisation. Zeitpunkte stehen immer auch in UTC da.
profile-password = Passwort
profile-password-text = Wenn Sie es ändern, werden Sie überall sonst abgemeldet.
profile-password-do = Passwort ändern
profile-places = Ihre Organisationen
profile-here = (hier sind Sie)
profile-switch = Dorthin wechseln
profile-sessions = Wo Sie angemeldet sind
profile-sessions-caption = { $n ->
    [one] Eine Sitzung
   *[other] { $n } Sitzungen
}, zuletzt benutzte zuerst
profile-browser = Browser
profile-address = Adresse
profile-since = Seit
profile-unknown = unbekannt
profile-this = diese hier
profile-end = Dort abmelden
profile-end-others = Überall sonst abmelden
profile-end-all = Überall abmelden

refusal-password-too-short = Das Passwort hat weniger als { $min } Zeichen. Ein paar Wörter hintereinander ergeben ein langes.
refusal-password-too-long = Das Passwort ist länger als { $max } Zeichen.
refusal-password-guessable = Dieses Passwort ist leicht zu erraten: Es besteht aus bekannten Wörtern, Ihrem eigenen Namen oder Ihrer Adresse oder einer einfachen Reihe von Zeichen. Wählen Sie Wörter, die nichts miteinander zu tun haben.
refusal-password-wrong = Das ist nicht Ihr bisheriges Passwort.
refusal-sign-in-failed = Diese Adresse und dieses Passwort passen nicht zusammen.
refusal-too-many-attempts = { $minutes ->
    [one] Das waren zu viele Versuche. Versuchen Sie es in einer Minute noch einmal.
   *[other] Das waren zu viele Versuche. Versuchen Sie es in { $minutes } Minuten noch einmal.
}
refusal-setup-link-gone = Dieser Link gilt nicht mehr: Er ist älter als 30 Minuten, oder der Server hat einen neueren ausgegeben. Nehmen Sie den neuesten Link aus der Ausgabe des Servers, oder starten Sie den Server neu, um einen zu erhalten.
refusal-invitation-gone = Diese Einladung gilt nicht mehr: Sie wurde benutzt oder zurückgezogen, oder ihre Zeit ist um. Bitten Sie um eine neue.
refusal-invitation-password-wrong = Zu dieser Adresse gibt es ein Konto, und das ist nicht dessen Passwort.
refusal-reset-link-gone = Dieser Link gilt nicht mehr: Er wurde benutzt oder ist älter als 30 Minuten. Bitten Sie die Person, die den Server betreibt, um einen neuen.
refusal-email-unusable = Das sieht nicht wie eine E-Mail-Adresse aus.
refusal-email-taken = Diese Adresse benutzt schon jemand anders.
refusal-already-member = Diese Person steht schon in der Liste. Wenn sie gesperrt ist, lassen Sie sie dort wieder zu.
refusal-too-many-invitations = Es gibt zu viele offene Einladungen. Ziehen Sie zuerst einige zurück.
refusal-role-unknown = Wählen Sie eine der Rollen.
refusal-lang-unknown = Wählen Sie eine der Sprachen.
refusal-name-missing = Geben Sie Ihren Namen an.
refusal-grant-beyond-own = Sie können anderen nur geben, was Sie selbst dürfen.
refusal-last-admin = Das ist die letzte Person mit der Rolle Administration. Geben Sie diese Rolle zuerst jemand anderem.
refusal-organisation-without-name = Geben Sie den Namen der Organisation an.
refusal-organisation-name-taken = Es gibt zu viele Organisationen dieses Namens. Wählen Sie einen anderen.
refusal-organisation-country-unknown = Wählen Sie ein Land aus der Liste.
refusal-organisation-size-unknown = Wählen Sie eine der Größen.
refusal-zone-unknown = Diese Zeitzone gibt es nicht. Schreiben Sie ihren Namen wie Europe/Berlin.
refusal-security-contact-unusable = Geben Sie eine E-Mail-Adresse an oder eine Webadresse, die mit https:// beginnt.
refusal-report-address-unusable = Geben Sie eine E-Mail-Adresse an oder eine Webadresse, die mit https:// beginnt.
refusal-website-unusable = Geben Sie eine Webadresse an, die mit https:// beginnt.
refusal-token-name-unusable = Geben Sie dem Token einen Namen mit höchstens 80 Zeichen.
refusal-token-without-scope = Wählen Sie mindestens eine Berechtigung.
refusal-scope-unknown = Diese Berechtigung gibt es nicht.
refusal-token-product-unusable = Dieses Produkt gibt es nicht. Wählen Sie eines aus der Liste oder keines.
refusal-token-expiry-unusable = Wählen Sie einen letzten Tag zwischen heute und in drei Jahren.
tokens-product-any = Jedes Produkt
tokens-product-beyond = { $n ->
    [one] Ein weiteres Produkt steht nicht in dieser Liste; öffnen Sie seine Seite und folgen Sie dort „CI anbinden“.
   *[other] { $n } weitere Produkte stehen nicht in dieser Liste; öffnen Sie die Produktseite und folgen Sie dort „CI anbinden“.
}
users-link-mailed = Die Einladung wurde an { $address } gemailt. Ihr Link gilt einmal und sieben Tage lang.
users-link-not-mailed = Der Mailserver hat die Einladung nicht angenommen; der Grund steht im Protokoll des Servers. Der Link gilt einmal und sieben Tage lang und wird nur jetzt gezeigt.
invitation-mail-subject = Einladung zu { $organisation } auf Bonafide
invitation-mail-text = { $by } lädt Sie ein, auf Bonafide mit { $organisation } zu arbeiten.

    Öffnen Sie diesen Link, um beizutreten. Er gilt einmal und sieben Tage lang:

    { $link }

    Wenn Sie das nicht erwartet haben, lassen Sie es: Ohne den Link geschieht nichts.
refusal-setup-done = Bonafide ist bereits eingerichtet, und Einrichtungslinks gelten nur davor. Melden Sie sich an; ohne Konto bitten Sie die Administration um eine Einladung.
