# Der Weg hinein für SBOMs.
intake-title = SBOM hochladen
intake-lede = Das Dokument wird gelesen, unverändert aufbewahrt und mit dem verglichen, was über seine Komponenten bekannt ist.
intake-product = Produkt
intake-version = Version
intake-version-hint = Eine getaggte Version wird als Version des Produkts geführt. Ein Name wie main oder 4.3.0-SNAPSHOT gilt als Branch.
intake-branch = Branch
intake-branch-hint = Nur für den Stand eines Branches: Jeder Upload tritt an die Stelle des vorigen, und er gilt nie als auf dem Markt.
intake-create = Produkt oder Version anlegen, wenn es sie noch nicht gibt
intake-create-hint = Ein neues Produkt wartet im Eingang, bis ein Mensch es ansieht.
intake-received-title = Was aus der SBOM wurde
intake-recorded = Sie ist als Fassung { $revision } von { $release } festgehalten.
intake-unchanged = Dasselbe Dokument war schon da, als Fassung { $revision } von { $release }; es hat sich nichts geändert.
intake-restored = Dasselbe Dokument war früher schon da: Fassung { $revision } von { $release } gilt wieder.
intake-findings = Befunde
intake-findings-elsewhere = Inzwischen ist eine neuere Fassung an ihre Stelle getreten; die Version zeigt, was in jener gefunden wurde.
intake-findings-blind = Über Schwachstellen lässt sich nichts sagen: Die Quellen, auf denen das beruht, sind veraltet oder fehlen.
intake-findings-none = Unter dem, was sich prüfen ließ, ist nichts als verwundbar bekannt.
intake-findings-open = { $n ->
    [one] Ein Befund ist offen:
   *[other] { $n } Befunde sind offen:
}
intake-exploited = { $n } bekanntermaßen ausgenutzt
intake-critical = { $n } kritisch
intake-high = { $n } hoch
intake-medium = { $n } mittel
intake-low = { $n } niedrig
intake-no-danger = { $n ->
    [one] { $n } Hinweis ohne Gefahr
   *[other] { $n } Hinweise ohne Gefahr
}
intake-unknown-severity = { $n } mit unbekanntem Schweregrad
intake-unchecked = { $n ->
    [one] Eine Komponente ließ sich nicht prüfen
   *[other] { $n } Komponenten ließen sich nicht prüfen
}
intake-feeds-incomplete = Diese Zahlen sind nicht vollständig, denn ihre Grundlage ist alt oder fehlt:
intake-to-release = Zur Version
intake-to-sbom = Das Dokument ansehen
intake-another = Noch eine hochladen

refusal-intake-too-many-at-once = Sie senden zu viele SBOMs gleichzeitig. Von dieser wurde nichts gespeichert; senden Sie sie in { $seconds } Sekunden noch einmal, und weniger auf einmal.
refusal-intake-file-missing = Wählen Sie eine SBOM-Datei, oder senden Sie sie als Inhalt der Anfrage.
refusal-intake-field-too-large = Das Feld „{ $field }“ ist größer als 64 KiB.
refusal-intake-may-not-create = Dieses Produkt oder diese Version gibt es noch nicht, und Sie dürfen keine anlegen. Verwenden Sie ein Token mit dem Recht release:create, oder fragen Sie jemanden, der das darf.
refusal-product-unknown = Es gibt kein Produkt namens „{ $product }“. Prüfen Sie den Namen, oder erlauben Sie das Anlegen: mit dem Haken, mit create=true oder mit --create.
refusal-release-unknown = „{ $product }“ hat keine Version „{ $version }“. Prüfen Sie die Version, oder erlauben Sie das Anlegen: mit dem Haken, mit create=true oder mit --create.
refusal-sbom-packing-damaged = Das Dokument soll gepackt sein, lässt sich aber nicht entpacken. Senden Sie es noch einmal oder ungepackt.
refusal-sbom-unpacks-too-large = Das gepackte Dokument ist entpackt größer als 128 MiB oder verdächtig dicht gepackt. Senden Sie es ungepackt, oder teilen Sie es nach Modulen oder Images auf.
refusal-findings-blind = Ob es Befunde gibt, lässt sich nicht sagen: Die Quellen, auf denen das beruht, sind veraltet oder fehlen. Importieren Sie sie und fragen Sie noch einmal.
refusal-bom-format-unknown = SBOMs werden als CycloneDX-JSON ausgegeben, nicht im Format „{ $format }“. Fragen Sie mit format=json.
refusal-bom-variant-unknown = Die Variante „{ $variant }“ ist nicht bekannt; es gibt inventory, withVulnerabilities und vdr.
refusal-bom-version-not-written = CycloneDX { $version } wird hier nicht geschrieben. Fragen Sie nach Version 1.6 oder 1.7, oder lassen Sie die Version weg, um das Dokument so zu erhalten, wie es kam.
refusal-bom-none = Zu dieser Version gibt es noch keine SBOM. Laden Sie zuerst eine hoch.
