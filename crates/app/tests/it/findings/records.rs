//! CVE records and CSAF documents on their way to findings and back.

use super::*;
use crate::kit::{on_each_database, organisation};

const SERVER: &str = "pkg:npm/%40acme/widget-server@1.4.1";
const LIB: &str = "pkg:npm/%40acme/lib@1.1.0";

fn fixture(name: &str) -> Value {
    let path = crate::tidy::root().join(format!("fixtures/advisories/{name}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn findings_of(db: &Db, caller: &Caller, release: ReleaseId) -> Vec<String> {
    let rows = list(db, caller, release);
    let mut found: Vec<String> = rows
        .iter()
        .map(|row| {
            let why = row.gone_reason.as_deref().unwrap_or(&row.state);
            format!("{} {} {why}", row.vulnerability, row.purl)
        })
        .collect();
    found.sort();
    found
}

fn gone_reasons(db: &Db) -> Vec<String> {
    let rows = db.read_now(|tx| -> Result<_, Trouble> {
        Ok(tx.query("select gone_reason from findings where state = 'gone'", &[])?)
    });
    done(rows).iter().map(|row| row.text(0)).collect()
}

#[test]
fn a_cve_record_makes_a_finding_and_its_rejection_takes_it_back() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let release = give(&db, &caller, "Gateway", "1", &[SERVER, LIB]);
        let summary = import(&db, &fixture("cve-versions"));
        assert_eq!(
            (summary.sources[0].kind, summary.sources[0].records),
            ("cve", 1)
        );
        let expected = vec![format!("CVE-2026-90101 {SERVER}")];
        assert_eq!(found(&db, &caller, release), expected);
        check_nothing_to_mend(&db);

        let summary = import(&db, &fixture("cve-rejected"));
        assert_eq!(summary.sources[0].withdrawn, 1);
        assert!(found(&db, &caller, release).is_empty());
        assert_eq!(gone_reasons(&db), ["advisory-withdrawn"]);
        check_nothing_to_mend(&db);
    });
}

#[test]
fn a_cve_record_and_an_osv_record_of_one_id_stand_side_by_side() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let release = give(&db, &caller, "Gateway", "1", &[SERVER]);
        let record = osv(
            "CVE-2026-90101",
            &["GHSA-aaaa-bbbb-cccc"],
            ("npm", "@acme/widget-server"),
            before("1.4.0"),
        );
        import(&db, &record);
        // Fixed here, affected there: both sources stay, and the one that says "affected" counts.
        assert!(found(&db, &caller, release).is_empty());
        import(&db, &fixture("cve-versions"));
        assert_eq!(found(&db, &caller, release).len(), 1);
        let flaw =
            done(db.read_now(|tx| {
                bonafide::advisories::find_vulnerability(tx, "GHSA-aaaa-bbbb-cccc")
            }))
            .unwrap();
        assert_eq!(flaw.name, "CVE-2026-90101");
        assert_eq!(flaw.advisories.len(), 2);
        assert!(flaw.aliases.contains(&"GHSA-aaaa-bbbb-cccc".to_owned()));
        check_nothing_to_mend(&db);
    });
}

#[test]
fn what_a_csaf_document_no_longer_says_is_withdrawn() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let release = give(&db, &caller, "Gateway", "1", &[LIB]);
        let mut document = fixture("csaf-products");
        import(&db, &document);
        let expected = vec![format!("CVE-2026-90201 {LIB}")];
        assert_eq!(found(&db, &caller, release), expected);

        // An older version of the document takes nothing back.
        let flaws = document["vulnerabilities"].as_array_mut().unwrap();
        let taken = flaws.remove(0);
        document["document"]["tracking"]["current_release_date"] = json!("2026-01-05T00:00:00Z");
        import(&db, &document);
        assert_eq!(found(&db, &caller, release), expected);

        document["document"]["tracking"]["current_release_date"] = json!("2026-01-15T00:00:00Z");
        let summary = import(&db, &document);
        assert_eq!(summary.sources[0].removed, 1);
        assert!(found(&db, &caller, release).is_empty());
        assert_eq!(gone_reasons(&db), ["advisory-withdrawn"]);
        check_nothing_to_mend(&db);

        // It comes back with the flaw, and goes with the document.
        document["document"]["tracking"]["current_release_date"] = json!("2026-01-20T00:00:00Z");
        document["vulnerabilities"]
            .as_array_mut()
            .unwrap()
            .push(taken);
        import(&db, &document);
        assert_eq!(
            findings_of(&db, &caller, release),
            [format!("CVE-2026-90201 {LIB} open")]
        );
        let summary = import(&db, &fixture("csaf-withdrawn"));
        assert_eq!(summary.sources[0].removed, 2);
        assert!(found(&db, &caller, release).is_empty());
        check_nothing_to_mend(&db);
    });
}

fn give_components(db: &Db, caller: &Caller, components: &Value) -> ReleaseId {
    let bytes = serde_json::to_vec(&json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components,
    }))
    .unwrap();
    done(db.write_now(|tx| -> Result<ReleaseId, Trouble> {
        let product = products::find_or_create_by_name(tx, caller, "Router", true)?.unwrap();
        let target = releases::Target {
            version: "1".into(),
            ..releases::Target::default()
        };
        let release = releases::find_or_create(tx, caller, product, &target, true)?.unwrap();
        let parsed = sboms::parse(&bytes)?;
        let intake = sboms::record_sbom(tx, caller, release, &parsed, "cli")?;
        findings::refresh_release(tx, caller, release, &intake.new_package_versions)?;
        Ok(release)
    }))
}

/// Certain by CPE, possible by platform and by name; and all of them count as unidentified, for no
/// feed that is waited for covers them.
#[test]
fn components_without_a_registry_are_found_by_cpe_and_possible_by_name() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let cpe = "cpe:2.3:a:acme:engine:1.9:*:*:*:*:*:*:*";
        let release = give_components(
            &db,
            &caller,
            &json!([
                { "type": "library", "name": "engine", "version": "1.9", "cpe": cpe },
                { "type": "firmware", "name": "router", "version": "7.0",
                  "cpe": "cpe:2.3:o:acme:router_firmware:7.0:*:*:*:*:*:*:*" },
                { "type": "application", "name": "Engine", "version": "1.5" },
                { "type": "library", "name": "codec", "purl": "pkg:github/acme/codec@v1.1" },
            ]),
        );
        import(&db, &fixture("cve-applicability"));
        import(&db, &fixture("git-only"));
        let expected = [
            format!("CVE-2026-90102 {cpe}"),
            "EX-2026-0201 github.com/acme/codec@v1.1".to_owned(),
        ];
        assert_eq!(found(&db, &caller, release), expected);
        let counted = counts(&db, &caller, release);
        assert_eq!((counted.components, counted.open), (4, 2));
        assert_eq!(counted.unchecked, 4);
        check_nothing_to_mend(&db);
    });
}
