//! A component across releases: versions in use, their flaws, and "why, or why not" for any flaw.

use super::finding::unknown;
use super::marks::{self, Mark};
use crate::accounts::Caller;
use crate::advisories;
use crate::findings::FindingRow;
use crate::findings::api::finding_json;
use crate::findings::component::{
    Answer as Said, Held, Known, VERSIONS_MAX, get_component as look,
};
use crate::trouble::Trouble;
use crate::web::forms::Fields;
use crate::web::route::encode;
use crate::web::shown::Shown as Form;
use crate::web::{Answer, App, Visit, answer};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use bonafide_engine::matching::{Outcome, Rule};
use serde_json::{Value, json};

type Pairs = Query<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "findings/component.html")]
struct ComponentPage {
    page: Visit,
    form: Form,
    /// None before anything was asked for.
    found: Option<Found>,
    caveats: Vec<String>,
}

struct Found {
    asked: String,
    package: Option<String>,
    lede: String,
    /// The flaw that was asked for, and what is known of it.
    question: Option<String>,
    is_cut: Option<String>,
    versions: Vec<Version>,
    json: String,
}

struct Version {
    purl: String,
    releases: Vec<(String, String, String)>,
    findings: Vec<(FindingRow, Mark)>,
    answers: Vec<Line>,
}

struct Line {
    record: String,
    feed: String,
    answer: String,
    because: String,
    mark: Mark,
}

pub async fn get_component(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(pairs): Pairs,
) -> Answer {
    let fields = Fields::from_pairs(pairs);
    let (status, form, found) = match looked_up(&app, caller, &fields).await {
        Ok(found) => (StatusCode::OK, Form::new(fields), found),
        Err(trouble) => {
            let form = Form::refused(fields, trouble, page.lang, "component-field")?;
            (StatusCode::UNPROCESSABLE_ENTITY, form, None)
        }
    };
    let shown = ComponentPage {
        found: found.map(|found| shown(&page, found)),
        caveats: marks::feed_caveats(&page),
        form,
        page,
    };
    answer::html_status(status, &shown)
}

pub async fn get_component_json(
    State(app): State<App>,
    caller: Caller,
    Query(pairs): Pairs,
) -> Answer {
    let fields = Fields::from_pairs(pairs);
    let found = looked_up(&app, caller, &fields).await?;
    answer::json(StatusCode::OK, &found.map_or(Value::Null, |f| in_json(&f)))
}

async fn looked_up(app: &App, caller: Caller, fields: &Fields) -> Result<Option<Known>, Trouble> {
    let Some(purl) = fields.opt("purl").map(str::to_owned) else {
        return Ok(None);
    };
    let flaw = fields.opt("vulnerability").map(str::to_owned);
    let read = move |tx: &mut crate::store::Tx| look(tx, &caller, &purl, flaw.as_deref());
    app.db.read(read).await.map(Some)
}

fn shown(page: &Visit, found: Known) -> Found {
    let (releases, flaws) = (found.releases(), found.flaws());
    let lede = match (found.versions.is_empty(), &found.package) {
        (true, _) => page.t("component-lede-none"),
        (false, None) => page.t1("component-lede-unchecked", "releases", releases),
        (false, Some(_)) => page.t2("component-lede", "releases", releases, "flaws", flaws),
    };
    let question = found.question.as_ref().map(|question| {
        let key = match &question.vulnerability {
            Some(_) => "component-question",
            None => "component-question-unknown",
        };
        page.t1(key, "vulnerability", question.asked.clone())
    });
    let mut json = format!("/api/bonafide/components?purl={}", encode(&found.asked));
    if let Some(question) = &found.question {
        json.push_str(&format!("&vulnerability={}", encode(&question.asked)));
    }
    Found {
        lede,
        question,
        json,
        is_cut: found
            .is_cut
            .then(|| page.t1("component-cut", "n", VERSIONS_MAX)),
        versions: found
            .versions
            .iter()
            .map(|held| version(page, held))
            .collect(),
        asked: found.asked,
        package: found.package,
    }
}

fn version(page: &Visit, held: &Held) -> Version {
    let releases = held.holders.iter().map(|holder| {
        let name = format!("{} {}", holder.product_name, holder.version);
        let href = format!("/releases/{}/findings", holder.release);
        let market = page.t(&format!("release-market-{}", holder.market));
        (name, href, market)
    });
    let findings = held.findings.iter().map(|row| {
        let mark = marks::mark(page.lang, &row.status);
        (row.clone(), mark)
    });
    Version {
        purl: held.purl.clone(),
        releases: releases.collect(),
        findings: findings.collect(),
        answers: held.answers.iter().map(|said| line(page, said)).collect(),
    }
}

/// One record's answer: what it says, and the range, rule or reason behind it.
fn line(page: &Visit, said: &Said) -> Line {
    let lang = page.lang;
    let (state, answer, because) = match &said.outcome {
        _ if said.is_withdrawn => ("unknown", page.t("finding-record-withdrawn"), String::new()),
        Outcome::Affected(reason) => {
            let rule = page.t(&format!("finding-rule-{}", reason.rule.as_str()));
            let words = format!("{} · {} · {rule}", reason.identifier, reason.range);
            ("affected", page.t("finding-answer-affected"), words)
        }
        Outcome::NotAffected(reason) if reason.rule == Rule::PackageNotNamed => {
            let words = page.t("finding-rule-package-not-named");
            ("not_affected", page.t("component-answer-not-named"), words)
        }
        Outcome::NotAffected(reason) => {
            let words = page.t2(
                "component-outside",
                "identifier",
                reason.identifier.clone(),
                "range",
                reason.range.clone(),
            );
            ("not_affected", page.t("component-answer-not"), words)
        }
        Outcome::Unknown(why) => {
            let words = unknown(lang, &why.code);
            ("unknown", page.t("component-answer-unknown"), words)
        }
    };
    Line {
        record: said.record.clone(),
        feed: advisories::feed_in_words(&said.feed),
        mark: marks::mark(lang, state),
        answer,
        because,
    }
}

fn in_json(found: &Known) -> Value {
    let versions: Vec<Value> = found
        .versions
        .iter()
        .map(|held| {
            let findings: Vec<Value> = held.findings.iter().map(finding_json).collect();
            let answers: Vec<Value> = held
                .answers
                .iter()
                .map(|said| {
                    json!({
                        "record": said.record, "feed": said.feed, "modified": said.modified,
                        "withdrawn": said.is_withdrawn, "answer": said.outcome,
                    })
                })
                .collect();
            json!({
                "purl": held.purl, "releases": held.holders, "findings": findings,
                "answers": answers,
            })
        })
        .collect();
    let question = found.question.as_ref().map(|question| {
        json!({
            "asked": question.asked,
            "vulnerability": question.vulnerability.as_ref().map(|known| &known.name),
        })
    });
    json!({
        "asked": found.asked,
        "package": found.package,
        "question": question,
        "versions": versions,
        "more_versions_known": found.is_cut,
    })
}
