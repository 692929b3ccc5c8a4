//! The feeds' page: how old each is, what it holds, what of it could not be read, and how to get
//! newer data with and without a network.

use super::fault::Fault;
use super::{Feed, age_in_words, api, feed_in_words};
use crate::accounts::{Caller, Permission};
use crate::journal::{self, Entry};
use crate::trouble::Trouble;
use crate::web::route::{Access, get, post};
use crate::web::{Answer, App, Route, Visit, html, see_other};
use askama::Template;
use axum::extract::State;

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    let read = Access::Can(Permission::FindingsRead);
    vec![
        get("/settings/feeds", read, get_feeds),
        post(
            "/settings/feeds/sync",
            Access::Can(Permission::FeedsManage),
            post_sync,
        ),
        get("/api/bonafide/feeds", read, api::get_feeds),
    ]
}

#[derive(Template)]
#[template(path = "advisories/feeds.html")]
struct FeedsPage {
    page: Visit,
    lede: String,
    rows: Vec<Shown>,
    every_hours: u32,
    is_planned: bool,
}

struct Shown {
    name: String,
    what: String,
    age: String,
    /// What the last attempt came to, when it was not complete.
    outcome: Option<String>,
    /// The last fault in the reader's words, where its kind is known.
    fault: Option<String>,
    tone: &'static str,
    glyph: &'static str,
    tone_words: String,
    aside: Vec<String>,
    feed: Feed,
}

async fn get_feeds(State(app): State<App>, _caller: Caller, page: Visit) -> Answer {
    let (feeds, planned) = app
        .db
        .read(|tx| -> Result<_, Trouble> {
            Ok((super::list_feeds(tx)?, super::store::feeds::planned(tx)?))
        })
        .await?;
    let worst = super::worst(&feeds);
    html(&FeedsPage {
        lede: page.t(&format!("feeds-lede-{worst}")),
        rows: feeds.into_iter().map(|feed| shown(&page, feed)).collect(),
        every_hours: if app.config.demo {
            0
        } else {
            app.config.feeds.every_hours
        },
        is_planned: planned > 0,
        page,
    })
}

fn shown(page: &Visit, feed: Feed) -> Shown {
    let what = match feed.name.as_str() {
        "cisa-kev" | "euvd-kev" => "feed-what-exploited",
        "epss" => "feed-what-likelihood",
        _ => "feed-what-advisories",
    };
    // Only the expected feeds can take something away from an answer.
    let glyph = match feed.tone {
        "fresh" => "✓",
        "ageing" => "◔",
        "missing" => "?",
        _ => "!",
    };
    let aside = feed
        .left_aside
        .iter()
        .map(|(ecosystem, n)| {
            if ecosystem == super::NO_PACKAGE {
                page.t1("feed-aside-no-package", "n", n)
            } else {
                page.t2("feed-aside", "n", n, "ecosystem", ecosystem)
            }
        })
        .chain(
            feed.notes
                .iter()
                .filter(|(_, n)| **n > 0)
                .map(|(code, n)| page.t1(&format!("feed-note-{code}"), "n", n)),
        )
        .collect();
    Shown {
        name: feed_in_words(&feed.name),
        what: page.t(what),
        age: age_in_words(page, &feed),
        outcome: match feed.outcome.as_deref() {
            Some(code @ ("partial" | "failed")) => Some(page.t2(
                &format!("feed-outcome-{code}"),
                "records",
                feed.attempted_records,
                "unreadable",
                feed.unreadable,
            )),
            _ => None,
        },
        fault: Fault::ALL
            .into_iter()
            .find(|fault| feed.last_error_code.as_deref() == Some(fault.code()))
            .map(|fault| page.t(&format!("feed-fault-{}", fault.code()))),
        tone: feed.tone,
        glyph,
        tone_words: page.t(&format!("feed-tone-{}", feed.tone)),
        aside,
        feed,
    }
}

async fn post_sync(State(app): State<App>, caller: Caller) -> Answer {
    app.db
        .write(move |tx| -> Result<(), Trouble> {
            super::sync_now(tx)?;
            let entry = Entry::new("feeds-sync-asked", "feeds", serde_json::json!({}));
            journal::record(tx, caller.organisation, &caller.actor, entry)
        })
        .await?;
    app.wake.up();
    see_other("/settings/feeds")
}
