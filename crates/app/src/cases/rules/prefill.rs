//! What we know already, in the words of ENISA's form (English: the platform takes no other
//! language). Nothing confidential goes into a title. A person reads and changes all of it.

use super::sheet::{Offer, Origin, rfc3339};
use super::versions;
use super::wording::utc;
use crate::cases::types::{AffectedProduct, CaseView};
use crate::cases::words::Answered;
use bonafide_law::categories;
use bonafide_law::deadlines::{Kind, Stage, Trigger};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a prefill is made of besides the case.
pub struct Known<'a> {
    pub view: &'a CaseView,
    pub products: &'a [AffectedProduct],
    pub organisation: &'a str,
    /// Today in the coordinator's zone.
    pub today: Date,
}

/// The offers for a stage, one a field at most.
pub fn offers(known: &Known<'_>, stage: Stage) -> Vec<Offer> {
    let mut offers = Offers(Vec::new());
    identity(known, &mut offers);
    product_facts(known, &mut offers);
    match known.view.case.kind {
        Kind::ActivelyExploitedVulnerability => vulnerability(known, stage, &mut offers),
        Kind::SevereIncident => incident(known, &mut offers),
    }
    offers.0
}

struct Offers(Vec<Offer>);

impl Offers {
    fn add(&mut self, key: &'static str, origin: Origin, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.0.push(Offer { key, value, origin });
        }
    }
}

fn identity(known: &Known<'_>, offers: &mut Offers) {
    let case = &known.view.case;
    let aware_at = known.view.aware_at();
    let kind = match case.kind {
        Kind::ActivelyExploitedVulnerability => "vulnerability",
        Kind::SevereIncident => "incident",
    };
    offers.add("notification_type", "case", kind);
    offers.add("title", "case", cut(&title(known), 255));
    offers.add("summary", "case", summary(known));
    offers.add("manufacturer_name", "organisation", known.organisation);
    let states = known.view.member_states();
    offers.add("member_states_available", "placings", states.join(","));
    offers.add("awareness_at", "decision", rfc3339(aware_at));
}

fn title(known: &Known<'_>) -> String {
    let case = &known.view.case;
    let products = names(known.products);
    let of = if products.is_empty() {
        String::new()
    } else {
        format!(" in {products}")
    };
    match (case.kind, &case.vulnerability) {
        (Kind::ActivelyExploitedVulnerability, Some(name)) => {
            format!("Actively exploited vulnerability {name}{of}")
        }
        (Kind::ActivelyExploitedVulnerability, None) => {
            format!("Actively exploited vulnerability{of}")
        }
        (Kind::SevereIncident, _) => {
            let security = "Severe incident having an impact on the security";
            if products.is_empty() {
                format!("{security} of a product")
            } else {
                format!("{security} of {products}")
            }
        }
    }
}

fn summary(known: &Known<'_>) -> String {
    let view = known.view;
    let aware_at = utc(view.aware_at());
    let mut sentences = Vec::new();
    match view.case.kind {
        Kind::ActivelyExploitedVulnerability => {
            let flaw = view
                .case
                .vulnerability
                .as_deref()
                .unwrap_or("A vulnerability");
            let component = components(view);
            let inside = if component.is_empty() {
                String::new()
            } else {
                format!(" of the component {component}")
            };
            sentences.push(format!(
                "{flaw}{inside} is being actively exploited and concerns {}.",
                products_with_versions(known.products)
            ));
        }
        Kind::SevereIncident => sentences.push(format!(
            "A severe incident has an impact on the security of {}.",
            products_with_versions(known.products)
        )),
    }
    sentences.push(format!("We became aware on {aware_at}."));
    match view.anchor(Trigger::MeasureAvailableAt) {
        Some(at) => sentences.push(format!("A measure is available since {}.", utc(at))),
        None => sentences.push("No measure is available yet; we are investigating.".to_owned()),
    }
    sentences.join(" ")
}

fn product_facts(known: &Known<'_>, offers: &mut Offers) {
    let products = known.products;
    offers.add("product_name", "product", cut(&names(products), 255));
    offers.add(
        "product_version",
        "releases",
        cut(&version_line(products), 255),
    );
    let categories: BTreeSet<&str> = products.iter().map(|p| p.category.as_str()).collect();
    if let [category] = categories.iter().copied().collect::<Vec<_>>().as_slice() {
        let (kind, class) = match *category {
            "important-class-1" => ("important", "class-1"),
            "important-class-2" => ("important", "class-2"),
            "critical" => ("critical", ""),
            _ => ("default", ""),
        };
        offers.add("product_type", "product", kind);
        offers.add("product_class", "product", class);
    }
    let entries: BTreeSet<&str> = products
        .iter()
        .filter_map(|p| p.annex_entry.as_deref())
        .collect();
    if let [entry] = entries.iter().copied().collect::<Vec<_>>().as_slice()
        && categories::by_id(entry).is_some()
    {
        offers.add("product_category", "product", *entry);
    }
    let ended: BTreeSet<Option<bool>> = products
        .iter()
        .map(|p| p.support_ends_on.map(|last| last < known.today))
        .collect();
    // Products that differ, or whose support end nobody recorded, are a person's to answer.
    if let [Some(ended)] = ended.into_iter().collect::<Vec<_>>().as_slice() {
        let word = if *ended { "yes" } else { "no" };
        offers.add("end_of_support_reached", "support", word);
    }
    offers.add("component_name", "sbom", cut(&components(known.view), 255));
}

fn vulnerability(known: &Known<'_>, stage: Stage, offers: &mut Offers) {
    let view = known.view;
    let name = view.case.vulnerability.as_deref();
    let cve = view.world.as_ref().and_then(|world| world.name_of("CVE-"));
    let cve = cve.or(name.filter(|name| name.starts_with("CVE-")));
    offers.add("cve_id", "advisory", cve.unwrap_or_default());
    if let Some(world) = &view.world {
        offers.add(
            "euvd_id",
            "advisory",
            world.name_of("EUVD-").unwrap_or_default(),
        );
    }
    if let Some(at) = view.anchor(Trigger::MeasureAvailableAt) {
        offers.add("measure_available_at", "measure", rfc3339(at));
    }
    if stage == Stage::EarlyWarning {
        return;
    }
    let Some(world) = &view.world else { return };
    if !world.title.is_empty() {
        offers.add(
            "vulnerability_general_information",
            "advisory",
            world.title.as_str(),
        );
    }
    if let Some(vector) = &world.vector {
        offers.add("attack_vector", "advisory", attack_vector(vector));
    }
    if stage == Stage::FinalReport {
        offers.add("vulnerability_severity", "advisory", severity(known));
    }
}

fn severity(known: &Known<'_>) -> String {
    let Some(world) = &known.view.world else {
        return String::new();
    };
    let mut text = match world.score {
        Some(score) => format!("CVSS base score {score:.1} ({})", world.severity),
        None if world.severity == "unknown" || world.severity.is_empty() => return String::new(),
        None => format!("Rated {}", world.severity),
    };
    if let Some(vector) = &world.vector {
        text.push_str(&format!(", vector {vector}"));
    }
    text.push('.');
    text
}

fn incident(known: &Known<'_>, offers: &mut Offers) {
    let case = &known.view.case;
    if let Some(suspected) = case.suspected {
        let origin = "decision";
        offers.add(
            "suspected_unlawful_or_malicious",
            origin,
            suspected.as_str(),
        );
        debug_assert!(Answered::ALL.contains(&suspected));
    }
    // As it was written for the decision: the platform takes English only, so it is to be read.
    if let Some(told) = &known.view.decision.incident {
        offers.add(
            "incident_general_information",
            "decision",
            &told.what_happened,
        );
        offers.add("incident_impact", "decision", &told.impact);
    }
    if let Some(at) = case.occurred_at {
        offers.add("incident_occurred_at", "decision", rfc3339(at));
    }
}

/// The words of the metric `AV` of a CVSS vector.
fn attack_vector(vector: &str) -> &'static str {
    let metric = vector
        .split('/')
        .find_map(|part| part.strip_prefix("AV:"))
        .unwrap_or_default();
    match metric {
        "N" => "Network",
        "A" => "Adjacent network",
        "L" => "Local",
        "P" => "Physical",
        _ => "",
    }
}

fn names(products: &[AffectedProduct]) -> String {
    let names: Vec<&str> = products.iter().map(|p| p.name.as_str()).collect();
    names.join(", ")
}

fn version_line(products: &[AffectedProduct]) -> String {
    match products {
        [only] => versions::compress(&only.versions),
        several => several
            .iter()
            .map(|p| format!("{}: {}", p.name, versions::compress(&p.versions)))
            .collect::<Vec<_>>()
            .join("; "),
    }
}

fn products_with_versions(products: &[AffectedProduct]) -> String {
    if products.is_empty() {
        return "one of our products".to_owned();
    }
    products
        .iter()
        .map(|p| format!("{} {}", p.name, versions::compress(&p.versions)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Names with versions of the components, without the purl's grammar: `log4j-core 2.14.1`.
fn components(view: &CaseView) -> String {
    let names: BTreeSet<String> = view
        .affected
        .iter()
        .flat_map(|release| &release.components)
        .map(|purl| component_name(purl))
        .collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// A component's name and version from its purl.
pub fn component_name(purl: &str) -> String {
    let bare = purl.split(['?', '#']).next().unwrap_or(purl);
    let bare = bare.strip_prefix("pkg:").unwrap_or(bare);
    let (path, version) = match bare.rsplit_once('@') {
        Some((path, version)) if !path.is_empty() && !version.contains('/') => (path, version),
        _ => (bare, ""),
    };
    let name = path.split_once('/').map_or(path, |(_, name)| name);
    let name = name.replace("%40", "@").replace("%2F", "/");
    if version.is_empty() {
        name
    } else {
        format!("{name} {}", version.replace("%2B", "+"))
    }
}

/// At most `max` characters, cut at a word where one is near.
fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let head: String = text.chars().take(max - 1).collect();
    let end = head
        .rfind([' ', ',', ';'])
        .filter(|at| *at > head.len() / 2);
    format!("{}…", end.map_or(head.as_str(), |at| &head[..at]))
}
