//! What a release may be called, what a change changes, and what freezing takes.

use super::{Change, Market, NewRelease, Proof, Release, TAGGED};
use crate::ids::VariantId;
use crate::products::{check_day, line};
use crate::trouble::{Refusal, Trouble};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

pub const VERSION_CHARS_MAX: usize = 120;
pub const LABELS_MAX: usize = 20;
pub const LABEL_CHARS_MAX: usize = 60;

/// A new release whose facts were checked.
#[derive(Debug, Clone)]
pub struct Checked {
    pub version: String,
    pub channel: String,
    pub variant: Option<VariantId>,
    pub market: Market,
    pub market_assumed: bool,
    pub made_available_on: Option<Date>,
    pub is_latest: bool,
    pub labels: Vec<String>,
}

/// Checks what is said about a new release. A tagged version counts as on the market until a
/// person says otherwise; the build of a branch is not on it.
pub fn check(new: NewRelease) -> Result<Checked, Trouble> {
    let branch = match &new.branch {
        None => None,
        Some(branch) => Some(line("branch", branch, VERSION_CHARS_MAX)?),
    }
    .filter(|branch| !branch.is_empty());
    check_day("made_available_on", new.made_available_on)?;
    let labels = check_labels(&new.labels)?;
    let (version, channel, market) = match &branch {
        Some(branch) => {
            if new.market.is_some_and(Market::is_or_was) {
                return Err(Refusal::field("market", "branch-not-on-market").into());
            }
            (branch.clone(), channel_of(branch), Some(Market::NotYet))
        }
        None => (check_version(&new.version)?, TAGGED.to_owned(), new.market),
    };
    Ok(Checked {
        version,
        channel,
        variant: new.variant,
        market: market.unwrap_or(Market::OnMarket),
        market_assumed: market.is_none(),
        made_available_on: new.made_available_on,
        is_latest: new.is_latest && branch.is_none(),
        labels,
    })
}

/// A branch may be called `release` too; its builds must not pass for tagged versions.
fn channel_of(branch: &str) -> String {
    if branch == TAGGED {
        format!("refs/heads/{branch}")
    } else {
        branch.to_owned()
    }
}

fn check_version(version: &str) -> Result<String, Trouble> {
    let version = line("version", version, VERSION_CHARS_MAX)?;
    if version.is_empty() {
        let refusal = Refusal::field("version", "field-required");
        return Err(refusal.with("field", "version").into());
    }
    Ok(version)
}

fn check_labels(labels: &[String]) -> Result<Vec<String>, Trouble> {
    let mut checked = Vec::new();
    for label in labels {
        let label = line("labels", label, LABEL_CHARS_MAX)?;
        if !label.is_empty() && !checked.contains(&label) {
            checked.push(label);
        }
    }
    if checked.len() > LABELS_MAX {
        let refusal = Refusal::field("labels", "labels-too-many");
        return Err(refusal.with("max", LABELS_MAX).into());
    }
    checked.sort();
    Ok(checked)
}

/// The labels after an upload brought some; none when it brings nothing new. What would go over
/// the limit is left out: labels are never a reason to lose an SBOM.
pub fn with_labels(release: &Release, brought: &[String]) -> Option<Vec<String>> {
    let mut labels = release.labels.clone();
    for label in brought {
        let room = labels.len() < LABELS_MAX;
        if let Ok(label) = line("labels", label, LABEL_CHARS_MAX)
            && room
            && !label.is_empty()
            && !labels.contains(&label)
        {
            labels.push(label);
        }
    }
    (labels.len() > release.labels.len()).then_some(labels)
}

/// The release as it is after a change.
pub fn changed(before: &Release, change: Change) -> Result<Release, Trouble> {
    let mut after = before.clone();
    if let Some(version) = change.version {
        if !before.is_tagged() && version.trim() != before.version {
            return Err(Refusal::field("version", "branch-keeps-name").into());
        }
        after.version = check_version(&version)?;
    }
    if let Some(variant) = change.variant {
        after.variant = variant;
    }
    if let Some(day) = change.made_available_on {
        check_day("made_available_on", day)?;
        after.made_available_on = day;
    }
    if let Some(latest) = change.is_latest {
        after.is_latest = latest && before.is_tagged();
    }
    if let Some(labels) = change.labels {
        after.labels = check_labels(&labels)?;
    }
    Ok(after)
}

/// What changed, as the journal keeps it: field → old and new value.
pub fn differences(before: &Release, after: &Release) -> Map<String, Value> {
    let facts = |r: &Release| {
        [
            ("version", json!(r.version)),
            ("variant", json!(r.variant)),
            ("made_available_on", json!(r.made_available_on)),
            ("is_latest", json!(r.is_latest)),
            ("labels", json!(r.labels)),
        ]
    };
    facts(before)
        .into_iter()
        .zip(facts(after))
        .filter(|((_, old), (_, new))| old != new)
        .map(|((field, old), (_, new))| (field.to_owned(), json!({ "old": old, "new": new })))
        .collect()
}

/// The document a freeze signs by its digest: the facts that make the release and every proof,
/// fields in this order, proofs by slot, no white space. Where it stands towards the market and
/// whether it is the latest are left out, because they go on changing.
pub fn evidence_document(release: &Release, proofs: &[Proof]) -> String {
    json!({
        "format": "bonafide-frozen-release/1",
        "release": release.id,
        "product": release.product,
        "product_name": release.product_name,
        "variant": release.variant,
        "version": release.version,
        "channel": release.channel,
        "made_available_on": release.made_available_on,
        "labels": release.labels,
        "created_at": release.created_at.to_string(),
        "evidence": proofs.iter().map(|proof| json!({
            "slot": proof.slot, "reference": proof.reference, "digest": proof.digest,
        })).collect::<Vec<_>>(),
    })
    .to_string()
}
