//! One finding: what met what, where that stands, who judged it.

use super::marks::{self, Mark};
use crate::accounts::Caller;
use crate::advisories;
use crate::findings::explain::{Answered, Explained, Found, Reason, get_finding as explain};
use crate::findings::{Assessment, api};
use crate::ids::FindingId;
use crate::web::route::{self, encode};
use crate::web::words::Lang;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "findings/finding.html")]
struct FindingPage {
    page: Visit,
    found: Box<Explained>,
    lede: String,
    mark: Mark,
    severity: String,
    exploited: Vec<String>,
    epss: Option<String>,
    fixed: Vec<String>,
    /// The component's own page, asked about this flaw.
    component: String,
    aliases: Vec<String>,
    reasons: Vec<Shown>,
    history: Vec<Event>,
    earlier: Option<(String, String)>,
    caveats: Vec<String>,
}

struct Shown {
    reason: Reason,
    feed: String,
    range: String,
    identifier: String,
    rule: String,
    answer: String,
    is_affected: bool,
}

struct Event {
    at: jiff::Timestamp,
    what: String,
    who: String,
    detail: String,
}

pub async fn get_finding(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let (id, as_json) = match id.strip_suffix(".json") {
        Some(bare) => (bare.to_owned(), true),
        None => (id, false),
    };
    let id: FindingId = route::id(&id)?;
    let found = app.db.read(move |tx| explain(tx, &caller, id)).await?;
    let found = match found {
        Found::Here(found) => found,
        Found::Moved(kept) if as_json => return see_other(&format!("/findings/{kept}.json")),
        Found::Moved(kept) => return see_other(&format!("/findings/{kept}")),
    };
    if as_json {
        return answer::json(StatusCode::OK, &api::explained_json(&found));
    }
    let lang = page.lang;
    let exploited: Vec<(String, String)> = found
        .vulnerability
        .exploitations
        .iter()
        .filter(|e| e.withdrawn_at.is_none())
        .map(|e| (e.source.clone(), e.added_on.clone()))
        .collect();
    let epss = found.vulnerability.epss.as_ref().map(|epss| {
        let score = marks::percent(epss.score);
        page.t2(
            "finding-epss",
            "score",
            score,
            "day",
            day(lang, &epss.scored_on),
        )
    });
    html(&FindingPage {
        lede: lede(&page, &found),
        mark: marks::mark(lang, &found.row.status),
        severity: marks::severity(lang, &found.row.severity, found.row.score),
        exploited: marks::exploited(lang, &exploited),
        epss,
        fixed: found.fixed(),
        component: format!(
            "/components?purl={}&vulnerability={}",
            encode(&found.row.purl),
            encode(&found.row.vulnerability)
        ),
        aliases: others(&found),
        reasons: found.reasons.iter().map(|r| shown(&page, r)).collect(),
        history: history(lang, &found),
        earlier: earlier(&page, &found),
        caveats: marks::feed_caveats(&page),
        found,
        page,
    })
}

fn day(lang: Lang, iso: &str) -> String {
    iso.parse()
        .map_or_else(|_| iso.to_owned(), |day| lang.day(day))
}

fn others(found: &Explained) -> Vec<String> {
    let name = &found.vulnerability.name;
    found
        .vulnerability
        .aliases
        .iter()
        .filter(|alias| *alias != name)
        .cloned()
        .collect()
}

/// The answer at the top: contained or not any more, and what fixes it.
fn lede(page: &Visit, found: &Explained) -> String {
    if found.row.state != "open" {
        let reason = found.row.gone_reason.as_deref().unwrap_or("other");
        return page.t(&format!("finding-gone-{reason}"));
    }
    let product = format!("{} {}", found.row.product_name, found.row.version);
    let contained = page.t2(
        "finding-lede",
        "product",
        product,
        "component",
        found.row.purl.clone(),
    );
    let fixed = found.fixed();
    let remedy = match fixed.as_slice() {
        [] => page.t("finding-lede-no-fix"),
        fixed => page.t1("finding-lede-fixed", "versions", fixed.join(", ")),
    };
    format!("{contained} {remedy}")
}

fn shown(page: &Visit, reason: &Reason) -> Shown {
    let (identifier, range, rule, answer, is_affected) = match &reason.answer {
        Answered::Affected(found) => (
            found.identifier.clone(),
            found.range.clone(),
            page.t(&format!("finding-rule-{}", found.rule.as_str())),
            page.t("finding-answer-affected"),
            true,
        ),
        Answered::Unknown(why) => (
            String::new(),
            String::new(),
            String::new(),
            unknown(page.lang, &why.code),
            false,
        ),
        Answered::Unreadable => (
            String::new(),
            String::new(),
            String::new(),
            unknown(page.lang, "other"),
            false,
        ),
    };
    Shown {
        feed: advisories::feed_in_words(&reason.feed),
        reason: reason.clone(),
        range,
        identifier,
        rule,
        answer,
        is_affected,
    }
}

/// Why nothing can be said, in words.
pub fn unknown(lang: Lang, code: &str) -> String {
    let key = format!("finding-unknown-{code}");
    if lang.has(&key) {
        lang.t(&key)
    } else {
        lang.t("finding-unknown-other")
    }
}

/// The judgement, its reason, how far it reaches and how long it holds.
fn judged_in_words(lang: Lang, judged: &Assessment) -> String {
    let status = judged.status.replace('_', "-");
    let mut parts = vec![lang.t(&format!("finding-state-{status}"))];
    if let Some(reason) = &judged.justification {
        let reason = reason.replace('_', "-");
        parts.push(lang.t(&format!("finding-because-{reason}")));
    }
    if judged.carried_from.is_some() {
        parts.push(lang.t("finding-event-carried"));
    } else if judged.scope != "release" {
        parts.push(lang.t(&format!("finding-event-scope-{}", judged.scope)));
    }
    if let Some(at) = judged.expires_at {
        // The day before: it holds until its end.
        let last = at - jiff::SignedDuration::from_secs(1);
        parts.push(lang.t1("finding-event-expires", "day", utc_day(lang, last)));
    }
    parts.join("; ")
}

fn utc_day(lang: Lang, at: jiff::Timestamp) -> String {
    lang.day(at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date())
}

/// What was said about another version of the component, and the form filled in with it.
fn earlier(page: &Visit, found: &Explained) -> Option<(String, String)> {
    let earlier = found.earlier.as_ref()?;
    let said = &earlier.assessment;
    let words = page.lang.ta(
        "finding-earlier",
        &[
            ("component", earlier.purl.clone()),
            ("product", found.row.product_name.clone()),
            ("release", earlier.release.clone()),
            ("who", said.assessed_by.clone()),
            ("day", utc_day(page.lang, said.assessed_at)),
            ("said", judged_in_words(page.lang, said)),
        ],
    );
    let href = format!(
        "/vulnerabilities/{}?finding={}&status={}&justification={}&detail={}#findings",
        encode(&found.row.vulnerability),
        found.row.id,
        encode(&said.status),
        encode(said.justification.as_deref().unwrap_or_default()),
        encode(&said.detail),
    );
    Some((words, href))
}

fn history(lang: Lang, found: &Explained) -> Vec<Event> {
    let program = lang.t("finding-by-program");
    let mut events = vec![Event {
        at: found.row.first_seen_at,
        what: lang.t("finding-event-first-seen"),
        who: program.clone(),
        detail: String::new(),
    }];
    for (at, state, reason) in &found.changes {
        let what = match (state.as_str(), reason) {
            ("open", Some(reason)) if reason == "judgement-expired" => {
                lang.t("finding-event-judgement-expired")
            }
            ("gone", Some(reason)) => lang.t(&format!("finding-gone-{reason}")),
            _ => lang.t("finding-event-opened-again"),
        };
        events.push(Event {
            at: *at,
            what,
            who: program.clone(),
            detail: String::new(),
        });
    }
    for judged in &found.history {
        events.push(Event {
            at: judged.assessed_at,
            what: judged_in_words(lang, judged),
            who: judged.assessed_by.clone(),
            detail: judged.detail.clone(),
        });
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    events
}
