//! Why a finding is there: which identifier met which range of which record, where that record
//! came from and when, and what people and the program did about it since.

use super::judging::Earlier;
use super::store::lists::{self, Said};
use super::{Assessment, FindingRow, store};
use crate::accounts::Caller;
use crate::advisories::{self, Vulnerability};
use crate::ids::{FindingId, ProductId};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_engine::matching::{MatchReason, Unknown};
use jiff::Timestamp;

/// A finding with everything that stands behind it.
pub struct Explained {
    pub row: FindingRow,
    pub product: ProductId,
    pub vulnerability: Vulnerability,
    pub reasons: Vec<Reason>,
    pub history: Vec<Assessment>,
    /// What was said about another version of the component, while nobody judged this one.
    pub earlier: Option<Earlier>,
    /// What happened by itself: (when, `open` or `gone`, why).
    pub changes: Vec<(Timestamp, String, Option<String>)>,
}

/// What one record says of the component.
#[derive(Debug, Clone)]
pub struct Reason {
    pub record: String,
    pub summary: String,
    /// `osv:npm`
    pub feed: String,
    /// The file or address the feed came from.
    pub feed_source: Option<String>,
    pub feed_checked_at: Option<Timestamp>,
    /// When the record says it was changed, as it says it.
    pub modified: String,
    pub imported_at: Timestamp,
    pub is_withdrawn: bool,
    pub matched_at: Timestamp,
    /// The package it was found under when the component is a path inside it.
    pub guessed: Option<String>,
    pub answer: Answered,
}

/// The engine's answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answered {
    Affected(MatchReason),
    Unknown(Unknown),
    /// What is stored is not what this version writes.
    Unreadable,
}

/// A finding, or the one it was joined to.
pub enum Found {
    Here(Box<Explained>),
    Moved(FindingId),
}

/// A finding of the caller's organisation with its reasons.
pub fn get_finding(tx: &mut Tx, caller: &Caller, id: FindingId) -> Result<Found, Trouble> {
    caller.require(crate::accounts::Permission::FindingsRead)?;
    let organisation = caller.organisation;
    let standing = lists::standing(tx, organisation, id)?.ok_or_else(Refusal::not_found)?;
    if caller
        .only_product
        .is_some_and(|only| only != standing.product)
    {
        return Err(Refusal::not_found().into());
    }
    if let Some(kept) = standing.merged_into {
        return Ok(Found::Moved(kept));
    }
    let row = store::release::one(tx, organisation, id)?.ok_or_else(Refusal::not_found)?;
    let vulnerability = advisories::find_by_id(tx, standing.vulnerability)?
        .ok_or_else(|| anyhow::anyhow!("the vulnerability of {id} is gone"))?;
    let said = lists::reasons(tx, standing.package_version, vulnerability.id)?;
    let earlier = match row.status.as_str() {
        "not_assessed" => store::assessments::earlier(tx, organisation, id)?,
        _ => None,
    };
    Ok(Found::Here(Box::new(Explained {
        earlier,
        reasons: said.into_iter().map(reason).collect(),
        history: store::assessments::history(tx, organisation, id)?,
        changes: lists::changes(tx, organisation, id)?,
        product: standing.product,
        row,
        vulnerability,
    })))
}

fn reason(said: Said) -> Reason {
    let answer = match said.outcome.as_str() {
        "affected" => serde_json::from_str(&said.reason).map(Answered::Affected),
        _ => serde_json::from_str(&said.reason).map(Answered::Unknown),
    };
    Reason {
        record: said.record,
        summary: said.summary,
        feed: said.feed,
        feed_source: said.feed_source,
        feed_checked_at: said.feed_checked_at,
        modified: said.modified,
        imported_at: said.imported_at,
        is_withdrawn: said.withdrawn.is_some(),
        matched_at: said.matched_at,
        guessed: said.guessed,
        answer: answer.unwrap_or(Answered::Unreadable),
    }
}

impl Explained {
    /// The versions that fix it, over all records.
    pub fn fixed(&self) -> Vec<String> {
        let mut fixed: Vec<String> = Vec::new();
        for reason in &self.reasons {
            if let Answered::Affected(found) = &reason.answer {
                for version in &found.fixed {
                    if !fixed.contains(version) {
                        fixed.push(version.clone());
                    }
                }
            }
        }
        fixed
    }
}
