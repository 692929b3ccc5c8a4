//! What everybody may see, as pages and as JSON, and `security.txt`.

use super::{Contact, report_address, security_contact};
use crate::blobs::Digest;
use crate::products;
use crate::trouble::{Refusal, Trouble};
use crate::trust_center::{self, Front, Notice, Sheet, api, rules};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::Value;

/// How long a browser may show a public page without asking again.
const MAX_AGE_SECONDS: u32 = 60;
const SEARCH_CHARS_MAX: usize = 200;
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

#[derive(Template)]
#[template(path = "trust_center/front.html")]
struct FrontPage {
    page: Visit,
    front: Front,
    security: Option<Contact>,
    report: Option<Contact>,
    website: Option<Contact>,
}

#[derive(Template)]
#[template(path = "trust_center/sheet.html")]
struct SheetPage {
    page: Visit,
    sheet: Sheet,
    category: String,
    contact: Option<Contact>,
    report: Option<Contact>,
}

#[derive(Template)]
#[template(path = "trust_center/notice.html")]
struct NoticePage {
    page: Visit,
    notice: Notice,
    report: Option<Contact>,
}

/// What of a request decides how a public page is answered.
pub struct Asked {
    headers: HeaderMap,
    /// Whether somebody is signed in: then nothing may be kept by caches others share.
    is_personal: bool,
}

impl Asked {
    fn of(headers: HeaderMap, page: &Visit) -> Self {
        Self {
            headers,
            is_personal: page.person.is_some(),
        }
    }
}

type Pairs = Query<Vec<(String, String)>>;

pub async fn get_default_front(
    State(app): State<App>,
    page: Visit,
    headers: HeaderMap,
    Query(pairs): Pairs,
) -> Answer {
    let asked = Asked::of(headers, &page);
    let front = load_front(&app, None, &pairs).await?;
    show_front(page, front, &asked)
}

pub async fn get_default_front_json(
    State(app): State<App>,
    page: Visit,
    headers: HeaderMap,
    Query(pairs): Pairs,
) -> Answer {
    let asked = Asked::of(headers, &page);
    let front = load_front(&app, None, &pairs).await?;
    twin(&api::front_json(&front, &app.config.base_url), &asked)
}

pub async fn get_front(
    State(app): State<App>,
    page: Visit,
    headers: HeaderMap,
    Path(org): Path<String>,
    Query(pairs): Pairs,
) -> Answer {
    let asked = Asked::of(headers, &page);
    match org.strip_suffix(".json") {
        Some(org) => {
            let front = load_front(&app, Some(org.to_owned()), &pairs).await?;
            twin(&api::front_json(&front, &app.config.base_url), &asked)
        }
        None => {
            let front = load_front(&app, Some(org), &pairs).await?;
            show_front(page, front, &asked)
        }
    }
}

pub async fn get_sheet(
    State(app): State<App>,
    page: Visit,
    headers: HeaderMap,
    Path((org, slug)): Path<(String, String)>,
) -> Answer {
    let asked = Asked::of(headers, &page);
    let is_twin = slug.ends_with(".json");
    let slug = slug.strip_suffix(".json").unwrap_or(&slug).to_owned();
    let sheet = app
        .db
        .read(move |tx| trust_center::get_sheet(tx, &org, &slug))
        .await?;
    if is_twin {
        return twin(&api::sheet_json(&sheet, &app.config.base_url), &asked);
    }
    let product = &sheet.product;
    let shown = SheetPage {
        category: products::category_words(
            page.lang,
            &product.category,
            product.annex_entry.as_deref(),
        ),
        contact: Contact::of(sheet.contact()),
        report: Contact::of(sheet.report_address()),
        sheet,
        page,
    };
    page_of(&shown, &asked)
}

pub async fn get_notice(
    State(app): State<App>,
    page: Visit,
    headers: HeaderMap,
    Path((org, id)): Path<(String, String)>,
) -> Answer {
    let asked = Asked::of(headers, &page);
    let is_twin = id.ends_with(".json");
    let id = route::id(id.strip_suffix(".json").unwrap_or(&id))?;
    let notice = app
        .db
        .read(move |tx| trust_center::get_notice(tx, &org, id))
        .await?;
    if is_twin {
        return twin(&api::notice_json(&notice, &app.config.base_url), &asked);
    }
    let shown = NoticePage {
        report: report_address(&notice.organisation),
        notice,
        page,
    };
    page_of(&shown, &asked)
}

pub async fn get_default_security_txt(
    State(app): State<App>,
    page: Visit,
    headers: HeaderMap,
) -> Answer {
    let asked = Asked::of(headers, &page);
    security_txt(&app, None, "/.well-known/security.txt", &asked).await
}

pub async fn get_security_txt(
    State(app): State<App>,
    page: Visit,
    headers: HeaderMap,
    Path(org): Path<String>,
) -> Answer {
    let asked = Asked::of(headers, &page);
    let path = format!("/trust/{}/security.txt", route::encode(&org));
    security_txt(&app, Some(org), &path, &asked).await
}

async fn security_txt(app: &App, org: Option<String>, path: &str, asked: &Asked) -> Answer {
    let organisation = app
        .db
        .read(move |tx| trust_center::get_organisation(tx, org.as_deref()))
        .await?;
    let canonical = format!("{}{path}", app.config.base_url);
    let text = rules::security_txt(&organisation, &canonical, app.clock.now())
        .ok_or_else(Refusal::not_found)?;
    keepable(TEXT, text.into_bytes(), asked)
}

async fn load_front(
    app: &App,
    org: Option<String>,
    pairs: &[(String, String)],
) -> Result<Front, Trouble> {
    let fields = Fields::from_pairs(pairs.iter().cloned());
    let search: Option<String> = fields
        .opt("q")
        .map(|text| text.chars().take(SEARCH_CHARS_MAX).collect());
    let number = fields.get("page").parse().unwrap_or(1);
    app.db
        .read(move |tx| trust_center::get_front(tx, org.as_deref(), search.clone(), number))
        .await
}

fn show_front(page: Visit, front: Front, asked: &Asked) -> Answer {
    let shown = FrontPage {
        security: security_contact(&front.organisation),
        report: report_address(&front.organisation),
        website: front.website(),
        front,
        page,
    };
    page_of(&shown, asked)
}

fn page_of<T: Template>(page: &T, asked: &Asked) -> Answer {
    let body = page
        .render()
        .map_err(|e| anyhow::anyhow!("render a page: {e}"))?;
    keepable(HTML, body.into_bytes(), asked)
}

fn twin(value: &Value, asked: &Asked) -> Answer {
    let body = serde_json::to_vec(value).map_err(anyhow::Error::from)?;
    keepable(JSON, body, asked)
}

/// An answer that may be kept for a minute and is then asked for by its tag. Language and theme
/// come from cookies and headers, so caches keep one for each.
fn keepable(kind: &'static str, body: Vec<u8>, asked: &Asked) -> Answer {
    let tag = format!("W/\"{}\"", &Digest::of(&body).hex()[..24]);
    let known = asked
        .headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let control = if asked.is_personal {
        "private, no-cache".to_owned()
    } else {
        format!("public, max-age={MAX_AGE_SECONDS}, must-revalidate")
    };
    let value = |text: &str| HeaderValue::from_str(text).map_err(anyhow::Error::from);
    let headers = [
        (header::ETAG, value(&tag)?),
        (header::CACHE_CONTROL, value(&control)?),
        (
            header::VARY,
            HeaderValue::from_static("accept-language, cookie"),
        ),
    ];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    Ok((StatusCode::OK, headers, kind, body).into_response())
}
