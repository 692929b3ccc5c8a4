//! A release's state towards a flaw, and what a judgement must say, through their operations.

use super::*;
use crate::kit::{on_each_database, organisation};

#[test]
fn every_advisory_that_groups_a_flaw_counts_for_its_severity() {
    on_each_database(|db| {
        let caller = organisation(&db);
        let mut mild = osv(
            "GHSA-mild",
            &["CVE-2026-90001"],
            ("npm", "p"),
            before("2.0.0"),
        );
        mild["severity"] =
            json!([{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N" }]);
        import(&db, &mild);
        let release = give(&db, &caller, "Gateway", "1", &["pkg:npm/p@1.0.0"]);
        assert_eq!(counts(&db, &caller, release).low, 1);
        import(
            &db,
            &osv(
                "X-grave",
                &["CVE-2026-90001"],
                ("npm", "p"),
                before("2.0.0"),
            ),
        );
        assert_eq!(
            counts(&db, &caller, release).critical,
            1,
            "the gravest rating counts"
        );
        let mut unrated = osv("X-only", &[], ("npm", "q"), before("2.0.0"));
        unrated["severity"] = json!([]);
        import(&db, &unrated);
        let release = give(&db, &caller, "Gateway", "2", &["pkg:npm/q@1.0.0"]);
        assert_eq!(counts(&db, &caller, release).unknown_severity, 1);
    });
}
