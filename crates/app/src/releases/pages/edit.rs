//! The form of a release.

use crate::accounts::Caller;
use crate::ids::{ProductId, ReleaseId, VariantId};
use crate::products::{self, Product, Variant};
use crate::releases::{self, Change, Market, NewRelease, Release};
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::shown::Shown;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "releases/edit.html")]
struct EditPage {
    page: Visit,
    product: Product,
    /// The release that is changed; none for a new one.
    release: Option<Release>,
    variants: Vec<Variant>,
    markets: [Market; 3],
    form: Shown,
}

pub async fn get_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let form = Shown::new(Fields::from_pairs([("market", "assume")]));
    let product = route::id(&id)?;
    html(&edit_page(&app, caller, page, Subject::New(product), form).await?)
}

pub async fn post_new(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let product: ProductId = route::id(&id)?;
    let (writer, typed) = (caller.clone(), fields.clone());
    let created = app
        .db
        .write(move |tx| releases::create_release(tx, &writer, product, read_new(&typed)?))
        .await;
    match created {
        Ok(id) => see_other(&format!("/releases/{id}")),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, "release-field")?;
            let shown = edit_page(&app, caller, page, Subject::New(product), form).await?;
            answer::html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

pub async fn get_edit(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let asking = caller.clone();
    let release = app
        .db
        .read(move |tx| releases::get_release(tx, &asking, id))
        .await?;
    let form = Shown::new(fields_of(&release));
    html(&edit_page(&app, caller, page, Subject::Known(id), form).await?)
}

pub async fn post_edit(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: ReleaseId = route::id(&id)?;
    let (writer, typed) = (caller.clone(), fields.clone());
    let changed = app
        .db
        .write(move |tx| releases::update_release(tx, &writer, id, read_change(&typed)?))
        .await;
    match changed {
        Ok(()) => see_other(&format!("/releases/{id}")),
        Err(trouble) => {
            let form = Shown::refused(fields, trouble, page.lang, "release-field")?;
            let shown = edit_page(&app, caller, page, Subject::Known(id), form).await?;
            answer::html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

#[derive(Clone, Copy)]
enum Subject {
    New(ProductId),
    Known(ReleaseId),
}

async fn edit_page(
    app: &App,
    caller: Caller,
    page: Visit,
    subject: Subject,
    form: Shown,
) -> Result<EditPage, Trouble> {
    let (product, release, variants) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let release = match subject {
                Subject::New(_) => None,
                Subject::Known(id) => Some(releases::get_release(tx, &caller, id)?),
            };
            let product = match (subject, &release) {
                (_, Some(release)) => release.product,
                (Subject::New(product), None) => product,
                (Subject::Known(_), None) => return Err(Refusal::not_found().into()),
            };
            let variants = products::list_variants(tx, &caller, product)?;
            let product = products::get_product(tx, &caller, product)?;
            Ok((product, release, variants))
        })
        .await?;
    Ok(EditPage {
        page,
        product,
        release,
        variants,
        markets: Market::ALL,
        form,
    })
}

fn read_new(fields: &Fields) -> Result<NewRelease, Trouble> {
    let market = match fields.get("market") {
        "" | "assume" => None,
        said => Some(Market::find(said).ok_or_else(|| Refusal::field("market", "market-unknown"))?),
    };
    Ok(NewRelease {
        version: fields.get("version").to_owned(),
        variant: read_variant(fields)?,
        branch: None,
        market,
        made_available_on: fields.day("made_available_on")?,
        is_latest: fields.is_ticked("is_latest"),
        labels: read_labels(fields),
    })
}

fn read_change(fields: &Fields) -> Result<Change, Trouble> {
    Ok(Change {
        version: fields.opt("version").map(str::to_owned),
        variant: Some(read_variant(fields)?),
        made_available_on: Some(fields.day("made_available_on")?),
        is_latest: Some(fields.is_ticked("is_latest")),
        labels: Some(read_labels(fields)),
    })
}

fn read_variant(fields: &Fields) -> Result<Option<VariantId>, Trouble> {
    match fields.opt("variant") {
        None => Ok(None),
        Some(id) => id
            .parse()
            .map(Some)
            .map_err(|_| Refusal::field("variant", "variant-unknown").into()),
    }
}

/// Labels are typed with commas between them.
fn read_labels(fields: &Fields) -> Vec<String> {
    fields
        .get("labels")
        .split(',')
        .map(|label| label.trim().to_owned())
        .filter(|label| !label.is_empty())
        .collect()
}

fn fields_of(release: &Release) -> Fields {
    let text = |value: Option<String>| value.unwrap_or_default();
    Fields::from_pairs([
        ("version", release.version.clone()),
        ("variant", text(release.variant.map(|id| id.to_string()))),
        (
            "made_available_on",
            text(release.made_available_on.map(|day| day.to_string())),
        ),
        (
            "is_latest",
            if release.is_latest { "yes" } else { "" }.to_owned(),
        ),
        ("labels", release.labels.join(", ")),
    ])
}
