//! Reports that were filed with an instant the case no longer stands by.
//!
//! ENISA's platform keeps what was filed: a correction here changes nothing there. So the case
//! says which report carries the old value, until a later one carries the new.

use crate::cases::types::{AnchorValue, Submission, filed};
use crate::cases::words::FilingKind;
use crate::ids::SubmissionId;
use bonafide_law::deadlines::{Stage, Trigger};
use bonafide_law::form::Values;
use jiff::Timestamp;

/// The form's fields that hold an anchor.
pub const ANCHOR_KEYS: [(&str, Trigger); 2] = [
    ("awareness_at", Trigger::AwareAt),
    ("measure_available_at", Trigger::MeasureAvailableAt),
];

/// A filed report whose instant is not the case's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    pub submission: SubmissionId,
    pub stage: Stage,
    pub reference: String,
    pub anchor: Trigger,
    /// What the report says.
    pub filed_at: Timestamp,
    /// What the case says; none: nothing is recorded, or it was withdrawn.
    pub stands_at: Option<Timestamp>,
}

/// A filed report of which nothing says what instant it gave (its record is older than the note of
/// that), while the case's instant was corrected after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    pub submission: SubmissionId,
    pub stage: Stage,
    pub reference: String,
    pub anchor: Trigger,
    /// What the case says; none: it was withdrawn.
    pub stands_at: Option<Timestamp>,
}

/// A record of filing whose instant was corrected later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    pub stage: Stage,
    pub was: Timestamp,
    pub is: Timestamp,
}

/// The instants a sheet gives, as a record of filing keeps them.
pub fn carried(values: &Values) -> Values {
    ANCHOR_KEYS
        .iter()
        .filter_map(|(key, _)| Some(((*key).to_owned(), values.get(*key)?.clone())))
        .collect()
}

/// For each anchor the newest report that gives it, where it gives another instant than stands.
pub fn stale(
    submissions: &[Submission],
    stands: impl Fn(Trigger) -> Option<Timestamp>,
) -> Vec<Stale> {
    let mut found = Vec::new();
    for (key, anchor) in ANCHOR_KEYS {
        // A correction of our record files nothing: the platform still has what it had.
        let newest = submissions
            .iter()
            .filter(|submission| submission.kind != FilingKind::Correction)
            .filter_map(|submission| Some((submission, instant(submission, key)?)))
            .next_back();
        let Some((submission, filed_at)) = newest else {
            continue;
        };
        let stands_at = stands(anchor);
        if stands_at.map(minute) != Some(minute(filed_at)) {
            found.push(Stale {
                submission: submission.id,
                stage: submission.stage,
                reference: submission.platform_reference.clone(),
                anchor,
                filed_at,
                stands_at,
            });
        }
    }
    found
}

/// For each anchor the newest report that gives it or may give it, where nothing is known of that
/// and the anchor was corrected after it was recorded. Unknown is never "the same".
pub fn unknown(submissions: &[Submission], anchors: &[AnchorValue]) -> Vec<Unknown> {
    let mut found = Vec::new();
    for (key, anchor) in ANCHOR_KEYS {
        let newest = submissions
            .iter()
            .filter(|submission| submission.kind != FilingKind::Correction)
            .rfind(|s| s.carried.is_empty() || instant(s, key).is_some());
        let Some(submission) = newest.filter(|submission| submission.carried.is_empty()) else {
            continue;
        };
        let values = || anchors.iter().filter(|value| value.anchor == anchor);
        let at = submission.recorded_at;
        let before = values().rfind(|value| value.recorded_at <= at);
        let latest = values().next_back();
        let (Some(before), Some(latest)) = (before, latest) else {
            continue;
        };
        if before.number != latest.number && before.at.map(minute) != latest.at.map(minute) {
            found.push(Unknown {
                submission: submission.id,
                stage: submission.stage,
                reference: submission.platform_reference.clone(),
                anchor,
                stands_at: latest.at,
            });
        }
    }
    found
}

/// Stages whose recorded instant of submission was corrected, in the order of the stages.
pub fn corrected(submissions: &[Submission]) -> Vec<Corrected> {
    [Stage::EarlyWarning, Stage::Notification, Stage::FinalReport]
        .into_iter()
        .filter_map(|stage| {
            let first = submissions.iter().find(|s| s.covers.contains(&stage))?;
            let now = filed(submissions, stage)?;
            (first.submitted_at != now.submitted_at).then_some(Corrected {
                stage,
                was: first.submitted_at,
                is: now.submitted_at,
            })
        })
        .collect()
}

fn instant(submission: &Submission, key: &str) -> Option<Timestamp> {
    submission.carried.get(key)?.parse().ok()
}

/// The platform takes minutes; seconds make no difference worth an amendment.
fn minute(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}
