//! Whatever comes in whatever order: what stands is what deciding everything anew would give.

use super::*;
use crate::kit::{on_each_database, organisation};
use bonafide::time::Entropy;

const PACKAGES: [(&str, &str); 5] = [
    ("npm", "alpha"),
    ("npm", "beta"),
    ("PyPI", "gamma"),
    ("Go", "example.org/mod"),
    ("Go", "example.org/mod/sub"),
];

struct Dice(Entropy);

impl Dice {
    fn below(&self, sides: usize) -> usize {
        usize::from(u16::from_le_bytes(self.0.bytes())) % sides
    }
}

fn record(dice: &Dice, tick: usize) -> Value {
    let package = PACKAGES[dice.below(PACKAGES.len())];
    let aliases: Vec<String> = (0..dice.below(3))
        .map(|_| format!("CVE-2026-9000{}", dice.below(4)))
        .collect();
    let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
    let id = format!("GHSA-{}", dice.below(8));
    let mut record = osv(
        &id,
        &aliases,
        package,
        before(&format!("{}.0.0", 1 + dice.below(4))),
    );
    record["modified"] = json!(format!("2026-11-20T09:{:02}:{:02}Z", tick / 60, tick % 60));
    if dice.below(6) == 0 {
        record["withdrawn"] = json!("2026-11-21T00:00:00Z");
    }
    if dice.below(5) == 0 {
        record["affected"][0]["ranges"] =
            json!([{ "type": "GIT", "events": [{ "introduced": "0" }] }]);
    }
    record
}

fn purls(dice: &Dice) -> Vec<String> {
    (0..1 + dice.below(4))
        .map(|_| {
            let (ecosystem, name) = PACKAGES[dice.below(PACKAGES.len())];
            let kind = match ecosystem {
                "Go" => "golang",
                "PyPI" => "pypi",
                other => other,
            };
            let v = if ecosystem == "Go" { "v" } else { "" };
            format!("pkg:{kind}/{name}@{v}{}.5.0", dice.below(4))
        })
        .collect()
}

#[test]
fn step_by_step_equals_all_at_once() {
    on_each_database(|db| {
        let callers = [organisation(&db), organisation(&db)];
        for seed in 0..6 {
            let dice = Dice(Entropy::seeded(seed));
            for tick in 0..25 {
                match dice.below(4) {
                    0 | 1 => {
                        let mut batch: Vec<Value> = (0..1 + dice.below(3))
                            .map(|_| record(&dice, seed as usize * 25 + tick))
                            .collect();
                        batch.sort_by_key(|record| record["id"].to_string());
                        batch.dedup_by_key(|record| record["id"].to_string());
                        import_zip(&db, "npm", &batch, now(&db));
                    }
                    2 => {
                        let purls = purls(&dice);
                        let purls: Vec<&str> = purls.iter().map(String::as_str).collect();
                        let caller = &callers[dice.below(2)];
                        let version = format!("{}", dice.below(3));
                        give(&db, caller, "Gateway", &version, &purls);
                    }
                    _ => {
                        let id = format!("CVE-2026-9000{}", dice.below(4));
                        import(&db, &kev(&[&id]));
                    }
                }
            }
            check_nothing_to_mend(&db);
            check_groups(&db);
        }
    });
}

/// Groups are exactly the connected parts of what the records say, and exploitation is what the
/// catalogues say of any of a group's ids.
fn check_groups(db: &Db) {
    done(db.read_now(|tx: &mut Tx| -> Result<(), Trouble> {
        let links = tx.query("select record, alias from alias_links", &[])?;
        let records = tx.query("select external_id, vulnerability_id from advisories", &[])?;
        let named = tx.query("select name from exploitation_records", &[])?;
        let mut pairs: Vec<(String, Vec<String>)> = links
            .iter()
            .map(|row| (row.text(0), vec![row.text(1)]))
            .collect();
        pairs.extend(records.iter().map(|row| (row.text(0), Vec::new())));
        pairs.extend(named.iter().map(|row| (row.text(0), Vec::new())));
        let groups = bonafide_engine::alias::groups(
            pairs
                .iter()
                .map(|(id, aliases)| (id.as_str(), aliases.iter().map(String::as_str))),
        );
        let aliases = tx.query(
            "select alias, vulnerability_id from vulnerability_aliases",
            &[],
        )?;
        let of: std::collections::BTreeMap<String, i64> = aliases
            .iter()
            .map(|row| (row.text(0), row.int(1)))
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        for group in &groups {
            let ids: std::collections::BTreeSet<i64> =
                group.members.iter().map(|m| of[m.as_str()]).collect();
            assert_eq!(ids.len(), 1, "{group:?} is split");
            let id = *ids.first().unwrap();
            assert!(
                seen.insert(id),
                "{group:?} shares its number with another group"
            );
            let row = tx.query_one(
                "select name, merged_into from vulnerabilities where id = $1",
                &[&id],
            )?;
            assert_eq!(row.text(0), group.canonical);
            assert!(row.is_null(1));
        }
        assert_eq!(
            of.len(),
            groups.iter().map(|g| g.members.len()).sum::<usize>()
        );
        for row in &records {
            assert_eq!(
                row.int(1),
                of[&row.text(0)],
                "{} is filed elsewhere",
                row.text(0)
            );
        }
        let merged = tx.query(
            "select count(*) from findings f join vulnerabilities v \
            on v.id = f.vulnerability_id where v.merged_into is not null and f.state = 'open'",
            &[],
        )?;
        assert_eq!(
            merged[0].int(0),
            0,
            "open findings of a vulnerability that is part of another"
        );
        Ok(())
    }));
}
