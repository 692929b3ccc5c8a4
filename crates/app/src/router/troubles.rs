//! Every trouble on its way out, put into words once: a page in the reader's own language and
//! theme, with the navigation when they are signed in, or `application/problem+json` (RFC 9457)
//! for programs. Also what the framework itself turned away: an address that is no text, a query
//! nobody can read, a method nobody answers, a panic.

use super::around;
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{self, Answer, Refused};
use crate::web::words::Lang;
use crate::web::{App, Visit};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::sync::Arc;

/// What the first answer said and the last one must still say.
const KEPT: [HeaderName; 3] = [header::ALLOW, header::RETRY_AFTER, header::SET_COOKIE];

/// With the navigation, for somebody who is signed in.
#[derive(Template)]
#[template(path = "web/trouble_console.html")]
struct ConsolePage {
    page: Visit,
    said: Said,
}

/// Without it, for everybody else.
#[derive(Template)]
#[template(path = "web/trouble_public.html")]
struct PublicPage {
    page: Visit,
    said: Said,
    /// The organisation's public page, when the address was below it.
    trust: Option<(String, String)>,
}

/// What happened and what to do next, in the reader's language.
struct Said {
    status: u16,
    title: String,
    sentence: String,
    next: String,
}

impl Said {
    fn new(page: &Visit, status: StatusCode, refusal: &Refusal) -> Self {
        let (title, next) = keys_of(status);
        Self {
            status: status.as_u16(),
            title: page.t(title),
            sentence: page.lang.refusal(refusal),
            next: page.t(next),
        }
    }
}

fn keys_of(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        400 => ("trouble-400", "trouble-next-400"),
        401 => ("trouble-401", "trouble-next-401"),
        403 => ("trouble-403", "trouble-next-403"),
        404 => ("trouble-404", "trouble-next-404"),
        405 => ("trouble-405", "trouble-next-405"),
        409 => ("trouble-409", "trouble-next-409"),
        410 => ("trouble-410", "trouble-next-410"),
        413 => ("trouble-413", "trouble-next-413"),
        429 => ("trouble-429", "trouble-next-429"),
        500.. => ("trouble-5", "trouble-next-5"),
        _ => ("trouble-4", "trouble-next-4"),
    }
}

/// Puts a refusal into words: a page for people, RFC 9457 for machines.
pub async fn put_into_words(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let html = around::wants_html(&request);
    let headers = request.headers().clone();
    let is_head = request.method() == Method::HEAD;
    let mut answer = next.run(request).await;
    let refused = answer.extensions_mut().remove::<Refused>();
    if crate::intake::is_compatible_path(&path) {
        let answer = refused.map_or(answer, |Refused(refusal)| {
            say_when(crate::intake::refuse_compatibly(&refusal), &refusal)
        });
        return crate::intake::dress(&app, answer);
    }
    let refusal = refused.map(|Refused(refusal)| refusal);
    let Some(refusal) = refusal.or_else(|| turned_away(&answer).map(Arc::new)) else {
        return answer;
    };
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    let body = if html {
        page_of(&app, &headers, path, status, &refusal).await
    } else {
        problem(status, &refusal)
    };
    let mut worded = body.unwrap_or_else(|_| status.into_response());
    for name in KEPT {
        for value in answer.headers().get_all(&name) {
            worded.headers_mut().append(name.clone(), value.clone());
        }
    }
    if is_head {
        *worded.body_mut() = axum::body::Body::empty();
    }
    say_when(worded, &refusal)
}

/// `Retry-After` (RFC 9110 §10.2.3), where the sentence names a time.
fn say_when(mut answer: Response, refusal: &Refusal) -> Response {
    let named = |unit: &str| {
        let found = refusal.args.iter().find(|(name, _)| *name == unit);
        found.and_then(|(_, value)| value.parse::<u64>().ok())
    };
    let is_temporary = matches!(refusal.status, 429 | 503);
    let seconds = named("seconds").or_else(|| named("minutes").map(|minutes| minutes * 60));
    if let Some(seconds) = seconds.filter(|_| is_temporary) {
        let headers = answer.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// What the framework refused before a handler was asked: it answers in bare text, our own
/// handlers never do.
fn turned_away(answer: &Response) -> Option<Refusal> {
    let status = answer.status();
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let bare = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !bare || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    Some(match status.as_u16() {
        404 => Refusal::not_found(),
        405 => Refusal::new(405, "method-not-allowed"),
        413 => Refusal::too_large("body-too-large"),
        415 => Refusal::new(415, "kind-not-taken"),
        500.. => {
            tracing::error!(%status, "a request failed without a word");
            Refusal::new(500, "failure")
        }
        _ => Refusal::new(400, "request-unreadable"),
    })
}

async fn page_of(
    app: &App,
    headers: &HeaderMap,
    path: String,
    status: StatusCode,
    refusal: &Refusal,
) -> Answer {
    // When recognising itself is what fails, the page still says what happened.
    let recognised = around::recognise(app, headers, path.clone(), true).await;
    let (_, page) = recognised.unwrap_or_else(|_| (None, around::visit_of(app, headers, path)));
    let said = Said::new(&page, status, refusal);
    if page.person.is_some() {
        return answer::html_status(status, &ConsolePage { page, said });
    }
    let trust = trust_center_of(app, &page.path).await;
    answer::html_status(status, &PublicPage { page, said, trust })
}

/// The name and address of the public page a dead link was below.
async fn trust_center_of(app: &App, path: &str) -> Option<(String, String)> {
    let slug = path.strip_prefix("/trust/")?.split('/').next()?.to_owned();
    let found = app
        .db
        .read(move |tx| crate::trust_center::get_organisation(tx, Some(&slug)))
        .await
        .ok()?;
    Some((found.name, format!("/trust/{}", found.slug)))
}

/// `application/problem+json` (RFC 9457); `code` is ours and stable.
fn problem(status: StatusCode, refusal: &Refusal) -> Answer {
    let mut value = serde_json::json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Refused"),
        "status": status.as_u16(),
        "code": refusal.code,
        "detail": Lang::En.refusal(refusal),
    });
    if let Some(field) = refusal.field {
        value["field"] = field.into();
    }
    if !refusal.also.is_empty() {
        let all = std::iter::once(refusal).chain(&refusal.also);
        value["errors"] = all
            .map(|one| {
                serde_json::json!({
                    "code": one.code,
                    "detail": Lang::En.refusal(one),
                    "field": one.field,
                })
            })
            .collect();
    }
    let mut answer = answer::json(status, &value)?;
    answer.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    Ok(answer)
}

/// A panic is a failure: logged, and shown without its inside.
pub fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text = crate::trouble::words_of(&*panic);
    Trouble::Failure(anyhow::anyhow!("a request panicked: {text}")).into_response()
}
