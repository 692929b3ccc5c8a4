//! A whole program for one test: held clock, seeded ids, a database in a temporary place,
//! captured mail. No test sleeps and none touches the internet.

mod client;
mod receiver;
mod tenant;

pub use client::{Client, Part, base64};
pub use receiver::{Receiver, Seen};
pub use tenant::{Tenant, caller_of, found, organisation};

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use bonafide::accounts::{Caller, Organisation, Role, Scope};
use bonafide::config::{Config, Flags};
use bonafide::mail::Mail;
use bonafide::store::Db;
use bonafide::time::{Clock, Entropy};
use bonafide::web::App;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, OnceLock};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// When every test begins: a Monday morning after Article 14 has begun to apply.
pub const START: &str = "2026-11-23T09:00:00Z";

/// Where tests find a PostgreSQL server, if `scripts/test` started one.
pub const POSTGRES: &str = "BONAFIDE_TEST_POSTGRES_URL";

pub fn start() -> Timestamp {
    START.parse().unwrap()
}

/// Runs a story on SQLite, and on PostgreSQL where a server was started for the run.
pub fn on_each_database(story: impl Fn(Db)) {
    let folder = TempDir::new().unwrap();
    story(sqlite(&folder, &Clock::held(start())));
    match std::env::var(POSTGRES) {
        Ok(url) => {
            let schema = schema_name();
            let clock = Clock::held(start());
            story(Db::open_postgres(&url, Some(&schema), clock, Entropy::seeded(1)).unwrap());
        }
        Err(_) => eprintln!("PostgreSQL: not tried, {POSTGRES} is not set"),
    }
}

/// Runs a story with two separate openings of the same database, as two programs over it have
/// them: each has connections and a sequence of ids of its own.
pub fn on_two_openings(story: impl Fn([Db; 2])) {
    let folder = TempDir::new().unwrap();
    let clock = || Clock::held(start());
    let file = folder.path().join("test.sqlite");
    story([1, 2].map(|seed| Db::open_sqlite(&file, clock(), Entropy::seeded(seed)).unwrap()));
    match std::env::var(POSTGRES) {
        Ok(url) => {
            let schema = schema_name();
            story([1, 2].map(|seed| {
                Db::open_postgres(&url, Some(&schema), clock(), Entropy::seeded(seed)).unwrap()
            }));
        }
        Err(_) => eprintln!("PostgreSQL: not tried, {POSTGRES} is not set"),
    }
}

fn sqlite(folder: &TempDir, clock: &Clock) -> Db {
    let file = folder.path().join("test.sqlite");
    Db::open_sqlite(&file, clock.clone(), Entropy::seeded(1)).unwrap()
}

fn schema_name() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!(
        "t{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}

/// A program under test.
pub struct TestApp {
    pub app: App,
    /// The organisation that is there from the beginning.
    pub organisation: Organisation,
    pub mails: Arc<Mutex<Vec<Mail>>>,
    /// Wired once, by the first request, so that a story may change `app` before it; each request
    /// gets a cheap clone.
    service: OnceLock<axum::Router>,
    _folder: TempDir,
}

impl TestApp {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Clock::held(start());
        let flags = Flags {
            data: Some(folder.path().to_owned()),
            ..Flags::default()
        };
        let mut config = Config::load(&flags, &|_| None).unwrap();
        config.base_url = "https://bonafide.test".into();
        let (mailer, mails) = bonafide::mail::Mailer::captured();
        let db = sqlite(&folder, &clock);
        let organisation = tenant::found(&db, "Muster Werke GmbH");
        let app = App {
            db,
            clock,
            blobs: bonafide::blobs::Blobs::open(&folder.path().join("blobs")).unwrap(),
            egress: bonafide::feeds::Egress::new(config.egress.clone()),
            mailer,
            wake: bonafide::jobs::Wake::default(),
            fetching: bonafide::feeds::Fetching::default(),
            config: Arc::new(config),
        };
        Self {
            service: OnceLock::new(),
            app,
            organisation,
            mails,
            _folder: folder,
        }
    }

    /// Wires anew, after a change of `app` that comes after the first request.
    pub fn rewire(&mut self) {
        self.service = OnceLock::new();
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Client<'_> {
        Client::new(self)
    }

    /// Somebody of our organisation, freshly signed in.
    pub fn member(&self, role: Role) -> Client<'_> {
        self.tenant().member(role)
    }

    /// A machine of our organisation.
    pub fn token(&self, scopes: &[Scope]) -> Client<'_> {
        self.tenant().token(scopes)
    }

    /// A person of our organisation, for calling operations without HTTP.
    pub fn caller(&self, role: Role) -> Caller {
        self.tenant().caller(role)
    }

    /// Our organisation.
    pub fn tenant(&self) -> Tenant<'_> {
        Tenant::of(self, self.organisation.clone())
    }

    /// A further organisation on the same program, with people and tokens of its own.
    pub fn other_tenant(&self) -> Tenant<'_> {
        Tenant::of(self, tenant::found(&self.app.db, "Andere Leute AG"))
    }

    /// Moves the clock forward; call [`TestApp::run_jobs`] to see what that causes.
    pub fn advance(&self, by: SignedDuration) {
        self.app.clock.advance(by);
    }

    /// Fires due alarms and does waiting jobs until nothing is left.
    pub async fn run_jobs(&self) {
        bonafide::worker::turn(&self.app).await.unwrap();
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let service = self
            .service
            .get_or_init(|| bonafide::router::service(self.app.clone()));
        let answer = service.clone().oneshot(request).await.unwrap();
        Answer::read(answer).await
    }

    /// A page as somebody who is not signed in.
    pub async fn get(&self, path: &str) -> Answer {
        self.anonymous().get(path).await
    }
}

/// An answer that was read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub async fn read(answer: Response<Body>) -> Self {
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .unwrap()
            .to_vec();
        Self {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's text; empty when it is absent.
    pub fn header(&self, name: impl header::AsHeaderName) -> String {
        let value = self.headers.get(name);
        value.map_or(String::new(), |v| v.to_str().unwrap().to_owned())
    }

    /// Where a redirect leads.
    pub fn location(&self) -> String {
        self.header(header::LOCATION)
    }

    /// Asserts the status and gives the answer on, with the body in the message when it differs.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
}

impl Drop for TestApp {
    /// Every word a test's pages asked for must have been there.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let faults = bonafide::web::words::faults();
            assert!(
                faults.is_empty(),
                "messages missing or lacking an argument: {faults:?}"
            );
        }
    }
}
