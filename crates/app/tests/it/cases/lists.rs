//! The lists: what runs out next stands first, filters, and what a decided item is called.

use super::{World, decision, hours, stories};
use crate::kit::TestApp;
use bonafide::accounts::Role;
use bonafide::cases::{self, Answered, Kind, NewSignal, Source, Stage, Verdict, WatchItem};
use bonafide::ids::CaseId;
use bonafide::web::words::Lang;

fn heard(title: &str) -> NewSignal {
    NewSignal {
        kind: Kind::ActivelyExploitedVulnerability,
        vulnerability: None,
        title: title.into(),
        text: String::new(),
        source: Source::Customer,
        in_our_product: Answered::Yes,
        reference: None,
        received_at: None,
        watch_item: None,
    }
}

fn item(world: &World, title: &str) -> WatchItem {
    let taken = world.write(|tx| cases::record_signal(tx, &world.psirt, &heard(title)));
    let mut items = world.items();
    items.retain(|item| item.id == taken.watch_item);
    items.remove(0)
}

/// A case whose T0 lies so many hours back.
fn opened(world: &World, title: &str, ago: i64) -> CaseId {
    let item = item(world, title);
    let verdict = Verdict::Aware {
        aware_at: Some(world.now() - hours(ago)),
        aware_reason: Some("The customer's log".into()),
    };
    world.decide(item.id, &decision(&item, verdict)).1.unwrap()
}

fn titles(world: &World, text: Option<&str>) -> Vec<String> {
    let filter = cases::Filter {
        text: text.map(str::to_owned),
        ..Default::default()
    };
    let listed = world.write(|tx| cases::list_cases(tx, &world.psirt, &filter, 0));
    listed
        .0
        .into_iter()
        .map(|listed| listed.case.title)
        .collect()
}

#[test]
fn what_runs_out_next_stands_first() {
    stories(|world| {
        let done = opened(world, "Closed", 40);
        world.write(|tx| cases::close_case(tx, &world.psirt, done, "Mistaken"));
        opened(world, "Overdue", 30);
        opened(world, "Fresh", 0);
        opened(world, "Größer", 12);
        let filed = opened(world, "Filed", 10);
        world.file(filed, Stage::EarlyWarning);
        world.file(filed, Stage::Notification);
        let order = ["Overdue", "Größer", "Fresh", "Filed", "Closed"];
        assert_eq!(titles(world, None), order);
        assert_eq!(titles(world, Some("größer")), ["Größer"]);
        assert_eq!(titles(world, Some("FRESH")), ["Fresh"]);
        let filter = cases::Filter::default();
        let (listed, total) = world.write(|tx| cases::list_cases(tx, &world.psirt, &filter, 0));
        assert_eq!(total, 5);
        assert_eq!(
            listed[1].next.map(|(stage, _)| stage),
            Some(Stage::EarlyWarning)
        );
        assert_eq!(listed[3].next, None);
    });
}

#[test]
fn german_says_days_in_the_dative_after_a_preposition() {
    let two = 2 * 86_400 + 3 * 3_600;
    assert_eq!(Lang::De.duration(two), "2 Tage 3 h");
    let ago = |lang: Lang, seconds| lang.t1("case-ago", "span", lang.duration(seconds));
    assert_eq!(ago(Lang::De, two), "vor 2 Tagen 3 h");
    assert_eq!(ago(Lang::De, 86_400), "vor 1 Tag 0 h");
    assert_eq!(ago(Lang::En, two), "2 days 3 h ago");
}

#[tokio::test]
async fn an_empty_list_says_whether_a_filter_made_it_so() {
    let app = TestApp::new();
    let psirt = app.member(Role::Psirt);
    let page = psirt.get("/cases").await.expect(200).text();
    assert!(
        page.contains("No case stands here. A case opens when"),
        "{page}"
    );
    assert!(!page.contains("Show all cases"));
    let page = psirt.get("/cases?state=closed").await.expect(200).text();
    assert!(page.contains("No case matches this filter."), "{page}");
    assert!(page.contains("Show all cases"));
}

#[test]
fn an_item_follows_its_flaw_when_that_turns_out_to_be_another() {
    stories(|world| {
        world.listed("cisa-kev", "2026-11-22");
        let before = world.item();
        let kept = super::flaw(&world.app.db, "CVE-2026-2000", "The same hole");
        let (old, now) = (world.flaw, world.now());
        world.write(|tx| {
            let merge = "update vulnerabilities set merged_into = $2 where id = $1";
            tx.execute(merge, &[&old, &kept])?;
            let move_over = "update findings set vulnerability_id = $2 where vulnerability_id = $1";
            tx.execute(move_over, &[&old, &kept])?;
            let list = "insert into exploitations (vulnerability_id, source, added_on, \
                        first_seen_at, detail) values ($1, 'eu-kev', '2026-11-23', $2, '')";
            tx.execute(list, &[&kept, &now])?;
            Ok(())
        });
        // The item shows what is known of the surviving flaw, even before news of it comes.
        let view = world.write(|tx| cases::watch_view(tx, &world.psirt, before.id));
        assert_eq!(
            view.world.map(|world| world.name),
            Some("CVE-2026-2000".into())
        );
        assert_eq!(view.affected.len(), 2);
        // A job that still carries the old number speaks of the surviving flaw.
        world.consider();
        let item = world.item();
        assert_eq!((item.id, item.vulnerability_id), (before.id, Some(kept)));
        assert_eq!(item.vulnerability.as_deref(), Some("CVE-2026-2000"));
    });
}
