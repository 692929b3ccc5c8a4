//! The queue: one line per flaw over all products, the exploited ones on the market first, then
//! by likelihood and severity together, never by severity alone.

use super::marks::{self, Mark};
use crate::accounts::Caller;
use crate::findings::store::lists;
use crate::findings::{self, Filter, Line, Status, Totals};
use crate::ids::ProductId;
use crate::trouble::Trouble;
use crate::web::forms::Fields;
use crate::web::route::encode;
use crate::web::{Answer, App, Visit, answer, html};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use std::sync::Arc;

const PAGE_ROWS: i64 = 50;
/// Exploited flaws that the sentence at the top counts.
const HOT_ROWS: i64 = 10_000;
/// Lines read at once for a table file.
const EXPORT_ROWS: usize = 5_000;
const PAGE_MAX: i64 = 100_000;

#[derive(Template)]
#[template(path = "findings/triage.html")]
struct TriagePage {
    page: Visit,
    lede: String,
    caveats: Vec<String>,
    rows: Vec<Shown>,
    showing: String,
    query: String,
    previous: Option<String>,
    next: Option<String>,
    statuses: Vec<Choice>,
    products: Vec<Choice>,
    is_exploited: bool,
    is_filtered: bool,
}

struct Shown {
    line: Line,
    severity: String,
    epss: String,
    exploited: Vec<String>,
    first_seen: jiff::civil::Date,
    mark: Mark,
}

struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

type Pairs = Query<Vec<(String, String)>>;

struct Asked {
    filter: Filter,
    number: i64,
}

fn asked(pairs: &[(String, String)]) -> Asked {
    let fields = Fields::from_pairs(pairs.iter().cloned());
    let status = fields.opt("status").filter(|status| {
        Status::find(status).is_some() || matches!(*status, "all" | "not_assessed")
    });
    Asked {
        filter: Filter {
            product: fields.get("product").parse().ok(),
            status: status.map(str::to_owned),
            is_exploited: fields.is_ticked("exploited"),
        },
        number: fields.get("page").parse().unwrap_or(1).clamp(1, PAGE_MAX),
    }
}

fn query_of(filter: &Filter, number: i64) -> String {
    let mut parts = Vec::new();
    if filter.is_exploited {
        parts.push("exploited=1".to_owned());
    }
    if let Some(product) = filter.product {
        parts.push(format!("product={product}"));
    }
    if let Some(status) = &filter.status {
        parts.push(format!("status={}", encode(status)));
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

pub async fn get_triage(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(pairs): Pairs,
) -> Answer {
    let Asked { filter, number } = asked(&pairs);
    let wanted = filter.clone();
    let first = (number - 1) * PAGE_ROWS;
    let (lines, total, totals, products, hot) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let (lines, total) = findings::list_queue(tx, &caller, &wanted, (PAGE_ROWS, first))?;
            let totals = findings::totals(tx, &caller)?;
            let products = lists::products(tx, caller.organisation, caller.only_product)?;
            let exploited = Filter {
                is_exploited: true,
                ..Filter::default()
            };
            let hot = findings::list_queue(tx, &caller, &exploited, (HOT_ROWS, 0))?;
            Ok((lines, total, totals, products, hot))
        })
        .await?;
    let pages = (total + PAGE_ROWS - 1) / PAGE_ROWS;
    let to_page = |number: i64| format!("/triage{}", query_of(&filter, number));
    let rows: Vec<Shown> = lines.into_iter().map(|line| shown(&page, line)).collect();
    let last = first + i64::try_from(rows.len()).unwrap_or(0);
    let range = page.t2("triage-range", "first", (first + 1).min(last), "last", last);
    html(&TriagePage {
        lede: lede(&page, &totals, &hot),
        caveats: marks::caveats(&page, &totals.unknowns),
        showing: page.t2("triage-showing", "range", range, "total", total),
        query: query_of(&filter, 1),
        previous: (number > 1).then(|| to_page(number - 1)),
        next: (number < pages).then(|| to_page(number + 1)),
        statuses: status_choices(&page, filter.status.as_deref()),
        products: product_choices(&page, products, filter.product),
        is_exploited: filter.is_exploited,
        is_filtered: !query_of(&filter, 1).is_empty(),
        rows,
        page,
    })
}

/// The answer in words: how much, how much of it is exploited, how much nobody has looked at.
fn lede(page: &Visit, totals: &Totals, hot: &(Vec<Line>, i64)) -> String {
    if totals.findings == 0 {
        let clean =
            marks::caveats(page, &totals.unknowns).is_empty() && totals.unknowns.releases > 0;
        return page.t(if clean {
            "triage-lede-none"
        } else {
            "triage-lede-none-but"
        });
    }
    let on_market = hot.0.iter().filter(|line| line.is_on_market).count();
    let mut words = page.t2(
        "triage-lede",
        "flaws",
        totals.vulnerabilities,
        "releases",
        totals.releases_with_findings,
    );
    words.push(' ');
    words.push_str(&page.t2("triage-lede-exploited", "n", hot.1, "market", on_market));
    words.push(' ');
    words.push_str(&page.t1("triage-lede-not-assessed", "n", totals.not_assessed));
    words
}

fn shown(page: &Visit, line: Line) -> Shown {
    let state = if line.not_assessed > 0 {
        "not_assessed"
    } else {
        "under_investigation"
    };
    let mut mark = marks::mark(page.lang, state);
    mark.words = if line.not_assessed > 0 {
        page.t2(
            "triage-not-assessed",
            "n",
            line.not_assessed,
            "of",
            line.findings,
        )
    } else {
        page.t("triage-all-assessed")
    };
    Shown {
        severity: marks::severity(page.lang, &line.severity, line.score),
        epss: line.epss.map(marks::percent).unwrap_or_default(),
        exploited: marks::exploited(page.lang, &line.exploited_by),
        first_seen: line
            .first_seen_at
            .to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .date(),
        mark,
        line,
    }
}

fn status_choices(page: &Visit, chosen: Option<&str>) -> Vec<Choice> {
    let chosen = chosen.unwrap_or("");
    let one = |value: &str, key: &str| Choice {
        value: value.to_owned(),
        text: page.t(key),
        chosen: value == chosen,
    };
    vec![
        one("", "triage-status-unsettled"),
        one("not_assessed", "finding-state-not-assessed"),
        one("under_investigation", "finding-state-under-investigation"),
        one("affected", "finding-state-affected"),
        one("not_affected", "finding-state-not-affected"),
        one("fixed", "finding-state-fixed"),
        one("all", "triage-status-all"),
    ]
}

fn product_choices(
    page: &Visit,
    products: Vec<(ProductId, String)>,
    chosen: Option<ProductId>,
) -> Vec<Choice> {
    let every = Choice {
        value: String::new(),
        text: page.t("triage-product-all"),
        chosen: chosen.is_none(),
    };
    let each = products.into_iter().map(|(id, name)| Choice {
        value: id.to_string(),
        text: name,
        chosen: Some(id) == chosen,
    });
    std::iter::once(every).chain(each).collect()
}

const COLUMNS: [&str; 11] = [
    "vulnerability",
    "title",
    "severity",
    "score",
    "epss",
    "exploited_by",
    "on_market",
    "products",
    "releases",
    "findings",
    "not_assessed",
];

fn cells(line: &Line) -> [String; 11] {
    let by: Vec<&str> = line.exploited_by.iter().map(|(s, _)| s.as_str()).collect();
    [
        line.vulnerability.clone(),
        line.title.clone(),
        line.severity.clone(),
        line.score.map(|s| s.to_string()).unwrap_or_default(),
        line.epss.map(|s| s.to_string()).unwrap_or_default(),
        by.join(" "),
        line.is_on_market.to_string(),
        line.products.to_string(),
        line.releases.to_string(),
        line.findings.to_string(),
        line.not_assessed.to_string(),
    ]
}

pub async fn get_triage_csv(State(app): State<App>, caller: Caller, Query(pairs): Pairs) -> Answer {
    let head = marks::csv_lines([COLUMNS.map(str::to_owned)])?;
    let file = ("triage.csv", "text/csv; charset=utf-8");
    let filter = asked(&pairs).filter;
    let (reader, wanted) = (caller.clone(), filter.clone());
    let flaws = app
        .db
        .read(move |tx| findings::order_of_queue(tx, &reader, &wanted))
        .await?;
    let read = (app, caller, filter);
    export(read, flaws, head, file, b"", |lines, _| {
        marks::csv_lines(lines.iter().map(cells))
    })
}

pub async fn get_triage_json(
    State(app): State<App>,
    caller: Caller,
    Query(pairs): Pairs,
) -> Answer {
    let filter = asked(&pairs).filter;
    whole_queue(app, caller, filter).await
}

/// The whole queue as JSON, with what is unknown and how old the feeds are.
pub async fn whole_queue(app: App, caller: Caller, filter: Filter) -> Answer {
    let (reader, wanted) = (caller.clone(), filter.clone());
    let (flaws, totals) = app
        .db
        .read(move |tx| -> Result<_, Trouble> {
            let flaws = findings::order_of_queue(tx, &reader, &wanted)?;
            Ok((flaws, findings::totals(tx, &reader)?))
        })
        .await?;
    let (feeds, worst) = super::super::api::feeds(&app).await?;
    let head = serde_json::json!({
        "total": flaws.len(),
        "totals": totals,
        "feeds_worst": worst,
        "feeds": feeds,
    });
    let head = marks::json_opened(&head, "vulnerabilities")?;
    let file = ("triage.json", "application/json");
    let read = (app, caller, filter);
    let mut answer = export(read, flaws, head, file, b"]}", |lines, first| {
        marks::json_lines(lines, first)
    })?;
    // Read where it is opened, like every other answer in JSON.
    answer.headers_mut().remove(header::CONTENT_DISPOSITION);
    Ok(answer)
}

/// A table file of the lines of these flaws, made while it is read: `write` puts some lines into
/// bytes and is told whether they are the first; `ended` closes the file.
fn export(
    (app, caller, filter): (App, Caller, Filter),
    flaws: Vec<i64>,
    head: Vec<u8>,
    (name, kind): (&'static str, &str),
    ended: &'static [u8],
    write: fn(&[Line], bool) -> anyhow::Result<Vec<u8>>,
) -> Answer {
    let flaws = Arc::new(flaws);
    answer::download_in_pieces(name, kind, Some((head, 0, true)), move |state| {
        let (app, caller, filter) = (app.clone(), caller.clone(), filter.clone());
        let flaws = flaws.clone();
        async move {
            let Some((mut piece, first, is_first)) = state else {
                return Ok(None);
            };
            let until = flaws.len().min(first + EXPORT_ROWS);
            let wanted = flaws.clone();
            let lines = app
                .db
                .read(move |tx| {
                    findings::list_of_queue(tx, &caller, &filter, &wanted[first..until])
                })
                .await?;
            piece.extend(write(&lines, is_first)?);
            if until == flaws.len() {
                piece.extend_from_slice(ended);
                return Ok(Some((piece, None)));
            }
            let is_first = is_first && lines.is_empty();
            Ok(Some((piece, Some((Vec::new(), until, is_first)))))
        }
    })
}
