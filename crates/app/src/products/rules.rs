//! What may be said about a product, what is still missing, and whether support is long enough.

use super::{NewProduct, Placing, Product};
use crate::trouble::{Refusal, Trouble};
use bonafide_law::categories::{self, Category};
use bonafide_law::member_states::MemberState;
use bonafide_law::support;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// As long as Dependency-Track allows, so that nothing has to be renamed on the way here.
pub const NAME_CHARS_MAX: usize = 255;
pub const IDENTIFICATION_CHARS_MAX: usize = 200;
pub const TEXT_CHARS_MAX: usize = 4_000;
pub const CONTACT_CHARS_MAX: usize = 200;
pub const VARIANTS_MAX: usize = 200;
/// Days outside these years are slips of the hand.
const YEARS: std::ops::RangeInclusive<i16> = 1980..=2150;

/// Something a product's page says is not there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// Message key suffix: `product-missing-<code>`.
    pub code: &'static str,
    pub citation: &'static str,
    /// The field of the form where it goes.
    pub field: &'static str,
}

/// What the law asks to be known about a product and is not, in the order of the form.
pub fn missing(product: &Product) -> Vec<Missing> {
    let checks = [
        (
            product.identification.is_empty(),
            "identification",
            "Art. 13(15)",
            "identification",
        ),
        (
            product.intended_purpose.is_empty(),
            "intended-purpose",
            "Art. 13(3)",
            "intended_purpose",
        ),
        (
            product.category != Category::Default.as_str() && product.annex_entry.is_none(),
            "annex-entry",
            "Art. 7(1)",
            "annex_entry",
        ),
        (
            product.support_ends_on.is_none(),
            "support-end",
            "Art. 13(8)",
            "support_ends_on",
        ),
        (
            product.support_ends_on.is_some() && product.support_reason.is_empty(),
            "support-reason",
            "Art. 13(8)",
            "support_reason",
        ),
        (
            product.placings.is_empty(),
            "member-states",
            "Art. 14(2)(a)",
            "member_states",
        ),
        (
            product.placings.iter().any(|p| p.placed_on.is_none()),
            "placing-dates",
            "Art. 13(13)",
            "member_states",
        ),
    ];
    checks
        .into_iter()
        .filter(|(is_missing, ..)| *is_missing)
        .map(|(_, code, citation, field)| Missing {
            code,
            citation,
            field,
        })
        .collect()
}

/// Whether the support period reaches the floor of Art. 13(8), counted from the last unit placed
/// or, before there is a last one, from the latest day of placing we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    pub counted_from: Date,
    /// The earliest day on which support may end unless the product is used for less.
    pub earliest_end_on: Date,
    pub long_enough: bool,
    pub citation: String,
    pub certainty: &'static str,
}

/// The judgement on a product's support period; none while a date it rests on is unknown.
pub fn support(product: &NewProduct) -> Option<Support> {
    let placed = product.placings.iter().filter_map(|p| p.placed_on);
    let counted_from = placed.chain(product.last_unit_placed_on).max()?;
    let answer = support::support_of(counted_from, product.support_ends_on?, None).ok()?;
    Some(Support {
        counted_from,
        earliest_end_on: answer.earliest_end_on,
        long_enough: answer.long_enough,
        citation: answer.citation,
        certainty: answer.certainty.as_str(),
    })
}

/// The floor of Art. 13(8) in whole years.
pub fn minimum_years() -> i16 {
    let start = Date::constant(2000, 1, 1);
    support::floor(start).map_or(0, |end| end.year() - start.year())
}

/// Trims what was typed and refuses what cannot be.
pub fn tidy(new: &mut NewProduct) -> Result<(), Trouble> {
    new.name = line("name", &new.name, NAME_CHARS_MAX)?;
    if new.name.is_empty() {
        let refusal = Refusal::field("name", "field-required");
        return Err(refusal.with("field", "name").into());
    }
    new.identification = line(
        "identification",
        &new.identification,
        IDENTIFICATION_CHARS_MAX,
    )?;
    new.description = text("description", &new.description, TEXT_CHARS_MAX)?;
    new.intended_purpose = text("intended_purpose", &new.intended_purpose, TEXT_CHARS_MAX)?;
    new.support_reason = text("support_reason", &new.support_reason, TEXT_CHARS_MAX)?;
    let contact = new.contact.take().unwrap_or_default();
    new.contact = Some(line("contact", &contact, CONTACT_CHARS_MAX)?).filter(|c| !c.is_empty());
    check_category(new)?;
    check_day("support_ends_on", new.support_ends_on)?;
    check_day("last_unit_placed_on", new.last_unit_placed_on)?;
    check_placings(&mut new.placings)
}

/// What changed, as the journal keeps it: field → old and new value.
pub fn differences(before: &NewProduct, after: &NewProduct) -> Map<String, Value> {
    let (before, after) = (facts_json(before), facts_json(after));
    after
        .into_iter()
        .filter_map(|(field, new)| {
            let old = before.get(&field).cloned().unwrap_or_default();
            (old != new).then(|| (field, json!({ "old": old, "new": new })))
        })
        .collect()
}

/// The facts as JSON, for the API, the journal and exports.
pub fn facts_json(facts: &NewProduct) -> Map<String, Value> {
    let value = json!({
        "name": facts.name,
        "identification": facts.identification,
        "description": facts.description,
        "category": facts.category,
        "annex_entry": facts.annex_entry,
        "intended_purpose": facts.intended_purpose,
        "support_ends_on": facts.support_ends_on,
        "support_reason": facts.support_reason,
        "contact": facts.contact,
        "last_unit_placed_on": facts.last_unit_placed_on,
        "placings": facts.placings.iter().map(|p| json!({
            "member_state": p.member_state, "placed_on": p.placed_on,
        })).collect::<Vec<_>>(),
    });
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// One line of text without surrounding white space or control characters.
pub fn line(field: &'static str, value: &str, chars_max: usize) -> Result<String, Trouble> {
    let value = value.trim();
    if value.chars().any(char::is_control) {
        return Err(Refusal::field(field, "field-one-line")
            .with("field", field)
            .into());
    }
    within(field, value, chars_max)
}

/// Text of several lines without control characters but line ends and tabs.
pub fn text(field: &'static str, value: &str, chars_max: usize) -> Result<String, Trouble> {
    let value: String = value
        .trim()
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .collect();
    within(field, &value, chars_max)
}

fn within(field: &'static str, value: &str, chars_max: usize) -> Result<String, Trouble> {
    if value.chars().count() > chars_max {
        return Err(Refusal::too_long(field, chars_max).into());
    }
    Ok(value.to_owned())
}

fn check_category(new: &mut NewProduct) -> Result<(), Trouble> {
    let category: Category = new
        .category
        .trim()
        .parse()
        .map_err(|_| Refusal::field("category", "category-unknown"))?;
    new.category = category.as_str().into();
    let entry = new
        .annex_entry
        .take()
        .map(|id| id.trim().to_owned())
        .filter(|id| !id.is_empty());
    if let Some(id) = &entry {
        let known = categories::by_id(id)
            .ok_or_else(|| Refusal::field("annex_entry", "annex-entry-unknown"))?;
        if known.category != category {
            return Err(Refusal::field("annex_entry", "annex-entry-of-other-category").into());
        }
    }
    new.annex_entry = entry;
    Ok(())
}

/// Refuses a day that cannot be meant.
pub fn check_day(field: &'static str, day: Option<Date>) -> Result<(), Trouble> {
    match day {
        Some(day) if !YEARS.contains(&day.year()) => Err(Refusal::field(field, "day-out-of-range")
            .with("first", YEARS.start())
            .with("last", YEARS.end())
            .into()),
        _ => Ok(()),
    }
}

fn check_placings(placings: &mut [Placing]) -> Result<(), Trouble> {
    for placing in placings.iter_mut() {
        let state = MemberState::parse(&placing.member_state).ok_or_else(|| {
            Refusal::field("member_states", "member-state-unknown")
                .with("code", placing.member_state.trim())
        })?;
        placing.member_state = state.code().into();
        check_day("member_states", placing.placed_on)?;
    }
    placings.sort_by(|a, b| a.member_state.cmp(&b.member_state));
    if placings
        .windows(2)
        .any(|pair| pair[0].member_state == pair[1].member_state)
    {
        return Err(Refusal::field("member_states", "member-state-twice").into());
    }
    Ok(())
}

/// What is typed into a search field, as a pattern that means it literally.
pub fn pattern(search: &str) -> String {
    let mut text = String::from("%");
    for c in search.trim().to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            text.push('!');
        }
        text.push(c);
    }
    text.push('%');
    text
}

/// What a search is compared with.
pub fn search_text(new: &NewProduct) -> String {
    format!("{}\n{}\n{}", new.name, new.identification, new.description).to_lowercase()
}
