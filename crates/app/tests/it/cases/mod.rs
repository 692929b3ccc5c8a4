//! Article 14 from the first signal to the final report, on both databases and through the pages.

pub mod deciding;
mod filing;
mod http;
mod http_cases;
mod http_watch;
mod incidents;
mod lists;
mod pages;
mod path;
mod small;

use crate::kit::{caller_of, on_each_database, organisation};
use bonafide::accounts::{Caller, Role};
use bonafide::cases::{
    self, Answered, CaseView, Deadline, ExploitedBy, FilingKind, NewDecision, NewFiling, Stage,
    Verdict, WatchItem,
};
use bonafide::config::{Config, Flags};
use bonafide::ids::{CaseId, ProductId, ReleaseId, WatchItemId};
use bonafide::mail::{Mail, Mailer};
use bonafide::products::{self, NewProduct, Placing};
use bonafide::releases::{self, Market, NewRelease};
use bonafide::store::{Db, Error, Tx};
use bonafide::trouble::{Refusal, Trouble};
use bonafide::web::App;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex};

/// A company with a gateway in three versions, and a flaw in two of them.
pub struct World {
    pub app: App,
    pub mails: Arc<Mutex<Vec<Mail>>>,
    pub program: Caller,
    pub psirt: Caller,
    /// 1.0, 1.1, 1.2 (withdrawn); 2.0 is not on the market yet.
    pub releases: Vec<ReleaseId>,
    pub flaw: i64,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

/// Tells a story on each database.
pub fn stories(story: impl Fn(&World)) {
    on_each_database(|db| story(&World::on(db)));
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}

impl World {
    pub fn on(db: Db) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let flags = Flags {
            data: Some(folder.path().to_owned()),
            base_url: Some("https://bonafide.test".into()),
            ..Flags::default()
        };
        let (mailer, mails) = Mailer::captured();
        let app = App {
            clock: db.clock().clone(),
            blobs: bonafide::blobs::Blobs::open(&folder.path().join("blobs")).unwrap(),
            egress: bonafide::feeds::Egress::new(Default::default()),
            mailer,
            wake: bonafide::jobs::Wake::default(),
            fetching: bonafide::feeds::Fetching::default(),
            config: Arc::new(Config::load(&flags, &|_| None).unwrap()),
            db,
        };
        let program = organisation(&app.db);
        let psirt = caller_of(&app.db, program.organisation, Role::Psirt);
        let (_, releases) = gateway(&app.db, &program);
        let flaw = flaw(&app.db, "CVE-2026-1000", "Overflow in libfoo");
        for release in [releases[0], releases[2], releases[3]] {
            contain(&app.db, &program, release, flaw, "pkg:npm/libfoo@1.4.0");
        }
        Self {
            app,
            mails,
            program,
            psirt,
            releases,
            flaw,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            _folder: folder,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    pub fn try_write<T>(&self, work: impl Fn(&mut Tx) -> Result<T, Trouble>) -> Result<T, Refusal> {
        match self.app.db.write_now(work) {
            Ok(done) => Ok(done),
            Err(Trouble::Refusal(refusal)) => Err(refusal),
            Err(Trouble::Failure(error)) => panic!("{error:?}"),
        }
    }

    #[track_caller]
    pub fn write<T>(&self, work: impl Fn(&mut Tx) -> Result<T, Trouble>) -> T {
        self.try_write(work).unwrap_or_else(|r| panic!("{r:?}"))
    }

    /// Lets a time pass; alarms ring and jobs are done.
    pub fn pass(&self, time: SignedDuration) {
        self.app.clock.advance(time);
        self.turn();
    }

    pub fn turn(&self) {
        self.runtime
            .block_on(bonafide::worker::turn(&self.app))
            .unwrap();
    }

    /// A catalogue says that the flaw is exploited, and the job that follows runs.
    pub fn listed(&self, source: &str, day: &str) {
        list(&self.app.db, self.flaw, source, day);
        self.consider();
    }

    pub fn consider(&self) {
        let (org, flaw) = (self.program.organisation, self.flaw);
        self.write(|tx| cases::consider_exploited(tx, org, flaw));
        self.turn();
    }

    /// The one watch item.
    #[track_caller]
    pub fn item(&self) -> WatchItem {
        let mut items = self.items();
        assert_eq!(items.len(), 1, "{items:?}");
        items.remove(0)
    }

    pub fn items(&self) -> Vec<WatchItem> {
        self.write(|tx| cases::list_watch_items(tx, &self.psirt, None, 0))
            .0
    }

    /// An "aware" decision now, on the one item.
    pub fn aware(&self) -> CaseId {
        let item = self.item();
        let new = decision(&item, aware_at(self.now()));
        let case = self.decide(item.id, &new).1.unwrap();
        self.turn();
        case
    }

    #[track_caller]
    pub fn decide(
        &self,
        id: WatchItemId,
        new: &NewDecision,
    ) -> (bonafide::ids::DecisionId, Option<CaseId>) {
        self.write(|tx| cases::decide(tx, &self.psirt, id, new))
    }

    pub fn case(&self, id: CaseId) -> CaseView {
        self.write(|tx| cases::case_view(tx, &self.psirt, id))
    }

    #[track_caller]
    pub fn deadline(&self, id: CaseId, stage: Stage) -> Deadline {
        let view = self.case(id);
        let found = view.deadlines.iter().find(|d| d.stage == stage);
        found.unwrap().clone()
    }

    /// Records a stage as filed now, with what stands on its sheet.
    pub fn file(&self, id: CaseId, stage: Stage) {
        self.try_file(id, stage, |_| {}).unwrap();
    }

    pub fn try_file(
        &self,
        id: CaseId,
        stage: Stage,
        change: impl FnOnce(&mut NewFiling),
    ) -> Result<bonafide::ids::SubmissionId, Refusal> {
        let view = self.write(|tx| cases::sheet_view(tx, &self.psirt, id, stage));
        let mut filing = NewFiling {
            stage,
            kind: FilingKind::First,
            also_covers: Vec::new(),
            platform_reference: "SRP-DE-V-2026-00000018".into(),
            submitted_at: self.now(),
            reason: None,
            seal: view.seal(),
            receipt: None,
        };
        change(&mut filing);
        self.try_write(|tx| cases::record_filed(tx, &self.app.blobs, &self.psirt, id, &filing))
    }

    /// Subjects of the mails since the last look, each once, sorted.
    pub fn told(&self) -> Vec<String> {
        let mails = std::mem::take(&mut *self.mails.lock().unwrap());
        let mut subjects: Vec<String> = mails.into_iter().map(|mail| mail.subject).collect();
        subjects.sort();
        subjects
    }

    pub fn count(&self, sql: &str) -> i64 {
        self.app
            .db
            .read_now(|tx| -> Result<i64, Error> { Ok(tx.query_one(sql, &[])?.int(0)) })
            .unwrap()
    }
}

fn gateway(db: &Db, program: &Caller) -> (ProductId, Vec<ReleaseId>) {
    db.write_now(|tx| -> Result<_, Trouble> {
        let placing = |state: &str| Placing {
            member_state: state.into(),
            placed_on: None,
        };
        let new = NewProduct {
            name: "Gateway".into(),
            category: "important-class-1".into(),
            support_ends_on: Some("2031-03-01".parse().unwrap()),
            support_reason: "Five years of expected use.".into(),
            placings: vec![placing("DE"), placing("FR")],
            ..NewProduct::default()
        };
        let product = products::create_product(tx, program, new)?;
        let mut made = Vec::new();
        for (version, market) in [
            ("1.0", Market::OnMarket),
            ("1.1", Market::OnMarket),
            ("1.2", Market::Withdrawn),
            ("2.0", Market::NotYet),
        ] {
            let new = NewRelease {
                version: version.into(),
                market: Some(market),
                ..NewRelease::default()
            };
            made.push(releases::create_release(tx, program, product, new)?);
        }
        Ok((product, made))
    })
    .unwrap_or_else(|trouble| panic!("{trouble:?}"))
}

/// A flaw the feeds know.
pub fn flaw(db: &Db, name: &str, title: &str) -> i64 {
    db.write_now(|tx| -> Result<i64, Error> {
        let sql = "insert into vulnerabilities (name, title, severity, score, vector, updated_at) \
                   values ($1, $2, 'critical', 9.8, \
                   'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 0) returning id";
        let id = tx.query_one(sql, &[&name, &title])?.int(0);
        let alias = "insert into vulnerability_aliases (alias, vulnerability_id) values ($1, $2)";
        tx.execute(alias, &[&name, &id])?;
        tx.execute(alias, &[&name.replace("CVE", "EUVD"), &id])?;
        Ok(id)
    })
    .unwrap()
}

/// Matching finds the flaw in a release.
pub fn contain(db: &Db, caller: &Caller, release: ReleaseId, flaw: i64, purl: &str) {
    db.write_now(|tx| -> Result<(), Error> {
        let id: bonafide::ids::FindingId = tx.new_id();
        let now = tx.now();
        let version = "insert into package_versions (purl, version) values ($1, '1.4.0') \
                       on conflict (purl) do update set version = excluded.version returning id";
        let version = tx.query_one(version, &[&purl])?.int(0);
        let finding = "insert into findings (organisation_id, id, release_id, package_version_id, \
                       vulnerability_id, state, status, first_seen_at, changed_at) \
                       values ($1, $2, $3, $4, $5, 'open', 'not_assessed', $6, $6)";
        let org = caller.organisation;
        tx.execute(finding, &[&org, &id, &release, &version, &flaw, &now])?;
        Ok(())
    })
    .unwrap();
}

/// A catalogue lists the flaw.
pub fn list(db: &Db, flaw: i64, source: &str, day: &str) {
    db.write_now(|tx| -> Result<(), Error> {
        let now = tx.now();
        let sql = "insert into exploitations (vulnerability_id, source, added_on, first_seen_at, \
                   detail) values ($1, $2, $3, $4, '')";
        tx.execute(sql, &[&flaw, &source, &day, &now])?;
        Ok(())
    })
    .unwrap();
}

pub fn aware_at(aware_at: Timestamp) -> Verdict {
    Verdict::Aware {
        aware_at: Some(aware_at),
        aware_reason: None,
    }
}

pub fn decision(item: &WatchItem, verdict: Verdict) -> NewDecision {
    NewDecision {
        revision: item.revision,
        contained: Answered::Yes,
        contained_text: "The SBOM lists libfoo 1.4.0.".into(),
        reachable: Answered::Yes,
        reachable_text: "The parser is on the network.".into(),
        exploited: ExploitedBy::Customer,
        exploited_text: "A customer sent us the trace.".into(),
        verdict,
        reason: "The trace shows our parser.".into(),
        evidence: Vec::new(),
        incident: None,
        releases: Vec::new(),
        member_states: Vec::new(),
    }
}
