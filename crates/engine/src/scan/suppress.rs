//! What VEX statements take away: findings that somebody says do not matter, or are fixed. Nothing
//! is lost: each stands in the report with who said so and why.

use std::collections::HashMap;

use super::Feed;
use super::components::Item;
use super::report::{Finding, Report, Suppressed};
use crate::sbom::Component;
use crate::vex::{self, Statement, Status, Target, VexDocument};

/// A VEX document and the name the report gives it.
#[derive(Debug, Clone)]
pub struct Vex {
    /// The last part of its path.
    pub source: String,
    /// What it says.
    pub document: VexDocument,
}

/// What the statements are about, beside the components.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// The product of the SBOM.
    pub component: Option<&'a Component>,
    /// CycloneDX `serialNumber`.
    pub serial: Option<&'a str>,
}

/// Moves findings to `suppressed` where the latest statement that applies says `not_affected` or
/// `fixed`, and adds the documents to the feeds.
pub fn suppress(report: &mut Report, items: &[Item<'_>], subject: Subject<'_>, documents: &[Vex]) {
    let by_purl: HashMap<Option<&str>, &Component> = items
        .iter()
        .map(|item| (item.purl(), item.component))
        .collect();
    let findings = std::mem::take(&mut report.findings);
    for finding in findings {
        let component = by_purl.get(&finding.purl.as_deref()).copied();
        match component.and_then(|component| judged(&finding, component, subject, documents)) {
            Some((vex, statement)) => {
                let gone = suppressed(finding, vex, statement);
                report.suppressed.push(gone);
            }
            None => report.findings.push(finding),
        }
    }
    report.feeds.extend(documents.iter().map(|vex| Feed {
        source: vex.source.clone(),
        kind: "vex".to_owned(),
        records: vex.document.statements.len() as u64,
        unreadable: 0,
        as_of: vex.document.timestamp.clone(),
    }));
}

fn judged<'v>(
    finding: &Finding,
    component: &Component,
    subject: Subject<'_>,
    documents: &'v [Vex],
) -> Option<(&'v Vex, &'v Statement)> {
    let ids: Vec<&str> = std::iter::once(&finding.id)
        .chain(&finding.aliases)
        .map(String::as_str)
        .collect();
    let own = hashes(Some(component));
    let products = hashes(subject.component);
    let product = subject.component.map_or_else(Target::default, |product| {
        target(product, subject.serial, &products)
    });
    let component = target(component, subject.serial, &own);
    let all = documents.iter().map(|vex| &vex.document);
    let statement = vex::latest(all, &product, &component, &ids)?;
    let is_end = matches!(statement.status, Status::NotAffected | Status::Fixed);
    let holds = |vex: &&Vex| {
        let mut own = vex.document.statements.iter();
        own.any(|one| std::ptr::eq(one, statement))
    };
    let vex = documents.iter().find(holds)?;
    is_end.then_some((vex, statement))
}

fn hashes(component: Option<&Component>) -> Vec<(&str, &str)> {
    let hashes = component.map_or(&[][..], |component| component.hashes.as_slice());
    let pairs = hashes
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    pairs.collect()
}

fn target<'a>(
    component: &'a Component,
    serial: Option<&'a str>,
    hashes: &'a [(&'a str, &'a str)],
) -> Target<'a> {
    Target {
        purl: component.purl_text.as_deref(),
        name: Some(component.name.as_str()),
        version: component.version.as_deref(),
        cpe: component.cpe.as_deref(),
        bom_ref: component.bom_ref.as_deref(),
        serial,
        hashes,
    }
}

fn suppressed(finding: Finding, vex: &Vex, statement: &Statement) -> Suppressed {
    let justification = statement.justification.map(|one| one.as_str().to_owned());
    Suppressed {
        finding,
        status: statement.status.as_str().to_owned(),
        why: justification.or_else(|| statement.impact.clone()),
        who: vex.document.author.clone(),
        source: vex.source.clone(),
    }
}
