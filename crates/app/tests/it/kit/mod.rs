//! A whole program for one test: held clock, seeded ids, a database in a temporary place,
//! captured mail. No test sleeps and none touches the internet.

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use bonafide::config::{Config, Flags};
use bonafide::mail::Mail;
use bonafide::store::Db;
use bonafide::time::{Clock, Entropy};
use bonafide::web::App;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex};
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
    pub mails: Arc<Mutex<Vec<Mail>>>,
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
        let app = App {
            db: sqlite(&folder, &clock),
            clock,
            blobs: bonafide::blobs::Blobs::open(&folder.path().join("blobs")).unwrap(),
            egress: bonafide::feeds::Egress::new(config.egress.clone()),
            mailer,
            wake: bonafide::jobs::Wake::default(),
            config: Arc::new(config),
        };
        Self {
            app,
            mails,
            _folder: folder,
        }
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
        let answer = bonafide::router::service(self.app.clone())
            .oneshot(request)
            .await
            .unwrap();
        Answer::read(answer).await
    }

    /// A page as somebody who is not signed in.
    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

/// An answer that was read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    async fn read(answer: Response<Body>) -> Self {
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

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
}
