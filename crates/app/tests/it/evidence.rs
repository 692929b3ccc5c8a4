//! Evidence: kept as it came, handed out to those who may see what it proves, and to nobody else.

use crate::kit::{TestApp, caller_of, on_each_database, organisation};
use bonafide::accounts::{Actor, Role};
use bonafide::blobs::Digest;
use bonafide::evidence::{self, NewEvidence};
use bonafide::trouble::Trouble;

fn receipt(bytes: &[u8]) -> NewEvidence {
    NewEvidence {
        subject: "case_00000000000000000000000000000001".into(),
        kind: "receipt",
        file_name: "../../receipt\n.pdf".into(),
        media_type: "application/pdf".into(),
        digest: Digest::of(bytes),
        bytes: bytes.len(),
    }
}

#[test]
fn evidence_belongs_to_one_organisation() {
    on_each_database(|db| {
        let (ours, theirs) = (organisation(&db), organisation(&db));
        let new = receipt(b"x");
        let id = db
            .write_now(|tx| -> Result<_, Trouble> {
                evidence::record_evidence(tx, ours.organisation, &Actor::Program("test"), &new)
            })
            .unwrap();
        db.read_now(|tx| -> Result<(), Trouble> {
            let listed = evidence::list_evidence(tx, ours.organisation, &new.subject)?;
            assert_eq!(listed.len(), 1);
            assert_eq!(listed[0].file_name, "receipt.pdf");
            assert!(evidence::list_evidence(tx, theirs.organisation, &new.subject)?.is_empty());
            assert!(evidence::get_evidence(tx, &theirs, id).is_err());
            assert_eq!(evidence::get_evidence(tx, &ours, id)?.digest, new.digest);
            Ok(())
        })
        .unwrap();
        // A caller who may not see the subject gets nothing either.
        let mut narrow = caller_of(&db, ours.organisation, Role::Auditor);
        narrow.permissions = bonafide::accounts::PermissionSet::of(&[]);
        let refused = db.read_now(|tx| evidence::get_evidence(tx, &narrow, id));
        assert!(matches!(refused, Err(Trouble::Refusal(refusal)) if refusal.status == 404));
    });
}

#[test]
fn a_program_under_test_has_an_organisation() {
    let app = TestApp::new();
    assert_eq!(app.organisation.slug, "muster-werke-gmbh");
    assert_eq!(app.other_tenant().organisation.slug, "andere-leute-ag");
}
