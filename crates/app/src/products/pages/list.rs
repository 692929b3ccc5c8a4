//! The list of products, and the same view for spreadsheets and programs.

use super::{Choice, category_choices, category_words, state_words};
use crate::accounts::Caller;
use crate::journal::csv_cell;
use crate::products::{
    self, EXPORT_ROWS_MAX, Filter, Listed, PAGE_ROWS, Product, State, api, rules,
};
use crate::trouble::Trouble;
use crate::web::forms::Fields;
use crate::web::route::encode;
use crate::web::{Answer, App, Visit, answer, html};
use askama::Template;
use axum::extract::{Query, State as Of};
use axum::http::StatusCode;

const SEARCH_CHARS_MAX: usize = 200;

#[derive(Template)]
#[template(path = "products/list.html")]
struct ListPage {
    page: Visit,
    rows: Vec<Line>,
    listed: Listed,
    filter: Filter,
    filtered: bool,
    search: String,
    categories: Vec<Choice>,
    states: Vec<Choice>,
    showing: String,
    /// The filter as a query string, with its question mark, for the other forms of this view.
    query: String,
    pages: i64,
    previous: Option<String>,
    next: Option<String>,
}

struct Line {
    product: Product,
    category: String,
    state: String,
    missing: usize,
}

type Pairs = Query<Vec<(String, String)>>;

pub async fn get_products(
    Of(app): Of<App>,
    caller: Caller,
    page: Visit,
    Query(pairs): Pairs,
) -> Answer {
    let filter = filter_of(&pairs);
    let listed = list(&app, caller, &filter, PAGE_ROWS).await?;
    let lang = page.lang;
    let rows: Vec<Line> = listed
        .products
        .iter()
        .map(|product| Line {
            category: category_words(lang, &product.category, product.annex_entry.as_deref()),
            state: state_words(lang, product),
            missing: rules::missing(product).len(),
            product: product.clone(),
        })
        .collect();
    let pages = (listed.matching + i64::from(PAGE_ROWS) - 1) / i64::from(PAGE_ROWS);
    let at = i64::from(filter.page);
    let to_page = |number: i64| format!("/products{}", query_of(&filter, number));
    html(&ListPage {
        filtered: filter.search.is_some()
            || filter.category.is_some()
            || filter.state != State::Current,
        search: filter.search.clone().unwrap_or_default(),
        categories: category_choices(lang, filter.category.as_deref().unwrap_or("")),
        states: state_choices(&page, filter.state),
        showing: page.t2(
            "products-showing",
            "shown",
            rows.len(),
            "matching",
            listed.matching,
        ),
        query: query_of(&filter, 1),
        previous: (at > 1).then(|| to_page(at - 1)),
        next: (at < pages).then(|| to_page(at + 1)),
        rows,
        pages,
        filter,
        listed,
        page,
    })
}

pub async fn get_products_csv(Of(app): Of<App>, caller: Caller, Query(pairs): Pairs) -> Answer {
    let listed = list(&app, caller, &filter_of(&pairs), EXPORT_ROWS_MAX).await?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: &[String]| {
        let safe = record.iter().map(|cell| csv_cell(cell));
        writer.write_record(safe).map_err(anyhow::Error::from)
    };
    write(&COLUMNS.map(str::to_owned))?;
    for product in &listed.products {
        write(&cells(product))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|e| anyhow::anyhow!("write the table: {e}"))?;
    answer::download("products.csv", "text/csv; charset=utf-8", bytes)
}

pub async fn get_products_json(Of(app): Of<App>, caller: Caller, Query(pairs): Pairs) -> Answer {
    let listed = list(&app, caller, &filter_of(&pairs), EXPORT_ROWS_MAX).await?;
    answer::json(StatusCode::OK, &api::list_json(&listed))
}

async fn list(app: &App, caller: Caller, filter: &Filter, rows: u32) -> Result<Listed, Trouble> {
    let filter = filter.clone();
    app.db
        .read(move |tx| products::list_products(tx, &caller, &filter, rows))
        .await
}

/// The filter a query string asks for; what it says wrongly is as if it were not said.
pub fn filter_of(pairs: &[(String, String)]) -> Filter {
    let fields = Fields::from_pairs(pairs.iter().cloned());
    let search = fields
        .opt("q")
        .map(|text| text.chars().take(SEARCH_CHARS_MAX).collect());
    Filter {
        search,
        category: fields.opt("category").map(str::to_owned),
        state: State::find(fields.get("state")).unwrap_or_default(),
        page: fields.get("page").parse().unwrap_or(1).clamp(1, 100_000),
    }
}

fn query_of(filter: &Filter, number: i64) -> String {
    let mut parts = Vec::new();
    if let Some(search) = &filter.search {
        parts.push(format!("q={}", encode(search)));
    }
    if let Some(category) = &filter.category {
        parts.push(format!("category={}", encode(category)));
    }
    if filter.state != State::Current {
        parts.push(format!("state={}", filter.state.name()));
    }
    if number > 1 {
        parts.push(format!("page={number}"));
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("?{}", parts.join("&"))
    }
}

fn state_choices(page: &Visit, chosen: State) -> Vec<Choice> {
    State::ALL
        .into_iter()
        .map(|state| Choice {
            value: state.name().into(),
            text: page.t(&format!("products-state-{}", state.name())),
            chosen: state == chosen,
        })
        .collect()
}

const COLUMNS: [&str; 13] = [
    "id",
    "name",
    "identification",
    "category",
    "annex_entry",
    "support_ends_on",
    "member_states",
    "last_unit_placed_on",
    "contact",
    "inbox",
    "trust_published",
    "archived_at",
    "missing",
];

fn cells(product: &Product) -> [String; 13] {
    let states: Vec<&str> = product
        .placings
        .iter()
        .map(|p| p.member_state.as_str())
        .collect();
    let missing: Vec<&str> = rules::missing(product).iter().map(|m| m.code).collect();
    let day = |day: &Option<jiff::civil::Date>| day.map_or_else(String::new, |d| d.to_string());
    [
        product.id.to_string(),
        product.name.clone(),
        product.identification.clone(),
        product.category.clone(),
        product.annex_entry.clone().unwrap_or_default(),
        day(&product.support_ends_on),
        states.join(" "),
        day(&product.last_unit_placed_on),
        product.contact.clone().unwrap_or_default(),
        product.inbox.to_string(),
        product.trust_published.to_string(),
        product
            .archived_at
            .map_or_else(String::new, |at| at.to_string()),
        missing.join(" "),
    ]
}
