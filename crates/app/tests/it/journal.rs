//! The journal: what is in it stays in it, and a change is found.

use crate::kit::{on_each_database, organisation};
use bonafide::accounts::Actor;
use bonafide::journal::{self, Entry};
use bonafide::trouble::Trouble;

#[test]
fn an_untouched_journal_verifies() {
    on_each_database(|db| {
        let caller = organisation(&db);
        for number in 0..20 {
            db.write_now(|tx| -> Result<(), Trouble> {
                let entry = Entry::new("thing-done", "thing_1", serde_json::json!({"n": number}));
                journal::record(tx, caller.organisation, &Actor::Program("test"), entry)
            })
            .unwrap();
        }
        let verified = journal::verify_database(&db, None).unwrap();
        assert_eq!(verified.findings, []);
        // The organisation itself was the first entry.
        assert_eq!((verified.organisations, verified.entries), (1, 21));
    });
}
