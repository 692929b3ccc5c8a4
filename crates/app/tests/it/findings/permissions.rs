//! Operations ask for themselves whether their caller may: a route that forgot must not open them.

use super::*;
use crate::kit::{on_each_database, organisation};
use bonafide::accounts::{Permission, PermissionSet, Scope};
use bonafide::{disclosures, trust_center};

/// The caller with what a token of these scopes may do.
fn with(caller: &Caller, scopes: &[Scope]) -> Caller {
    let permissions: Vec<Permission> = scopes
        .iter()
        .flat_map(|scope| scope.permissions())
        .copied()
        .collect();
    Caller {
        permissions: PermissionSet::of(&permissions),
        ..caller.clone()
    }
}

/// What each operation answers: 200, or the refusal's status.
fn answers(db: &Db, caller: &Caller, release: ReleaseId, own: &Caller) -> Vec<(&'static str, u16)> {
    let product = done(db.read_now(|tx| releases::get_release(tx, own, release))).product;
    let ids = done(db.read_now(|tx| findings::order_of_release(tx, own, release)));
    let sbom = done(db.read_now(|tx| sboms::find_current(tx, own, release)))
        .unwrap()
        .id;
    let queue = findings::Filter::default();
    let all = products::Filter::default();
    type Operation<'a> = Box<dyn Fn(&mut Tx) -> Result<(), Trouble> + 'a>;
    let operations: Vec<(&'static str, Operation)> = vec![
        (
            "product",
            Box::new(|tx| products::get_product(tx, caller, product).map(drop)),
        ),
        (
            "products",
            Box::new(|tx| products::list_products(tx, caller, &all, 9).map(drop)),
        ),
        (
            "release",
            Box::new(|tx| releases::get_release(tx, caller, release).map(drop)),
        ),
        (
            "releases",
            Box::new(|tx| releases::list_of_product(tx, caller, product).map(drop)),
        ),
        (
            "sbom",
            Box::new(|tx| sboms::get_sbom(tx, caller, sbom).map(drop)),
        ),
        (
            "sboms",
            Box::new(|tx| sboms::list_sboms(tx, caller, release, 9, 0).map(drop)),
        ),
        (
            "counts",
            Box::new(|tx| findings::counts(tx, caller, release).map(drop)),
        ),
        (
            "coverage",
            Box::new(|tx| findings::coverage(tx, caller, release).map(drop)),
        ),
        (
            "order",
            Box::new(|tx| findings::order_of_release(tx, caller, release).map(drop)),
        ),
        (
            "ids",
            Box::new(|tx| findings::list_of_ids(tx, caller, &ids).map(drop)),
        ),
        (
            "queue",
            Box::new(|tx| findings::order_of_queue(tx, caller, &queue).map(drop)),
        ),
        (
            "lines",
            Box::new(|tx| findings::list_of_queue(tx, caller, &queue, &[1]).map(drop)),
        ),
        (
            "drafts",
            Box::new(|tx| disclosures::list_of_product(tx, caller, product).map(drop)),
        ),
        (
            "front",
            Box::new(|tx| trust_center::preview_front(tx, caller).map(drop)),
        ),
        (
            "sheet",
            Box::new(|tx| trust_center::preview_sheet(tx, caller, product).map(drop)),
        ),
    ];
    let status = |operation: &Operation| match db.read_now(|tx| operation(tx)) {
        Ok(()) => 200,
        Err(Trouble::Refusal(refusal)) => refusal.status,
        Err(failure) => panic!("{failure:?}"),
    };
    operations
        .iter()
        .map(|(name, operation)| (*name, status(operation)))
        .collect()
}

/// With these scopes exactly these operations answer.
#[track_caller]
fn check(scopes: &[Scope], expected: &str) {
    on_each_database(|db| {
        let own = organisation(&db);
        import(&db, &osv("GHSA-1", &[], ("npm", "p"), before("2.0.0")));
        let release = give(&db, &own, "Gateway", "1", &["pkg:npm/p@1.0.0"]);
        let caller = with(&own, scopes);
        let answered = answers(&db, &caller, release, &own);
        assert!(
            answered
                .iter()
                .all(|(_, status)| [200, 403].contains(status))
        );
        let open: Vec<&str> = answered
            .iter()
            .filter(|(_, status)| *status == 200)
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(open.join(" "), expected);
    });
}

#[test]
fn a_caller_without_the_permission_is_refused_by_the_operation_itself() {
    check(&[Scope::JournalRead], "");
    // What an upload needs, and what it is told.
    check(&[Scope::BomUpload], "product release counts");
    check(
        &[Scope::ProductsRead],
        "product products release releases sbom sboms drafts front sheet",
    );
    check(
        &[Scope::VexWrite],
        "product release counts coverage order ids queue lines",
    );
}

#[test]
fn a_caller_bound_to_a_product_gets_no_finding_of_another() {
    on_each_database(|db| {
        let own = organisation(&db);
        import(&db, &osv("GHSA-1", &[], ("npm", "p"), before("2.0.0")));
        let release = give(&db, &own, "Gateway", "1", &["pkg:npm/p@1.0.0"]);
        let other = give(&db, &own, "Lamp", "1", &["pkg:npm/p@1.0.0"]);
        let product = |id| done(db.read_now(|tx| releases::get_release(tx, &own, id))).product;
        let bound = Caller {
            only_product: Some(product(other)),
            ..own.clone()
        };
        let mut ids = done(db.read_now(|tx| findings::order_of_release(tx, &own, release)));
        let theirs = done(db.read_now(|tx| findings::order_of_release(tx, &own, other)));
        ids.extend(&theirs);
        let listed = done(db.read_now(|tx| findings::list_of_ids(tx, &bound, &ids)));
        let listed: Vec<_> = listed.iter().map(|row| row.id).collect();
        assert_eq!(listed, theirs);
    });
}

#[test]
fn a_file_of_the_queue_skips_nothing_while_people_judge() {
    on_each_database(|db| {
        let own = organisation(&db);
        for n in 1..=3 {
            let record = osv(
                &format!("GHSA-{n}"),
                &[],
                ("npm", &format!("p{n}")),
                before("2.0.0"),
            );
            import(&db, &record);
        }
        let purls = ["pkg:npm/p1@1.0.0", "pkg:npm/p2@1.0.0", "pkg:npm/p3@1.0.0"];
        let release = give(&db, &own, "Gateway", "1", &purls);
        let queue = findings::Filter::default();
        let order = done(db.read_now(|tx| findings::order_of_queue(tx, &own, &queue)));
        let (whole, _) = done(db.read_now(|tx| findings::list_queue(tx, &own, &queue, (9, 0))));
        let names = |lines: &[findings::Line]| -> Vec<String> {
            lines
                .iter()
                .map(|line| line.vulnerability.clone())
                .collect()
        };
        assert_eq!(names(&whole), ["GHSA-1", "GHSA-2", "GHSA-3"]);
        // The first piece is read, then its line is settled: by offset the second would be lost.
        let piece = |flaws: &[i64]| {
            names(&done(db.read_now(|tx| {
                findings::list_of_queue(tx, &own, &queue, flaws)
            })))
        };
        assert_eq!(piece(&order[..1]), ["GHSA-1"]);
        let first = list(&db, &own, release)
            .iter()
            .find(|row| row.vulnerability == "GHSA-1")
            .unwrap()
            .id;
        let judging = findings::Judging {
            status: "fixed",
            justification: None,
            detail: "built with the mend",
            ..Default::default()
        };
        done(db.write_now(|tx| findings::assess_findings(tx, &own, &[first], &judging)));
        assert_eq!(piece(&order[1..]), ["GHSA-2", "GHSA-3"]);
        assert!(piece(&order[..1]).is_empty(), "it left the queue");
    });
}
