# Was Richtlinien von einer SBOM verlangen: die Prüfungen nach Gegenstand, und wie sicher ihre Lesart ist.
quality-profile-bsi = BSI TR-03183-2 v2.1.0
quality-profile-ntia = NTIA-Mindestangaben (2021)
quality-profile-cisa = CISA-Mindestangaben (2026; Namen nicht mit dem Papier verglichen)
quality-missing = Es fehlt: { $what }.
quality-invalid = Nicht wie verlangt: { $what }. Dort steht „{ $value }“.
quality-unknown = Als unbekannt angegeben: { $what }.
quality-met = erfüllt
quality-not-met = nicht erfüllt
quality-no-components = keine Komponente zu beurteilen
quality-state-passed = erfüllt
quality-state-failed = nicht erfüllt
quality-state-declared-unknown = als unbekannt angegeben
quality-state-not-applicable = nicht anwendbar
quality-level-must = muss
quality-level-should = soll
quality-level-may = kann
quality-failing = { $n ->
    [one] Eine verlangte Prüfung schlägt fehl.
   *[other] { $n } verlangte Prüfungen schlagen fehl.
}
quality-left-out = { $n ->
    [one] und eine weitere Stelle
   *[other] und { $n } weitere Stellen
}
quality-places = { $n ->
    [one] eine Stelle
   *[other] { $n } Stellen
}

quality-title = Qualität
quality-lede = Was drei Richtlinien von einer SBOM verlangen, eben aus dem Original gelesen.
quality-show = Qualität prüfen
quality-check = Was verlangt wird
quality-citation = Abschnitt
quality-level = Stufe
quality-state = Ergebnis
quality-where = Wo
quality-how-to-fix = Was zu tun ist
quality-document = das Dokument
quality-nothing-fails = Alle Prüfungen sind erfüllt.
quality-is-unsure = unsere Lesart
quality-reading = Wie sicher

quality-what-format-bsi = CycloneDX ab 1.6 oder SPDX ab 3.0.1, als JSON oder XML
quality-fix-format-bsi = Exportieren Sie die SBOM als CycloneDX ab 1.6 oder als SPDX ab 3.0.1.
quality-what-format-known = Format und Version von CycloneDX oder SPDX
quality-fix-format-known = Lassen Sie das Werkzeug die Version des Formats in das Dokument schreiben.
quality-what-no-vulnerabilities = eine SBOM ohne Angaben zu Schwachstellen
quality-fix-no-vulnerabilities = Nehmen Sie die Schwachstellen heraus und veröffentlichen Sie sie als eigene VEX- oder CSAF-Datei.
quality-what-sbom-creator-reachable = wer die SBOM erstellt hat, mit E-Mail- oder, falls es keine gibt, mit Web-Adresse
quality-fix-sbom-creator-reachable = Tragen Sie die Angabe in metadata.manufacturer oder metadata.authors (CycloneDX) oder createdBy (SPDX 3) ein.
quality-what-sbom-author = wer die SBOM verfasst hat
quality-fix-sbom-author = Tragen Sie die Angabe in metadata.authors oder metadata.manufacturer (CycloneDX) oder bei den Erstellern (SPDX) ein; ein Werkzeug allein genügt nicht.
quality-what-sbom-signature = eine Signatur des Verfassers in der SBOM
quality-fix-sbom-signature = Signieren Sie das Dokument (CycloneDX: signature) oder legen Sie eine losgelöste Signatur daneben: Diese ist hier nicht zu sehen.
quality-what-sbom-uri = eine URI der SBOM
quality-fix-sbom-uri = Schreiben Sie die Seriennummer als urn:uuid:… (CycloneDX) oder die Kennung des Dokuments als URI (SPDX).
quality-what-sbom-version = eine Version der SBOM
quality-fix-sbom-version = Zählen Sie version bei jeder Änderung hoch (CycloneDX) oder geben Sie jeder Ausgabe einen eigenen Namensraum (SPDX).
quality-what-timestamp = der Zeitpunkt der Erstellung mit Abstand zu UTC
quality-fix-timestamp = Schreiben Sie ihn als 2026-01-31T12:00:00Z.
quality-what-tool-name = das Werkzeug, das die SBOM erstellt hat
quality-fix-tool-name = Nennen Sie es in metadata.tools (CycloneDX), als Ersteller „Tool: …“ (SPDX 2) oder in createdUsing (SPDX 3).
quality-what-tool-version = die Version jedes Werkzeugs, das die SBOM erstellt hat
quality-fix-tool-version = Schreiben Sie sie zum Namen des Werkzeugs; in SPDX 2 nach einem Bindestrich, wie in „Tool: name-1.2“.
quality-what-generation-context = in welchem Abschnitt die SBOM entstand (vor, bei oder nach dem Bau der Software)
quality-fix-generation-context = Schreiben Sie es in metadata.lifecycles (CycloneDX) oder software_sbomType (SPDX 3); SPDX 2 hat kein Feld dafür.
quality-what-component-creator-reachable = wer die Komponente erstellt hat, mit E-Mail- oder, falls es keine gibt, mit Web-Adresse
quality-fix-component-creator-reachable = Tragen Sie die Angabe in manufacturer oder authors (CycloneDX) oder originatedBy (SPDX 3) ein; ein Lieferant allein kann ein Händler sein.
quality-what-component-producer = Hersteller oder Lieferant der Komponente
quality-fix-component-producer = Tragen Sie die Angabe in manufacturer oder supplier (CycloneDX), supplier oder originator (SPDX 2), originatedBy oder suppliedBy (SPDX 3) ein.
quality-what-component-name = der Name der Komponente
quality-fix-component-name = Geben Sie den Namen an, den der Hersteller verwendet.
quality-what-component-version = die Version der Komponente
quality-fix-component-version = Geben Sie die Version des Herstellers an; gibt es keine, verlangt das BSI den Änderungszeitpunkt der Datei (RFC 3339).
quality-what-component-filename = der Dateiname der Komponente, ohne Pfad
quality-fix-component-filename = Schreiben Sie ihn in die Eigenschaft bsi:component:filename (CycloneDX) oder benennen Sie die ausgelieferte Datei (SPDX 3).
quality-what-component-dependencies = wovon die Komponente abhängt oder was sie enthält
quality-fix-component-dependencies = Führen Sie es unter dependencies auf, mit leerem dependsOn, wo es nichts gibt (CycloneDX), oder als dependsOn (SPDX 3).
quality-what-component-completeness = ob die Liste der Abhängigkeiten vollständig ist
quality-fix-component-completeness = Geben Sie es in compositions (CycloneDX) oder completeness (SPDX 3) an; auch „incomplete“ und „unknown“ sind Aussagen.
quality-what-component-relationship = wie die Komponente zu den anderen gehört
quality-fix-component-relationship = Verknüpfen Sie sie unter dependencies (CycloneDX) oder mit einer Beziehung (SPDX).
quality-what-component-known-unknowns = ob die Komponente keine Abhängigkeiten hat oder es niemand weiß
quality-fix-component-known-unknowns = Führen Sie sie mit leerem dependsOn auf oder geben Sie in compositions (CycloneDX) oder completeness (SPDX 3) an, dass es unbekannt ist.
quality-what-component-licence-concluded = die Lizenz der Verteilung als SPDX-Ausdruck („concluded“)
quality-fix-component-licence-concluded = Geben Sie sie mit acknowledgement „concluded“ (CycloneDX) oder als concluded license (SPDX) an; außerhalb der SPDX-Liste als LicenseRef-….
quality-what-component-licence-declared = die ursprüngliche Lizenz als SPDX-Ausdruck
quality-fix-component-licence-declared = Schreiben Sie Kennungen der SPDX-Liste oder Namen der Form LicenseRef-….
quality-what-component-licence-effective = die wirksame Lizenz als SPDX-Ausdruck
quality-fix-component-licence-effective = Schreiben Sie die Eigenschaft bsi:component:effectiveLicence als SPDX-Ausdruck.
quality-what-component-licence = eine Lizenz der Komponente
quality-fix-component-licence = Geben Sie eine SPDX-Kennung, einen SPDX-Ausdruck oder den Namen der Lizenz an; ist sie unbekannt, schreiben Sie NOASSERTION.
quality-what-component-hash-sha512 = die SHA-512-Prüfsumme der ausgelieferten Datei
quality-fix-component-hash-sha512 = Tragen Sie sie in hashes der externen Referenz „distribution“ (CycloneDX) oder der ausgelieferten Datei (SPDX 3) ein.
quality-what-component-hash-value = eine Prüfsumme der Komponente
quality-fix-component-hash-value = Lassen Sie das Werkzeug eine berechnen, SHA-256 oder stärker.
quality-what-component-hash-algorithm = das Verfahren der Prüfsumme
quality-fix-component-hash-algorithm = Schreiben Sie das Verfahren zum Wert.
quality-what-component-executable = ob die Komponente ausführbar ist
quality-fix-component-executable = Setzen Sie die Eigenschaft bsi:component:executable genau einmal auf executable oder non-executable; in SPDX 3 geben Sie die Zwecke der Datei an.
quality-what-component-archive = ob die Komponente ein Archiv ist
quality-fix-component-archive = Setzen Sie die Eigenschaft bsi:component:archive genau einmal auf archive oder „no archive“; in SPDX 3 geben Sie die Zwecke der Datei an.
quality-what-component-structured = ob die Komponente strukturiert ist
quality-fix-component-structured = Setzen Sie die Eigenschaft bsi:component:structured genau einmal auf structured oder unstructured; in SPDX 3 geben Sie die Zwecke der Datei an.
quality-what-component-source-uri = eine URI des Quelltextes
quality-fix-component-source-uri = Schreiben Sie eine vollständige URI, mit https:// oder einem anderen Schema.
quality-what-component-deployable-uri = eine URI der ausgelieferten Datei
quality-fix-component-deployable-uri = Schreiben Sie eine vollständige URI, mit https:// oder einem anderen Schema.
quality-what-component-identifiers-readable = lesbare Package-URLs und CPEs
quality-fix-component-identifiers-readable = Schreiben Sie pkg:typ/name@version und CPEs als cpe:2.3:….
quality-what-component-identifier = eine Kennung der Komponente (Package-URL, CPE oder eine andere)
quality-fix-component-identifier = Ergänzen Sie eine Package-URL, wie pkg:npm/name@1.0.0.
quality-what-component-source-hash = die SHA-512-Prüfsumme des Quelltextes
quality-fix-component-source-hash = Tragen Sie sie in hashes der externen Referenz „source-distribution“ ein.
quality-what-component-security-txt = die Adresse einer security.txt
quality-fix-component-security-txt = Schreiben Sie in der externen Referenz „rfc-9116“ eine vollständige Web-Adresse.

quality-unsure-bsi-authors = Die Zuordnung der Richtlinie nennt nur den Hersteller; dass Personen unter den Autoren als Ersteller gelten, ist unsere Lesart.
quality-unsure-bsi-sbom-uri = Dass Seriennummer oder Kennung des Dokuments die SBOM-URI ist, ist unsere Lesart.
quality-unsure-bsi-compositions = Dass eine „composition“ ohne genannte Komponenten für alle gilt und eine über „assemblies“ genügt, ist unsere Lesart.
quality-unsure-bsi-licence-list = Dass mehrere einzelne Kennungen als Ausdruck gelten, ist unsere Lesart; eine Lizenz, die neuer ist als unsere SPDX-Liste, wird nicht erkannt.
quality-unsure-bsi-distribution-intake = Dass die Referenz „distribution-intake“ wie „distribution“ gilt, ist unsere Lesart.
quality-unsure-bsi-spdx-purposes = Dass in SPDX 3 ein nicht genannter Zweck „nicht so“ bedeutet, ist unsere Lesart.
quality-unsure-ntia-author = Dass ein Werkzeug allein kein Verfasser ist, ist unsere Lesart.
quality-unsure-cisa-names = Die Namen der Elemente stammen aus öffentlichen Besprechungen und sind nicht mit dem Papier vom Juli 2026 verglichen.
quality-unsure-cisa-signature = Eine losgelöste Signatur neben dem Dokument kann genügen und ist hier nicht zu sehen; darum entscheidet dies nicht. Der Name ist nicht mit dem Papier verglichen.
