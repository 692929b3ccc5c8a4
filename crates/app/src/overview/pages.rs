//! `/` and `/search`.

use super::{Hits, Home, rules};
use crate::accounts::{Caller, Permission as P};
use crate::trouble::Trouble;
use crate::web::route::{encode, get, post};
use crate::web::{Access, Answer, App, Route, Visit, html, see_other};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;

pub fn routes() -> Vec<Route> {
    vec![
        get("/", Access::Can(P::CasesRead), get_home),
        post("/checklist/hide", Access::SignedIn, post_hide_checklist),
        get("/search", Access::Can(P::FindingsRead), get_search),
    ]
}

#[derive(Template)]
#[template(path = "overview/home.html")]
struct HomePage {
    page: Visit,
    home: Home,
    /// Steps of the first days, each with its message key, address and whether it is done;
    /// none once everything is done or the reader hid them.
    steps: Vec<(&'static str, &'static str, bool)>,
}

const HIDE_COOKIE: &str = "checklist";

async fn get_home(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    headers: HeaderMap,
) -> Answer {
    let home = app.db.read(move |tx| super::home(tx, &caller)).await?;
    let hidden = crate::web::visit::cookie(&headers, HIDE_COOKIE).is_some();
    let steps = if hidden { Vec::new() } else { steps(&home) };
    html(&HomePage { page, home, steps })
}

fn steps(home: &Home) -> Vec<(&'static str, &'static str, bool)> {
    let seen = &home.coverage;
    let steps = vec![
        ("step-product", "/products/new", seen.products > 0),
        ("step-sbom", "/upload", seen.components > 0),
        (
            "step-support",
            "/products",
            seen.products > 0 && seen.without_support == 0,
        ),
        ("step-ci", "/settings/tokens", seen.tokens > 0),
        ("step-channel", "/settings/notices", seen.channels > 0),
        ("step-trust", "/trust-center/preview", seen.trust_published),
    ];
    if steps.iter().all(|(.., done)| *done) {
        Vec::new()
    } else {
        steps
    }
}

async fn post_hide_checklist() -> Answer {
    let mut answer = see_other("/")?;
    answer.headers_mut().insert(
        header::SET_COOKIE,
        HeaderValue::from_static("checklist=hidden; Path=/; Max-Age=31536000; SameSite=Lax"),
    );
    Ok(answer)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "overview/search.html")]
struct SearchPage {
    page: Visit,
    q: String,
    hits: Hits,
}

const CHARS_MAX: usize = 300;

async fn get_search(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let q: String = asked.q.trim().chars().take(CHARS_MAX).collect();
    if let Some(name) = rules::vulnerability_name(&q) {
        return see_other(&format!("/vulnerabilities/{}", encode(&name)));
    }
    let wanted = q.clone();
    let hits = app
        .db
        .read(move |tx| -> Result<Hits, Trouble> {
            if wanted.is_empty() {
                return Ok(Hits::default());
            }
            super::search(tx, &caller, &wanted)
        })
        .await?;
    html(&SearchPage { page, q, hits })
}
