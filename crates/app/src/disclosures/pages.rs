//! The pages of our own advisories: list, form, what publishing shows to whom, withdrawing.

use super::{NewPublication, Publication};
use crate::accounts::{self, Caller, Permission};
use crate::ids::{ProductId, PublicationId};
use crate::products::{self, Product};
use crate::releases::Release;
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route::{self, Access, get, post};
use crate::web::shown::Shown;
use crate::web::{Answer, App, Route, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

pub fn routes() -> Vec<Route> {
    let read = Access::Can(Permission::ProductsRead);
    let publish = Access::Can(Permission::TrustPublish);
    vec![
        get("/products/{id}/advisories", read, get_list),
        get("/products/{id}/advisories/new", read, get_new),
        post("/products/{id}/advisories", read, post_new),
        get("/publications/{id}", read, get_publication),
        get("/publications/{id}/edit", read, get_edit),
        post("/publications/{id}/edit", read, post_edit),
        get("/publications/{id}/publish", publish, get_publish),
        post("/publications/{id}/publish", publish, post_publish),
        get("/publications/{id}/withdraw", publish, get_withdraw),
        post("/publications/{id}/withdraw", publish, post_withdraw),
    ]
}

#[derive(Template)]
#[template(path = "disclosures/list.html")]
struct ListPage {
    page: Visit,
    product: Product,
    publications: Vec<Publication>,
    published: usize,
    may_write: bool,
}

async fn get_list(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let id: ProductId = route::id(&id)?;
    let may_write = super::require_author(&caller).is_ok();
    let (product, publications) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let product = products::get_product(tx, &caller, id)?;
            Ok((product, super::list_of_product(tx, &caller, id)?))
        })
        .await?;
    let published = publications
        .iter()
        .filter(|p| p.state() == "published")
        .count();
    html(&ListPage {
        may_write: may_write && !product.inbox,
        page,
        product,
        publications,
        published,
    })
}

#[derive(Template)]
#[template(path = "disclosures/edit.html")]
struct EditPage {
    page: Visit,
    product: Product,
    /// The draft that is changed; none for a new one.
    known: Option<Publication>,
    releases: Vec<Release>,
    form: Shown,
}

async fn get_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    super::require_author(&caller)?;
    let product: ProductId = route::id(&id)?;
    html(&edit_page(&app, caller, page, product, None, Shown::default()).await?)
}

async fn post_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let product: ProductId = route::id(&id)?;
    let (writer, typed) = (caller.clone(), fields.clone());
    let made = app
        .db
        .write(move |tx| super::create_draft(tx, &writer, product, read(&typed)?))
        .await;
    match made {
        Ok(id) => see_other(&format!("/publications/{id}")),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, "publication-field")?;
            let shown = edit_page(&app, caller, page, product, None, form).await?;
            answer::html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

async fn get_edit(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    super::require_author(&caller)?;
    let known = load(&app, &caller, &id).await?;
    super::require_draft(&known)?;
    let form = Shown::new(fields_of(&known));
    let product = known.product;
    html(&edit_page(&app, caller, page, product, Some(known), form).await?)
}

async fn post_edit(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: PublicationId = route::id(&id)?;
    let (writer, typed) = (caller.clone(), fields.clone());
    let changed = app
        .db
        .write(move |tx| super::update_draft(tx, &writer, id, read(&typed)?))
        .await;
    match changed {
        Ok(()) => see_other(&format!("/publications/{id}")),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, "publication-field")?;
            let known = load(&app, &caller, &id.to_string()).await?;
            let product = known.product;
            let shown = edit_page(&app, caller, page, product, Some(known), form).await?;
            answer::html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

async fn edit_page(
    app: &App,
    caller: Caller,
    page: Visit,
    product: ProductId,
    known: Option<Publication>,
    form: Shown,
) -> Result<EditPage, Trouble> {
    let (product, releases) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let found = products::get_product(tx, &caller, product)?;
            Ok((found, super::list_nameable(tx, &caller, product)?))
        })
        .await?;
    Ok(EditPage {
        page,
        product,
        known,
        releases,
        form,
    })
}

#[derive(Template)]
#[template(path = "disclosures/publication.html")]
struct PublicationPage {
    page: Visit,
    publication: Publication,
    /// `show`, `publish` or `withdraw`: what the page asks for.
    ask: &'static str,
    /// Whether everybody sees it once it is published: the product and the trust page are public.
    is_visible: bool,
    may_write: bool,
    trouble: String,
    reason: String,
}

async fn get_publication(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    html(&publication_page(&app, caller, page, &id, "show").await?)
}

async fn get_publish(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    html(&publication_page(&app, caller, page, &id, "publish").await?)
}

async fn get_withdraw(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    html(&publication_page(&app, caller, page, &id, "withdraw").await?)
}

async fn post_publish(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let known: PublicationId = route::id(&id)?;
    let (writer, confirmed) = (caller.clone(), fields.is_ticked("understood"));
    let done = app
        .db
        .write(move |tx| {
            if !confirmed {
                return Err(Refusal::field("understood", "publish-not-confirmed").into());
            }
            super::publish_publication(tx, &writer, known)
        })
        .await;
    after(&app, caller, page, &id, "publish", &fields, done).await
}

async fn post_withdraw(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let known: PublicationId = route::id(&id)?;
    let (writer, reason) = (caller.clone(), fields.get("reason").to_owned());
    let done = app
        .db
        .write(move |tx| super::withdraw_publication(tx, &writer, known, &reason))
        .await;
    after(&app, caller, page, &id, "withdraw", &fields, done).await
}

async fn after(
    app: &App,
    caller: Caller,
    page: Visit,
    id: &str,
    ask: &'static str,
    fields: &Fields,
    done: Result<(), Trouble>,
) -> Answer {
    match done {
        Ok(()) => see_other(&format!("/publications/{id}")),
        Err(trouble) => {
            let form = Shown::refused(fields.clone(), trouble, page.lang, "publication-field")?;
            let mut shown = publication_page(app, caller, page, id, ask).await?;
            shown.trouble = form.trouble().to_owned();
            shown.reason = form.value("reason").to_owned();
            answer::html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

async fn load(app: &App, caller: &Caller, id: &str) -> Result<Publication, Trouble> {
    let id: PublicationId = route::id(id)?;
    let caller = caller.clone();
    app.db
        .read(move |tx| super::get_publication(tx, &caller, id))
        .await
}

async fn publication_page(
    app: &App,
    caller: Caller,
    page: Visit,
    id: &str,
    ask: &'static str,
) -> Result<PublicationPage, Trouble> {
    let id: PublicationId = route::id(id)?;
    let may_write = super::require_author(&caller).is_ok();
    let (publication, is_visible) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let publication = super::get_publication(tx, &caller, id)?;
            let product = products::get_product(tx, &caller, publication.product)?;
            let organisation = accounts::get_organisation(tx, caller.organisation)?;
            let is_visible = product.trust_published && organisation.trust_published;
            Ok((publication, is_visible))
        })
        .await?;
    Ok(PublicationPage {
        page,
        publication,
        ask,
        is_visible,
        may_write,
        trouble: String::new(),
        reason: String::new(),
    })
}

fn read(fields: &Fields) -> Result<NewPublication, Trouble> {
    let releases = fields
        .all("releases")
        .into_iter()
        .map(|id| {
            id.parse()
                .map_err(|_| Refusal::field("releases", "publication-release-unknown"))
        })
        .collect::<Result<_, Refusal>>()?;
    let cves = fields
        .get("cves")
        .split([',', ' ', '\n', ';'])
        .map(|cve| cve.trim().to_owned())
        .filter(|cve| !cve.is_empty())
        .collect();
    Ok(NewPublication {
        title: fields.get("title").to_owned(),
        text: fields.get("text").to_owned(),
        severity: fields.get("severity").to_owned(),
        cves,
        releases,
    })
}

fn fields_of(known: &Publication) -> Fields {
    let mut pairs = vec![
        ("title", known.title.clone()),
        ("text", known.text.clone()),
        ("severity", known.severity.clone()),
        ("cves", known.cves.join(", ")),
    ];
    for affected in &known.releases {
        pairs.push(("releases", affected.release.to_string()));
    }
    Fields::from_pairs(pairs)
}
