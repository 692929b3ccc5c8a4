//! API tokens, and what to paste where. Here and not with the accounts, because a token may be
//! bound to a product, which is chosen from a list.

use crate::accounts::{
    NewToken, Snippet, TOKEN_LIFETIME, TOKEN_NAME_CHARS_MAX, TokenRow, create_token, list_tokens,
    revoke_token, snippets,
};
use crate::caller::{Caller, Scope};
use crate::ids::{ProductId, TokenId};
use crate::products::{self, Filter, Product};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::{done, html, html_status};
use crate::web::forms::Fields;
use crate::web::route::id;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use jiff::tz::TimeZone;

/// Products in the list to choose from.
const CHOICES_MAX: u32 = 2_000;
/// Where the labels of this form stand among the words.
const LABELS: &str = "account-field";
/// Stands for the product's name until somebody writes theirs.
const EXAMPLE_NAME: &str = "my-product";

#[derive(Template)]
#[template(path = "products/tokens.html")]
struct TokensPage {
    page: Visit,
    form: Shown,
    tokens: Vec<TokenRow>,
    total: i64,
    scopes: Vec<&'static str>,
    /// The token just made: shown now and never again.
    issued: Option<String>,
    snippets: Vec<Snippet>,
    products: Vec<Product>,
    /// How many products there are beyond those in the list.
    products_beyond: i64,
}

impl TokensPage {
    /// What a token is bound to, by name where the list has it.
    fn name_of(&self, product: &ProductId) -> String {
        let found = self.products.iter().find(|known| known.id == *product);
        found.map_or_else(|| product.to_string(), |known| known.name.clone())
    }
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
    form: Shown,
    issued: Option<String>,
) -> Result<TokensPage, Trouble> {
    let (reader, wished) = (caller.clone(), form.value("product").parse().ok());
    let ((tokens, total), (products, products_beyond)) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let listed = list_tokens(tx, &reader)?;
            Ok((listed, choices(tx, &reader, wished)?))
        })
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
        snippets: snippets(&app.config.base_url, EXAMPLE_NAME),
        products,
        products_beyond,
    })
}

/// The products to choose from, with the one that was asked for among them, and how many more
/// there are.
fn choices(
    tx: &mut Tx,
    caller: &Caller,
    wished: Option<ProductId>,
) -> Result<(Vec<Product>, i64), Trouble> {
    let listed = products::list_products(tx, caller, &Filter::default(), CHOICES_MAX)?;
    let beyond = listed.matching - listed.products.len() as i64;
    let mut products = listed.products;
    if let Some(wished) = wished
        && !products.iter().any(|product| product.id == wished)
        && let Some(product) = find(tx, caller, wished)?
    {
        products.push(product);
    }
    Ok((products, beyond))
}

/// A product if the caller may see it. Only "there is none" is an answer: a database that is
/// busy or away says nothing about the product.
fn find(tx: &mut Tx, caller: &Caller, id: ProductId) -> Result<Option<Product>, Trouble> {
    match products::get_product(tx, caller, id) {
        Ok(product) => Ok(Some(product)),
        Err(Trouble::Refusal(refusal)) if refusal == Refusal::not_found() => Ok(None),
        Err(trouble) => Err(trouble),
    }
}

pub async fn get_tokens(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(wish): Query<Wish>,
) -> Answer {
    let expires_on = (page.now + TOKEN_LIFETIME)
        .to_zoned_datetime(TimeZone::UTC)
        .date()
        .to_string();
    // What a build needs, and no more.
    let form = Shown::new(Fields::from_pairs([
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
        Ok(text) => html(&tokens_page(&app, &caller, page, Shown::default(), Some(text)).await?),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, LABELS)?;
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
        name: fields.required("name", TOKEN_NAME_CHARS_MAX)?,
        scopes,
        product,
        expires_at: end.timestamp(),
    };
    let caller = caller.clone();
    let issued = app
        .db
        .write(move |tx| {
            if let Some(product) = new.product
                && find(tx, &caller, product)?.is_none()
            {
                return Err(Refusal::field("product", "token-product-unusable").into());
            }
            create_token(tx, &caller, &new)
        })
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
        .write(move |tx| revoke_token(tx, &caller, token))
        .await?;
    done("/settings/tokens", "flash-token-revoked")
}
