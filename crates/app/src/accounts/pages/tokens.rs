//! API tokens, and what to paste where.

use super::done;
use super::form::Form;
use crate::accounts::snippets::{self, Snippet};
use crate::accounts::tokens::{self, LIFETIME, NAME_CHARS_MAX, NewToken, TokenRow};
use crate::caller::{Caller, Scope};
use crate::ids::TokenId;
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{html, html_status};
use crate::web::forms::Fields;
use crate::web::route::id;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use jiff::tz::TimeZone;

/// Stands for the product's name until somebody writes theirs.
const EXAMPLE_NAME: &str = "my-product";

#[derive(Template)]
#[template(path = "accounts/tokens.html")]
struct TokensPage {
    page: Visit,
    form: Form,
    tokens: Vec<TokenRow>,
    total: i64,
    scopes: Vec<&'static str>,
    /// The token just made: shown now and never again.
    issued: Option<String>,
    snippets: Vec<Snippet>,
}

/// A page of a product links here with its id.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Wish {
    #[serde(default)]
    product: String,
}

async fn tokens_page(
    app: &App,
    caller: &Caller,
    page: Visit,
    form: Form,
    issued: Option<String>,
) -> Result<TokensPage, Trouble> {
    let reader = caller.clone();
    let (tokens, total) = app
        .db
        .read(move |tx| tokens::list_tokens(tx, &reader))
        .await?;
    let may = |scope: &Scope| scope.permissions().iter().all(|p| caller.may(*p));
    Ok(TokensPage {
        page,
        form,
        tokens,
        total,
        scopes: Scope::ALL
            .into_iter()
            .filter(may)
            .map(Scope::name)
            .collect(),
        issued,
        snippets: snippets::all(&app.config.base_url, EXAMPLE_NAME),
    })
}

pub async fn get_tokens(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(wish): Query<Wish>,
) -> Answer {
    let expires_on = (page.now + LIFETIME)
        .to_zoned_datetime(TimeZone::UTC)
        .date()
        .to_string();
    // What a build needs, and no more.
    let form = Form::of(Fields::from_pairs([
        ("scope", Scope::BomUpload.name().to_owned()),
        ("scope", Scope::ReleaseCreate.name().to_owned()),
        ("scope", Scope::ProductsRead.name().to_owned()),
        ("expires_on", expires_on),
        ("product", wish.product),
    ]));
    html(&tokens_page(&app, &caller, page, form, None).await?)
}

/// Shows the token in the answer itself: it is kept nowhere it could be read again.
pub async fn post_token(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    match create(&app, &caller, &fields).await {
        Ok(text) => html(&tokens_page(&app, &caller, page, Form::default(), Some(text)).await?),
        Err(trouble) => {
            let form = Form::refused(fields, trouble, page.lang)?;
            let again = tokens_page(&app, &caller, page, form, None).await?;
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

async fn create(app: &App, caller: &Caller, fields: &Fields) -> Result<String, Trouble> {
    let scopes = fields
        .all("scope")
        .into_iter()
        .map(|name| Scope::find(name).ok_or_else(|| Refusal::field("scope", "scope-unknown")))
        .collect::<Result<Vec<_>, _>>()?;
    let product = match fields.opt("product") {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|_| Refusal::field("product", "token-product-unusable"))?,
        ),
    };
    let day = fields
        .day("expires_on")?
        .ok_or_else(|| Refusal::field("expires_on", "token-expiry-unusable"))?;
    // The day itself still counts.
    let end = day
        .tomorrow()
        .and_then(|next| next.to_zoned_datetime(TimeZone::UTC))
        .map_err(|_| Refusal::field("expires_on", "token-expiry-unusable"))?;
    let new = NewToken {
        name: fields.required("name", NAME_CHARS_MAX)?,
        scopes,
        product,
        expires_at: end.timestamp(),
    };
    let caller = caller.clone();
    let issued = app
        .db
        .write(move |tx| tokens::create_token(tx, &caller, &new))
        .await?;
    Ok(issued.text)
}

pub async fn post_revoke(
    State(app): State<App>,
    caller: Caller,
    Path(token): Path<String>,
) -> Answer {
    let token = id::<TokenId>(&token)?;
    app.db
        .write(move |tx| tokens::revoke_token(tx, &caller, token))
        .await?;
    done("/settings/tokens", "flash-token-revoked")
}
