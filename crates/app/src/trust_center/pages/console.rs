//! The console's view of the public pages: what is or would be public, and the switch. The page
//! with the switch shows exactly what becomes visible, made by the very template of the public
//! page.

use super::{Contact, report_address, security_contact};
use crate::accounts::{self, Caller, Permission};
use crate::ids::{ProductId, ReleaseId};
use crate::products::{self, Filter, Product, State as Lists};
use crate::releases::{self, Market, Release};
use crate::trouble::{Refusal, Trouble};
use crate::trust_center::{self, Front, Sheet, rules};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

/// Products in the table of the console's page.
const PRODUCTS_MAX: u32 = 200;

#[derive(Template)]
#[template(path = "trust_center/preview.html")]
struct PreviewPage {
    page: Visit,
    front: Front,
    security: Option<Contact>,
    report: Option<Contact>,
    website: Option<Contact>,
    /// Every product that could be shown, with whether it is.
    products: Vec<Product>,
    security_txt: Option<String>,
    security_txt_at: String,
    base: String,
    trouble: String,
}

pub async fn get_preview(State(app): State<App>, caller: Caller, page: Visit) -> Answer {
    html(&preview_page(&app, caller, page).await?)
}

pub async fn post_publish(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    let writer = caller.clone();
    let (published, confirmed) = (
        fields.is_ticked("published"),
        fields.is_ticked("understood"),
    );
    let done = app
        .db
        .write(move |tx| {
            if published && !confirmed {
                return Err(Refusal::field("understood", "publish-not-confirmed").into());
            }
            accounts::set_trust_published(tx, &writer, published)
        })
        .await;
    match done {
        Ok(()) => see_other("/trust-center/preview"),
        Err(Trouble::Refusal(refusal)) if matches!(refusal.status, 409 | 422) => {
            let sentence = page.lang.refusal(&refusal);
            let mut shown = preview_page(&app, caller, page).await?;
            shown.trouble = sentence;
            answer::html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(other) => Err(other),
    }
}

async fn preview_page(app: &App, caller: Caller, page: Visit) -> Result<PreviewPage, Trouble> {
    let (front, listed, owns_well_known) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let front = trust_center::preview_front(tx, &caller)?;
            let filter = Filter {
                state: Lists::Current,
                ..Filter::default()
            };
            let listed = products::list_products(tx, &caller, &filter, PRODUCTS_MAX)?;
            let owns = trust_center::owns_well_known(tx, &front.organisation)?;
            Ok((front, listed, owns))
        })
        .await?;
    let base = app.config.base_url.clone();
    let security_txt_at = if owns_well_known {
        format!("{base}/.well-known/security.txt")
    } else {
        format!("{base}/trust/{}/security.txt", front.organisation.slug)
    };
    Ok(PreviewPage {
        security: security_contact(&front.organisation),
        report: report_address(&front.organisation),
        website: front.website(),
        security_txt: rules::security_txt(&front.organisation, &security_txt_at, page.now),
        security_txt_at,
        products: listed.products,
        trouble: String::new(),
        base,
        front,
        page,
    })
}

#[derive(Template)]
#[template(path = "trust_center/product.html")]
struct ProductPage {
    page: Visit,
    sheet: Sheet,
    category: String,
    contact: Option<Contact>,
    report: Option<Contact>,
    /// Releases that stay inside because nobody has confirmed that they are on the market.
    assumed: Vec<Release>,
    may_confirm: bool,
    address: String,
    trouble: String,
}

pub async fn get_product(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    html(&product_page(&app, caller, page, route::id(&id)?).await?)
}

pub async fn post_product(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: ProductId = route::id(&id)?;
    let writer = caller.clone();
    let done = app
        .db
        .write(move |tx| -> Result<(), Trouble> {
            let published = fields.is_ticked("published");
            if published && !fields.is_ticked("understood") {
                return Err(Refusal::field("understood", "publish-not-confirmed").into());
            }
            for release in fields.all("on_market") {
                let release: ReleaseId = route::id(release)?;
                if releases::get_release(tx, &writer, release)?.product != id {
                    return Err(Refusal::not_found().into());
                }
                releases::set_market(tx, &writer, release, Market::OnMarket)?;
            }
            products::publish_on_trust_page(tx, &writer, id, published)
        })
        .await;
    match done {
        Ok(()) => {
            app.wake.up();
            see_other(&format!("/products/{id}/trust"))
        }
        Err(Trouble::Refusal(refusal)) if matches!(refusal.status, 409 | 422) => {
            let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::CONFLICT);
            let sentence = page.lang.refusal(&refusal);
            let mut shown = product_page(&app, caller, page, id).await?;
            shown.trouble = sentence;
            answer::html_status(status, &shown)
        }
        Err(other) => Err(other),
    }
}

async fn product_page(
    app: &App,
    caller: Caller,
    page: Visit,
    id: ProductId,
) -> Result<ProductPage, Trouble> {
    let may_confirm = caller.may(Permission::ReleasesWrite);
    let (sheet, assumed) = app
        .db
        .read(move |tx| trust_center::preview_sheet(tx, &caller, id))
        .await?;
    let product = &sheet.product;
    Ok(ProductPage {
        category: products::category_words(
            page.lang,
            &product.category,
            product.annex_entry.as_deref(),
        ),
        contact: Contact::of(sheet.contact()),
        report: report_address(&sheet.organisation),
        address: format!(
            "{}/trust/{}/products/{}",
            app.config.base_url, sheet.organisation.slug, product.slug
        ),
        trouble: String::new(),
        assumed,
        may_confirm,
        sheet,
        page,
    })
}
