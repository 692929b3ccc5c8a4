# SBOM-Dokumente: die Fassungen einer Version, was von jeder verstanden wurde, Ablehnungen.
sboms-crumbs = Wo Sie sind
sboms-title = Software-Stücklisten
sboms-none = Für diese Version ist noch keine SBOM eingegangen; deshalb kann darin nichts geprüft werden.
sboms-count = { $n ->
    [one] Ein Dokument ist eingegangen; die Befunde beruhen auf der geltenden Fassung.
   *[other] { $n } Dokumente sind eingegangen; die Befunde beruhen auf der geltenden Fassung.
}
sboms-showing = Fassungen, die neueste zuerst: { $n } von { $total }
sboms-revision = Fassung
sboms-current = gilt
sboms-arrived = Eingegangen
sboms-format = Format
sboms-components = Komponenten
sboms-unidentified = Nicht bestimmt
sboms-by = Von
sboms-digest = Prüfsumme
sboms-download = Herunterladen
sboms-download-of = Fassung { $revision } herunterladen, wie sie kam
sboms-newer = Neuere
sboms-older = Ältere
sboms-upload = Neue Fassung hochladen
sboms-frozen = Diese Version wurde von { $who } am { $when } eingefroren. Sie nimmt keine weitere SBOM an; legen Sie für geänderte Software eine neue Version an.
sboms-file = SBOM-Datei
sboms-file-hint = CycloneDX (JSON, XML), SPDX 2 (JSON, YAML, Tag-Value, RDF/XML), SPDX 3 (JSON-LD) oder ein Yocto-Archiv von SPDX-Dokumenten, bis 128 MiB; gzip und zstd werden entpackt. Dieselbe Datei noch einmal ändert nichts.
sboms-send = Hochladen

sbom-title = SBOM, Fassung { $revision }
sbom-format-cyclonedx-json = CycloneDX JSON
sbom-format-spdx-json = SPDX JSON
sbom-format-cyclonedx-xml = CycloneDX XML
sbom-format-spdx-yaml = SPDX YAML
sbom-format-spdx-tag-value = SPDX Tag-Value
sbom-format-spdx-rdf = SPDX RDF/XML
sbom-format-spdx3-json-ld = SPDX 3 (JSON-LD)
sbom-format-spdx-archive = SPDX 2, Archiv von Dokumenten
sbom-format-spdx3-archive = SPDX 3, Archiv von Dokumenten
sbom-source-browser = im Browser
sbom-source-cli = über die Kommandozeile
sbom-source-api = über die API
sbom-source-dependency-track = über die zu Dependency-Track kompatible API
sbom-coverage-nothing = Das Dokument führt keine Komponenten auf; es gibt nichts zu prüfen.
sbom-coverage-all = { $n ->
    [one] Es führt eine Komponente auf, und sie lässt sich in Sicherheitshinweisen nachschlagen.
   *[other] Es führt { $n } Komponenten auf, und alle lassen sich in Sicherheitshinweisen nachschlagen.
}
sbom-coverage-some = { $n ->
    [one] Es führt eine Komponente auf.
   *[other] Es führt { $n } Komponenten auf.
} { $unidentified ->
    [one] Eine davon lässt sich in Sicherheitshinweisen nicht nachschlagen: Ob sie verwundbar ist, ist unbekannt.
   *[other] { $unidentified } davon lassen sich in Sicherheitshinweisen nicht nachschlagen: Ob sie verwundbar sind, ist unbekannt.
}
sbom-is-current = Dies ist die geltende Fassung der Version.
sbom-is-not-current = Eine neuere Fassung ist an ihre Stelle getreten.
sbom-unidentified = Was sich nicht nachschlagen lässt, und warum
sbom-facts = Das Dokument
sbom-made-at = Erstellt
sbom-tools = Erstellt mit
sbom-serial = Kennung
sbom-bytes = Bytes
sbom-download-original = Original herunterladen
sbom-convert = In einem anderen Format herunterladen
sbom-convert-hint = Aus dem Original gemacht, gültig nach dem amtlichen Schema. Wofür ein Format kein Feld hat, bleibt als Eigenschaft erhalten, wo es geht.
sbom-warnings = { $n ->
    [one] Eine Auffälligkeit im Dokument
   *[other] { $n } Auffälligkeiten im Dokument
}
sbom-warnings-left-out = und { $n } weitere
sbom-filter = Name, Version oder Package-URL
sbom-only-unidentified = Nur solche, die sich nicht nachschlagen lassen
sbom-filter-apply = Filtern
sbom-filter-nothing = Keine Komponente passt.
sbom-components-showing = Komponenten in der Reihenfolge des Dokuments: { $shown } von { $total }
sbom-range = { $first }–{ $last }
sbom-component = Komponente
sbom-version = Version
sbom-kind = Art
sbom-purl = Package-URL
sbom-licences = Lizenzen
sbom-look-up = Nachschlagen
sbom-can-be-looked-up = möglich
sbom-previous = Zurück
sbom-next = Weiter

unidentified-purl-missing = ohne Package-URL
unidentified-component-is-file = eine Datei ohne Package-URL
unidentified-component-unreadable = nicht lesbar
unidentified-purl-too-long = mit zu langer Package-URL
unidentified-purl-scheme-missing = mit einer Package-URL, die nicht mit „pkg:“ beginnt
unidentified-purl-type-invalid = mit einer Package-URL ohne gültigen Typ
unidentified-purl-name-missing = mit einer Package-URL ohne Namen
unidentified-purl-encoding-invalid = mit einer Package-URL, deren Prozentkodierung fehlerhaft ist
unidentified-purl-qualifier-invalid = mit einer Package-URL mit ungültigem Zusatz
unidentified-purl-namespace-missing = mit einer Package-URL ohne den Namensraum, den ihr Typ braucht
unidentified-distribution-not-supported = aus einer Distribution, deren Sicherheitshinweise nicht gelesen werden
unidentified-ecosystem-not-supported = aus einem Ökosystem, dessen Sicherheitshinweise noch nicht gelesen werden
unidentified-ecosystem-without-advisories = von einer Art, die kein Sicherheitshinweis nennt

refusal-sbom-unreadable = Die SBOM lässt sich nicht lesen: { $reason }
refusal-sbom-parsers-busy = Im Augenblick werden zu viele SBOMs gelesen. Es wurde nichts gespeichert; senden Sie sie in { $seconds } Sekunden noch einmal.
refusal-sbom-takes-too-long = Diese SBOM zu lesen dauert zu lange. Es wurde nichts gespeichert; teilen Sie sie nach Modulen oder Images auf.
refusal-sbom-busy = Für diese Version kamen im selben Augenblick mehrere SBOMs an. Von dieser wurde nichts gespeichert; senden Sie sie noch einmal.
refusal-document-too-large = Die SBOM ist größer als 128 MiB. Teilen Sie sie nach Modulen oder Images auf.
refusal-document-too-deep = Die SBOM ist zu tief verschachtelt ({ $place }). Kein SBOM-Werkzeug schreibt so etwas; exportieren Sie sie noch einmal mit flachen Komponenten.
refusal-document-compressed = Die SBOM steckt in einem Archiv, das sich nicht entpacken lässt. Senden Sie die Datei darin; gzip, zstd und tar-Archive von SPDX-Dokumenten sind in Ordnung.
refusal-document-empty = Die SBOM ist leer. Prüfen Sie den Befehl, der sie hätte schreiben sollen.
refusal-document-cut-off = Die SBOM endet mittendrin ({ $place }). Die Datei wurde abgeschnitten; senden Sie sie noch einmal.
refusal-encoding-not-utf8 = Die SBOM ist kein UTF-8-Text. Speichern Sie sie als UTF-8 und senden Sie sie noch einmal.
refusal-json-invalid = Die SBOM ist kein gültiges JSON ({ $place }). Exportieren Sie sie noch einmal.
refusal-xml-invalid = Die SBOM ist kein gültiges XML ({ $place }). Exportieren Sie sie noch einmal.
refusal-xml-doctype = Die SBOM deklariert einen Dokumenttyp (DOCTYPE), den keine SBOM braucht ({ $place }). Exportieren Sie sie ohne ihn.
refusal-tag-value-invalid = Die SBOM ist kein gültiges SPDX Tag-Value ({ $place }). Exportieren Sie sie noch einmal.
refusal-yaml-invalid = Die SBOM ist kein gültiges SPDX YAML ({ $place }). Exportieren Sie sie noch einmal.
refusal-rdf-invalid = Die SBOM ist kein gültiges RDF/XML ({ $place }). Exportieren Sie sie noch einmal.
refusal-archive-damaged = Das Archiv ist beschädigt oder wurde abgeschnitten. Packen Sie es neu und senden Sie es.
refusal-archive-mixed = Das Archiv enthält Dokumente von SPDX 2 und von SPDX 3, die sich nicht als eines lesen lassen. Senden Sie sie getrennt.
refusal-archive-too-many-files = Das Archiv hat mehr als 50.000 Dateien. Senden Sie die SBOM eines einzigen Images.
refusal-archive-without-documents = Das Archiv enthält kein SPDX-Dokument in JSON. Senden Sie die SBOM selbst oder das Archiv, das Yocto schreibt.
refusal-structure-invalid = Die Datei ist zwar lesbar, aber nicht wie eine SBOM aufgebaut ({ $place }). Exportieren Sie sie noch einmal.
refusal-format-unknown = Das ist weder ein CycloneDX- noch ein SPDX-Dokument. Senden Sie die SBOM selbst, als CycloneDX (JSON oder XML) oder SPDX (JSON, YAML, Tag-Value, RDF/XML oder JSON-LD).
refusal-format-not-supported = Dieses Format kann nicht gelesen werden. Exportieren Sie die SBOM als CycloneDX 1.0 bis 1.7 oder als SPDX 2.1 bis 3.0.
refusal-spec-version-not-supported = Diese Fassung des Formats kann nicht gelesen werden. Exportieren Sie die SBOM als CycloneDX 1.0 bis 1.7 oder als SPDX 2.1 bis 3.0.
refusal-text-too-large = Ein Text in der SBOM ist größer als 4 MiB ({ $place }). Exportieren Sie sie ohne eingebettete Dateien.
refusal-too-many-values = Die SBOM hat mehr Werte, als gelesen werden können ({ $place }). Teilen Sie sie nach Modulen oder Images auf.
refusal-too-many-components = Die SBOM hat mehr als 500.000 Komponenten. Teilen Sie sie nach Modulen oder Images auf.
refusal-too-many-dependencies = Die SBOM hat mehr Abhängigkeiten, als gelesen werden können. Teilen Sie sie nach Modulen oder Images auf.
sbom-subject-other-name = Das Dokument nennt ein anderes Produkt. Ist es die falsche Datei, laden Sie die richtige hoch: Sie ersetzt diese, die als Fassung erhalten bleibt.
sbom-subject-other-version = Das Dokument nennt eine andere Version. Ist es die falsche Datei, laden Sie die richtige hoch: Sie ersetzt diese, die als Fassung erhalten bleibt.
