//! What every page needs to know about the person looking at it. Rooms take a [`Visit`] as an
//! extractor and give it to their template as `page`; they never ask for it themselves.

use super::words::Lang;
use crate::trouble::Trouble;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// One page view.
#[derive(Clone, Debug)]
pub struct Visit {
    pub lang: Lang,
    /// The reader's own zone, shown beside UTC.
    pub zone: TimeZone,
    /// `light`, `dark` or `system`.
    pub theme: &'static str,
    /// The path asked for, to mark where one is and to come back to.
    pub path: String,
    pub now: Timestamp,
    /// Who is signed in; none on public pages and before sign-in.
    pub person: Option<Person>,
    /// The running clock with the least time left, on every console page.
    pub strip: Option<Strip>,
    /// How fresh the feeds are, on every page that shows a finding.
    pub freshness: Vec<Freshness>,
    /// A line to show once, after an action: its message key.
    pub flash: Option<String>,
    /// The data is the demo's.
    pub demo: bool,
}

/// The signed-in person, as the layout shows them.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub organisation: String,
    pub organisation_slug: String,
    pub role: &'static str,
    /// Permission names (`products-read`), so that the layout hides what would be refused.
    pub permissions: Vec<&'static str>,
}

/// The line about the most urgent clock.
#[derive(Clone, Debug)]
pub struct Strip {
    pub href: String,
    /// Already in the reader's words: what is due, and by when.
    pub text: String,
    pub due_at: Timestamp,
    /// `calm`, `soon` (less than half left), `close` (less than a quarter), `overdue`.
    pub tone: &'static str,
}

/// One feed's age in words, and whether numbers that rest on it may be called complete.
#[derive(Clone, Debug)]
pub struct Freshness {
    pub name: String,
    pub text: String,
    /// `fresh`, `ageing` (over 24 h), `stale` (over 72 h), `missing`.
    pub tone: &'static str,
}

impl Visit {
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    pub fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        self.lang.t1(key, name, value)
    }

    /// Two arguments, for templates.
    pub fn t2(
        &self,
        key: &str,
        name: &str,
        value: impl ToString,
        other: &str,
        also: impl ToString,
    ) -> String {
        self.lang
            .ta(key, &[(name, value.to_string()), (other, also.to_string())])
    }

    pub fn day(&self, day: &Date) -> String {
        self.lang.day(*day)
    }

    pub fn month(&self, day: &Date) -> String {
        self.lang.month(*day)
    }

    pub fn utc(&self, at: &Timestamp) -> String {
        self.lang.instant_utc(*at)
    }

    pub fn local(&self, at: &Timestamp) -> String {
        self.lang.instant_in(*at, &self.zone)
    }

    /// For `<time datetime>`: RFC 3339 in UTC, whole seconds.
    pub fn iso(&self, at: &Timestamp) -> String {
        at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    pub fn number(&self, number: &i64) -> String {
        self.lang.number(*number)
    }

    /// How long from now to `at`, in the two largest units: `6 h 12 min`.
    pub fn span(&self, at: &Timestamp) -> String {
        let seconds = at.as_second() - self.now.as_second();
        self.lang.duration(seconds.abs())
    }

    pub fn can(&self, permission: &str) -> bool {
        self.person
            .as_ref()
            .is_some_and(|p| p.permissions.contains(&permission))
    }

    /// Whether a navigation entry is where we are.
    pub fn at(&self, prefix: &str) -> bool {
        if prefix == "/" {
            self.path == "/"
        } else {
            self.path.starts_with(prefix)
        }
    }

    /// The worst tone among the feeds: what a page may at most claim.
    pub fn worst_freshness(&self) -> &'static str {
        ["missing", "stale", "ageing"]
            .into_iter()
            .find(|tone| self.freshness.iter().any(|f| f.tone == *tone))
            .unwrap_or(if self.freshness.is_empty() {
                "missing"
            } else {
                "fresh"
            })
    }
}

impl Lang {
    /// A length of time in its two largest units.
    pub fn duration(self, seconds: i64) -> String {
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
        let (first, second) = match (days, hours, minutes) {
            (0, 0, 0) => return self.t("span-under-a-minute"),
            (0, 0, m) => (self.t1("span-minutes", "n", m), None),
            (0, h, m) => (
                self.t1("span-hours", "n", h),
                Some(self.t1("span-minutes", "n", m)),
            ),
            (d, h, _) => (
                self.t1("span-days", "n", d),
                Some(self.t1("span-hours", "n", h)),
            ),
        };
        second.map_or(first.clone(), |second| format!("{first} {second}"))
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Trouble> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            Trouble::Failure(anyhow::anyhow!(
                "the route {} was wired without a visit",
                parts.uri
            ))
        })
    }
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}
