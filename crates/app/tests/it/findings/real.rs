//! The real feeds, where they are at hand.

use super::*;
use crate::kit::{on_each_database, organisation};
use crate::tidy::root;
use bonafide::advisories;

#[test]
fn all_real_feeds_come_in() {
    let data = root().join("../shared/data");
    if !data.exists() {
        eprintln!("../shared/data is absent: the real feeds are not tried");
        return;
    }
    on_each_database(|db| {
        let paths = ["osv", "kev", "epss"].map(|name| data.join(name));
        let summary = findings::import(&db, &paths, Options::default(), &mut |_| {}).unwrap();
        let records: u64 = summary.sources.iter().map(|s| s.records).sum();
        assert!(records > 10_000, "{records}");
        // What is at hand of npm, Maven, NuGet, Packagist and the scores is a small part of them,
        // and it is said.
        let mut whole: Vec<&str> = Vec::new();
        let mut small: Vec<&str> = Vec::new();
        for source in &summary.sources {
            whole.extend(source.feeds.iter().map(String::as_str));
            small.extend(
                source
                    .fault
                    .as_deref()
                    .and_then(|text| text.split(' ').next()),
            );
        }
        whole.sort_unstable();
        small.sort_unstable();
        assert_eq!(
            whole,
            [
                "cisa-kev",
                "osv:Bitnami",
                "osv:Go",
                "osv:PyPI",
                "osv:crates.io"
            ]
        );
        assert_eq!(
            small,
            ["epss", "osv:Maven", "osv:NuGet", "osv:Packagist", "osv:npm"]
        );
        let found = done(db.read_now(|tx| advisories::find_vulnerability(tx, "CVE-2020-11023")));
        let found = found.unwrap();
        assert!(
            found.is_exploited() && found.severity == "medium",
            "{found:?}"
        );
        let caller = organisation(&db);
        let release = give(&db, &caller, "Gateway", "1", &["pkg:npm/jquery@3.4.1"]);
        assert!(counts(&db, &caller, release).exploited >= 1);
        assert!(!asked_for_decisions(&db).is_empty());
    });
}
