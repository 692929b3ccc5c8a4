//! What stands around every route.

use super::arrival::{self, Pace};
use super::{kept, troubles};
use crate::accounts::{self, Credentials, Recognised};
use crate::trouble::{Refusal, Trouble};
use crate::web::answer;
use crate::web::visit::{Visit, cookie};
use crate::web::words::Lang;
use crate::web::{Access, App, Route};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use jiff::tz::TimeZone;
use tower_http::catch_panic::CatchPanicLayer;

/// A route with its gate in front.
pub fn gated(app: &App, route: Route, pace: Pace) -> MethodRouter<App> {
    let state = Gate {
        app: app.clone(),
        access: route.access,
        body_max: route.body_max.max(1),
        pace,
    };
    route.handler.layer(from_fn_with_state(state, gate))
}

/// What a route's gate knows.
#[derive(Clone)]
struct Gate {
    app: App,
    access: Access,
    body_max: usize,
    pace: Pace,
}

/// Headers, troubles in words, unknown addresses, compression. The outer catch is for what
/// stands around the handlers; a handler that panics is put into words like any other failure.
pub fn everything(app: &App, router: Router<App>) -> Router<App> {
    router
        .fallback(async || -> Response { Trouble::from(Refusal::not_found()).into_response() })
        .method_not_allowed_fallback(async || -> Response {
            Trouble::from(Refusal::new(405, "method-not-allowed")).into_response()
        })
        .layer(CatchPanicLayer::custom(troubles::panicked))
        .layer(from_fn_with_state(app.clone(), troubles::put_into_words))
        .layer(tower_http::compression::CompressionLayer::new())
        .layer(CatchPanicLayer::custom(troubles::panicked))
        .layer(from_fn(security_headers))
}

/// Bounds the body, recognises the caller, checks the permission, and only then lets the body be
/// read.
async fn gate(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    DefaultBodyLimit::max(gate.body_max).apply(&mut request);
    let (mut request, cut_off) = arrival::paced(request, gate.pace);
    let answer = match admit(&gate.app, gate.access, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(Trouble::Refusal(refusal)) if refusal.status == 401 && wants_html(&request) => {
            let sign_in = to_sign_in(&request);
            let visit = request.extensions().get::<Visit>().cloned();
            let kept = kept::page(&gate.app, visit, request, gate.body_max).await;
            kept.unwrap_or(sign_in)
        }
        Err(trouble) => trouble.into_response(),
    };
    match cut_off.refusal() {
        Some(refusal) => Trouble::from(refusal).into_response(),
        None => answer,
    }
}

async fn admit(app: &App, access: Access, request: &mut Request) -> Result<(), Trouble> {
    let credentials = credentials(app, request.headers());
    let by_cookie = credentials.session.is_some() && credentials.token.is_none();
    let public = access == Access::Anyone;
    let path = request.uri().path().to_owned();
    // A refused form is shown again as a page, so an acting request needs the same facts.
    let is_console = !public && !is_for_machines(&path);
    let (recognised, visit) = recognise(app, request.headers(), path, is_console).await?;
    request.extensions_mut().insert(visit);
    let Some(recognised) = recognised else {
        return if public {
            Ok(())
        } else {
            Err(Refusal::unauthenticated().into())
        };
    };
    if let Access::Can(permission) = access {
        recognised.caller.require(permission)?;
    }
    if by_cookie && !request.method().is_safe() {
        accounts::same_origin(app, request.headers())?;
    }
    if let Some(touch) = recognised.touch {
        accounts::note_use(app, touch);
    }
    request
        .extensions_mut()
        .insert(accounts::CurrentSession(recognised.session));
    request.extensions_mut().insert(recognised.caller);
    Ok(())
}

/// Who asks, and the page as they wish to see it; with `is_console` also what every page of the
/// console shows.
pub async fn recognise(
    app: &App,
    headers: &HeaderMap,
    path: String,
    is_console: bool,
) -> Result<(Option<Recognised>, Visit), Trouble> {
    let credentials = credentials(app, headers);
    let visit = visit_of(app, headers, path);
    if credentials.session.is_none() && credentials.token.is_none() {
        return Ok((None, visit));
    }
    app.db
        .read(move |tx| -> Result<_, Trouble> {
            let mut visit = visit.clone();
            let recognised = accounts::authenticate(tx, &credentials)?;
            if let Some(recognised) = &recognised {
                wear(&mut visit, recognised);
                if is_console {
                    visit.freshness = crate::advisories::freshness(tx, &visit)?;
                    visit.strip = crate::cases::most_urgent(tx, &recognised.caller, &visit)?;
                }
            }
            Ok((recognised, visit))
        })
        .await
}

fn credentials(app: &App, headers: &HeaderMap) -> Credentials {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let token = text("x-api-key")
        .or_else(|| text("authorization").and_then(bearer))
        .map(|token| token.trim().to_owned());
    Credentials {
        session: cookie(headers, accounts::session_cookie(&app.config)),
        token,
    }
}

/// The token of `Bearer …`; the name of a scheme has no case (RFC 9110 §11.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// The page as this browser wishes to see it, whoever asks.
pub fn visit_of(app: &App, headers: &HeaderMap, path: String) -> Visit {
    let chosen = cookie(headers, "lang").and_then(|tag| Lang::find(&tag));
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let theme = match cookie(headers, "theme").as_deref() {
        Some("light") => "light",
        Some("dark") => "dark",
        _ => "system",
    };
    Visit {
        lang: chosen.unwrap_or_else(|| accepted.map(Lang::from_accept).unwrap_or_default()),
        zone: TimeZone::UTC,
        theme,
        path,
        now: app.clock.now(),
        person: None,
        strip: None,
        freshness: Vec::new(),
        flash: cookie(headers, "flash").filter(|key| Lang::En.has(key)),
        demo: app.config.demo,
    }
}

fn wear(visit: &mut Visit, recognised: &Recognised) {
    visit.lang = recognised.caller.lang;
    visit.theme = recognised.theme;
    visit.zone = TimeZone::get(&recognised.zone).unwrap_or(TimeZone::UTC);
    visit.person = Some(recognised.person.clone());
}

/// Addresses that machines read: their answers are JSON whatever `Accept` says.
pub fn is_for_machines(path: &str) -> bool {
    path.starts_with("/api/") || path.ends_with(".json") || path.starts_with("/.well-known/")
}

/// Whether the answer is read by a person.
pub fn wants_html(request: &Request) -> bool {
    !is_for_machines(request.uri().path())
        && request
            .headers()
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains("text/html"))
}

fn to_sign_in(request: &Request) -> Response {
    let next = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let location = if request.method() == Method::GET && answer::is_own_path(next) && next != "/" {
        format!("/sign-in?next={}", crate::web::route::encode(next))
    } else {
        "/sign-in".to_owned()
    };
    answer::see_other(&location).unwrap_or_else(IntoResponse::into_response)
}

/// No script or style but our own files, no frames, no guessing of types, nothing cached that
/// was made for one person.
async fn security_headers(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    for (name, value) in [
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
             form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    answer
}
