//! The form of a product: to add one, and to change what is said about one.

use super::{Choice, category_choices, language};
use crate::accounts::Caller;
use crate::ids::ProductId;
use crate::products::{self, NewProduct, Placing, Product, rules};
use crate::trouble::{Refusal, Trouble};
use crate::web::forms::Fields;
use crate::web::route;
use crate::web::shown::Shown;
use crate::web::words::Lang;
use crate::web::{Answer, App, Visit, answer, html, see_other};
use askama::Template;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use bonafide_law::categories::{self, Category};
use bonafide_law::member_states;

#[derive(Template)]
#[template(path = "products/edit.html")]
struct EditPage {
    page: Visit,
    title: String,
    /// The product that is changed; none for a new one.
    product: Option<Product>,
    form: Shown,
    action: String,
    back: String,
    categories: Vec<Choice>,
    entries: Vec<(String, Vec<Choice>)>,
    minimum: String,
    support: Option<rules::Support>,
    states: Vec<StateLine>,
    opened: bool,
}

struct StateLine {
    code: &'static str,
    name: String,
    ticked: bool,
    placed_on: String,
}

pub async fn get_new(page: Visit) -> Answer {
    html(&edit_page(page, None, Shown::default(), None))
}

pub async fn post_new(Of(app): Of<App>, caller: Caller, page: Visit, fields: Fields) -> Answer {
    let typed = fields.clone();
    let created = app
        .db
        .write(move |tx| products::create_product(tx, &caller, read(&typed)?))
        .await;
    match created {
        Ok(id) => see_other(&format!("/products/{id}")),
        Err(trouble) => show_again(page, None, fields, trouble),
    }
}

pub async fn get_edit(
    Of(app): Of<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
) -> Answer {
    let id: ProductId = route::id(&id)?;
    let product = app
        .db
        .read(move |tx| products::get_product(tx, &caller, id))
        .await?;
    let facts = product.facts();
    let form = Shown::new(fields_of(&facts));
    let support = rules::support(&facts);
    html(&edit_page(page, Some(product), form, support))
}

pub async fn post_edit(
    Of(app): Of<App>,
    caller: Caller,
    page: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let id: ProductId = route::id(&id)?;
    let (typed, asking) = (fields.clone(), caller.clone());
    let changed = app
        .db
        .write(move |tx| products::update_product(tx, &caller, id, read(&typed)?))
        .await;
    match changed {
        Ok(()) => see_other(&format!("/products/{id}")),
        Err(trouble) => {
            let product = app
                .db
                .read(move |tx| products::get_product(tx, &asking, id))
                .await?;
            show_again(page, Some(product), fields, trouble)
        }
    }
}

fn show_again(page: Visit, product: Option<Product>, fields: Fields, trouble: Trouble) -> Answer {
    let support = read(&fields).ok().as_ref().and_then(rules::support);
    let form = Shown::refused(fields, trouble, page.lang, "product-field")?;
    let shown = edit_page(page, product, form, support);
    answer::html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

fn edit_page(
    page: Visit,
    product: Option<Product>,
    form: Shown,
    support: Option<rules::Support>,
) -> EditPage {
    let lang = page.lang;
    let states = state_lines(lang, &form);
    let (title, action, back) = match &product {
        Some(product) => (
            page.t1("product-edit-title", "name", &product.name),
            format!("/products/{}/edit", product.id),
            format!("/products/{}", product.id),
        ),
        None => (
            page.t("product-new-title"),
            "/products".into(),
            "/products".into(),
        ),
    };
    let category = match form.value("category") {
        "" => Category::Default.as_str(),
        chosen => chosen,
    };
    EditPage {
        title,
        action,
        back,
        categories: category_choices(lang, category),
        entries: entry_choices(lang, form.value("annex_entry")),
        minimum: lang.t1("product-support-years", "n", rules::minimum_years()),
        support,
        opened: states.iter().any(|state| state.ticked),
        states,
        form,
        product,
        page,
    }
}

fn entry_choices(lang: Lang, chosen: &str) -> Vec<(String, Vec<Choice>)> {
    Category::ALL
        .iter()
        .filter(|category| **category != Category::Default)
        .map(|category| {
            let entries = categories::list()
                .iter()
                .filter(|entry| entry.category == *category)
                .map(|entry| Choice {
                    value: entry.id.clone(),
                    text: format!("{}. {}", entry.point, entry.title(language(lang))),
                    chosen: entry.id == chosen,
                });
            (lang.t(&format!("category-{category}")), entries.collect())
        })
        .collect()
}

fn state_lines(lang: Lang, form: &Shown) -> Vec<StateLine> {
    member_states::by_name(language(lang))
        .into_iter()
        .map(|state| StateLine {
            code: state.code(),
            name: state.name(language(lang)).to_owned(),
            ticked: form.is("member_states", state.code()),
            placed_on: form.value(&format!("placed_on_{}", state.code())).into(),
        })
        .collect()
}

/// What a form says about a product.
fn read(fields: &Fields) -> Result<NewProduct, Trouble> {
    let text = |name| fields.get(name).to_owned();
    let category = fields.opt("category").unwrap_or(Category::Default.as_str());
    Ok(NewProduct {
        name: text("name"),
        identification: text("identification"),
        description: text("description"),
        category: category.to_owned(),
        annex_entry: fields.opt("annex_entry").map(str::to_owned),
        intended_purpose: text("intended_purpose"),
        support_ends_on: fields.day("support_ends_on")?,
        support_reason: text("support_reason"),
        contact: fields.opt("contact").map(str::to_owned),
        last_unit_placed_on: fields.day("last_unit_placed_on")?,
        placings: read_placings(fields)?,
    })
}

fn read_placings(fields: &Fields) -> Result<Vec<Placing>, Trouble> {
    let on_all = fields.day("placed_on_all")?;
    let codes: Vec<String> = if fields.is_ticked("all_member_states") {
        let all = member_states::list();
        all.iter().map(|state| state.code().to_owned()).collect()
    } else {
        let ticked = fields.all("member_states");
        ticked.into_iter().map(str::to_owned).collect()
    };
    codes
        .into_iter()
        .map(|code| {
            let own = fields.opt(&format!("placed_on_{code}"));
            let placed_on = match own {
                None => on_all,
                Some(day) => Some(day.parse().map_err(|_| {
                    Refusal::field("member_states", "placed-on-not-a-day").with("code", &code)
                })?),
            };
            Ok(Placing {
                member_state: code,
                placed_on,
            })
        })
        .collect()
}

/// The form of what is known.
fn fields_of(facts: &NewProduct) -> Fields {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |d| d.to_string());
    let mut pairs = vec![
        ("name".to_owned(), facts.name.clone()),
        ("identification".into(), facts.identification.clone()),
        ("description".into(), facts.description.clone()),
        ("category".into(), facts.category.clone()),
        (
            "annex_entry".into(),
            facts.annex_entry.clone().unwrap_or_default(),
        ),
        ("intended_purpose".into(), facts.intended_purpose.clone()),
        ("support_ends_on".into(), day(facts.support_ends_on)),
        ("support_reason".into(), facts.support_reason.clone()),
        ("contact".into(), facts.contact.clone().unwrap_or_default()),
        ("last_unit_placed_on".into(), day(facts.last_unit_placed_on)),
    ];
    for placing in &facts.placings {
        pairs.push(("member_states".into(), placing.member_state.clone()));
        let name = format!("placed_on_{}", placing.member_state);
        pairs.push((name, day(placing.placed_on)));
    }
    Fields::from_pairs(pairs)
}
