//! A form that was sent after its session had ended: nothing typed is lost. It is given back as
//! a page with what was typed inside, to be sent again after signing in elsewhere. The server
//! keeps nothing of it.
//!
//! Only a form of our own page is given back: another site must not have us show a form of its
//! making that a click would send in our user's name. Secrets are never given back, and neither
//! are files. Whoever sends it is nobody yet, so that of a file nothing is held, and of what was
//! typed no more than [`TYPED_BYTES_MAX`].

use crate::accounts;
use crate::web::forms::{Fields, TYPED_BYTES_MAX};
use crate::web::visit::Visit;
use crate::web::{App, answer};
use askama::Template;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{Method, StatusCode};
use axum::response::Response;

#[derive(Template)]
#[template(path = "web/kept.html")]
struct KeptPage {
    page: Visit,
    /// Where it is sent again.
    path: String,
    fields: Vec<(String, String)>,
    /// A file cannot be given back; it is chosen again.
    has_files: bool,
    sign_in: String,
}

/// The page with what was typed; none when there is nothing of that kind.
pub async fn page(
    app: &App,
    visit: Option<Visit>,
    mut request: Request,
    body_max: usize,
) -> Option<Response> {
    let own = accounts::same_origin(app, request.headers()).is_ok();
    let path = request.uri().path_and_query()?.as_str().to_owned();
    if request.method() != Method::POST || !own || !answer::is_own_path(&path) {
        return None;
    }
    if !Fields::is_multipart(&request) {
        DefaultBodyLimit::max(body_max.min(TYPED_BYTES_MAX)).apply(&mut request);
    }
    let fields = Fields::typed(request, app).await.ok()?;
    let is_secret = |name: &str| {
        let secrets = ["password", "secret", "token"];
        secrets.iter().any(|secret| name.contains(secret))
    };
    let typed: Vec<(String, String)> = fields.pairs().to_vec();
    if typed.is_empty() || typed.iter().any(|(name, _)| is_secret(name)) {
        return None;
    }
    let page = KeptPage {
        page: visit?,
        sign_in: "/sign-in".to_owned(),
        path,
        fields: typed,
        has_files: !fields.files().is_empty(),
    };
    answer::html_status(StatusCode::UNAUTHORIZED, &page).ok()
}
