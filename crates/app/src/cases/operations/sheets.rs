//! Drafts are saved, and what a person filed on ENISA's platform is recorded with a frozen,
//! hashed snapshot. Nothing here sends anything anywhere.

use super::cases::open_case;
use super::reading::{SheetView, sheet_view};
use super::{clocks, happened, store};
use crate::accounts::{Caller, Permission};
use crate::blobs::{Blobs, Digest};
use crate::cases::rules::{filing, sheet as sheets, stale, wording};
use crate::cases::types::{NewFiling, Submission};
use crate::cases::words::{DeadlineState, FilingKind};
use crate::evidence::{self, NewEvidence};
use crate::ids::{CaseId, SubmissionId};
use crate::notices;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::words::Lang;
use bonafide_law::Language;
use bonafide_law::categories;
use bonafide_law::deadlines::{Kind, Stage, Trigger};
use bonafide_law::form::{Field, FieldKind, Form, Values};
use bonafide_law::member_states::MemberState;
use jiff::{SignedDuration, Timestamp};

/// The longest value a draft keeps; longer than any limit of the form, so that nothing typed is
/// lost before it is shortened.
const VALUE_CHARS_MAX: usize = 20_000;
/// What the snapshot's format is called, so that a reader in ten years knows.
const SNAPSHOT_FORMAT: &str = "bonafide-sheet-snapshot/1";

/// Saves a draft over the revision its editor saw (0: none).
pub fn save_sheet(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    stage: Stage,
    expected: i64,
    values: &Values,
) -> Result<(), Trouble> {
    caller.require(Permission::CasesFile)?;
    let case = open_case(tx, caller, id)?;
    let form = Form::current();
    let mut kept = Values::new();
    for (key, value) in values {
        let Some(field) = form.field(case.kind, key) else {
            continue;
        };
        if value.chars().count() > VALUE_CHARS_MAX {
            let refusal = Refusal::invalid("sheet-value-too-long").with("field", &field.nr);
            return Err(refusal.with("max", VALUE_CHARS_MAX).into());
        }
        kept.insert(key.clone(), sheets::normalise(field, value));
    }
    let org = caller.organisation;
    let draft = store::sheet::Draft {
        stage,
        over: expected,
        form_version: &form.version,
        values: &kept,
    };
    if !store::sheet::save(tx, org, id, &draft, &caller.actor)? {
        return Err(Refusal::conflict("sheet-changed-meanwhile").into());
    }
    let filled = kept.values().filter(|value| !value.is_empty()).count();
    let args = [
        ("stage", stage.as_str().to_owned()),
        ("revision", (expected + 1).to_string()),
        ("filled", filled.to_string()),
    ];
    happened(
        tx,
        org,
        &caller.actor,
        &id.to_string(),
        "sheet-saved",
        &args,
    )
}

/// Two records that say the same within this time are one, sent twice: an update or a correction
/// takes longer to prepare.
const SENT_AGAIN_WITHIN: SignedDuration = SignedDuration::from_secs(120);

/// The bytes that are frozen: everything that was on the sheet, what the two checks missed on
/// it, and what is known of the filing, as JSON with sorted keys.
fn snapshot_of(
    view: &SheetView,
    new: &NewFiling,
    recorded_by: &str,
    recorded_at: Timestamp,
) -> Result<Vec<u8>, Trouble> {
    let form = Form::current();
    let fields: Vec<serde_json::Value> = view
        .entries
        .iter()
        .filter(|entry| !entry.value.is_empty())
        .map(|entry| {
            let mut field = serde_json::json!({
                "key": entry.field.key,
                "label": entry.field.label_en,
                "nr": entry.field.nr,
                "value": entry.value,
            });
            if let Some(shown) = platform_words(entry.field, &entry.value) {
                field["shown"] = shown.into();
            }
            field
        })
        .collect();
    let case = &view.case.case;
    let document = serde_json::json!({
        "aware_at": sheets::rfc3339(view.case.aware_at()),
        "case": case.id.to_string(),
        "coordinator": case.coordinator,
        "fields": fields,
        "form": { "as_of": form.as_of.to_string(), "title": form.title, "version": form.version },
        "form_lacks": view.form_lacks,
        "format": SNAPSHOT_FORMAT,
        "kind": case.kind.as_str(),
        "law_lacks": view.law_lacks,
        "organisation": view.organisation,
        "platform_reference": new.platform_reference.trim(),
        "recorded_at": sheets::rfc3339(recorded_at),
        "recorded_by": recorded_by,
        "sheet_revision": view.revision,
        "stage": view.stage.as_str(),
        "submitted_at": sheets::rfc3339(new.submitted_at),
    });
    let mut bytes = serde_json::to_vec_pretty(&document).map_err(anyhow::Error::from)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Records that a stage was filed: the sheet as it stands now is checked, frozen and kept in the
/// same transaction, behind the lock of the case, so that what is frozen is what stands. It must
/// still be what the person saw (`new.seal`), for that is what they filed. The first record of an
/// incident's notification starts the month of its final report; resubmissions do not move it,
/// corrections of the record do.
pub fn record_filed(
    tx: &mut Tx,
    blobs: &Blobs,
    caller: &Caller,
    id: CaseId,
    new: &NewFiling,
) -> Result<SubmissionId, Trouble> {
    caller.require(Permission::CasesFile)?;
    let case = open_case(tx, caller, id)?;
    let org = caller.organisation;
    let now = tx.now();
    let submissions = store::sheet::submissions(tx, org, id)?;
    if let Some(same) = sent_again(&submissions, caller, new, now) {
        return Ok(same.id);
    }
    let mut wrong = problems(tx, caller, id, new)?;
    // Somebody filed meanwhile: what else is wrong can wait until that was seen.
    wrong.sort_by_key(|refusal| refusal.status != 409);
    if let Some(refusal) = Refusal::together(wrong) {
        return Err(refusal.into());
    }
    let view = sheet_view(tx, caller, id, new.stage)?;
    if view.seal() != new.seal {
        return Err(Refusal::conflict("filed-sheet-changed").into());
    }
    let (digest, bytes) = freeze(tx, blobs, caller, new, &view)?;
    let receipt = match &new.receipt {
        Some(receipt) => Some(evidence::record_evidence(tx, org, &caller.actor, receipt)?),
        None => None,
    };
    let mut covers = vec![new.stage];
    covers.extend(
        new.also_covers
            .iter()
            .copied()
            .filter(|stage| *stage > new.stage),
    );
    covers.dedup();
    let submission = Submission {
        id: tx.new_id(),
        stage: new.stage,
        number: 0,
        kind: new.kind,
        covers,
        platform_reference: new.platform_reference.trim().to_owned(),
        submitted_at: new.submitted_at,
        reason: new.reason.clone(),
        digest: digest.as_str().to_owned(),
        bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        receipt,
        carried: stale::carried(&view.values),
        recorded_by: caller.actor.name().to_owned(),
        recorded_at: now,
    };
    store::sheet::insert_submission(tx, org, id, &submission, &caller.actor)?;
    anchor_notification(tx, caller, &case, &submission)?;
    clocks::rederive(tx, org, id)?;
    // What the record said before, for the journal of a correction.
    let was = clocks::filed_at(&submissions, new.stage);
    tell(tx, caller, &case, &submission, was)?;
    Ok(submission.id)
}

/// Keeps what was on the sheet; the digest and length of the snapshot.
fn freeze(
    tx: &mut Tx,
    blobs: &Blobs,
    caller: &Caller,
    new: &NewFiling,
    view: &SheetView,
) -> Result<(Digest, usize), Trouble> {
    let id = view.case.case.id;
    let bytes = snapshot_of(view, new, caller.actor.name(), tx.now())?;
    // On the disk before the row that points at it; without the row it harms nobody.
    let digest = blobs.put(&bytes)?;
    let snapshot = NewEvidence {
        subject: id.to_string(),
        kind: "sheet-snapshot",
        file_name: format!("{id}-{}.json", new.stage),
        media_type: "application/json".to_owned(),
        digest: digest.clone(),
        bytes: bytes.len(),
    };
    evidence::record_evidence(tx, caller.organisation, &caller.actor, &snapshot)?;
    Ok((digest, bytes.len()))
}

/// The record that the same person made of the same filing a moment ago: the same form sent again.
fn sent_again<'a>(
    submissions: &'a [Submission],
    caller: &Caller,
    new: &NewFiling,
    now: Timestamp,
) -> Option<&'a Submission> {
    let last = submissions.iter().rfind(|s| s.stage == new.stage)?;
    let is_same = last.kind == new.kind
        && last.platform_reference == new.platform_reference.trim()
        && last.reason == new.reason
        && last.receipt.is_some() == new.receipt.is_some()
        && last.recorded_by == caller.actor.name();
    (is_same && now.duration_since(last.recorded_at) <= SENT_AGAIN_WITHIN).then_some(last)
}

/// Everything that is wrong with a record of filing by what stands in the case.
pub fn problems(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    new: &NewFiling,
) -> Result<Vec<Refusal>, Trouble> {
    caller.require(Permission::CasesFile)?;
    let org = caller.organisation;
    store::case::get(tx, org, id)?;
    let submissions = store::sheet::submissions(tx, org, id)?;
    let anchors = store::case::anchors(tx, org, id)?;
    let aware_at = clocks::in_force(&anchors, Trigger::AwareAt).unwrap_or(Timestamp::MIN);
    let before = submissions
        .iter()
        .any(|submission| submission.stage == new.stage);
    let now = tx.now();
    let mut wrong = filing::problems(new, aware_at, before, now);
    let reference = new.platform_reference.trim();
    if let Some(other) = store::sheet::reference_elsewhere(tx, org, reference, id)? {
        let refusal = Refusal::field("platform_reference", "filed-reference-elsewhere");
        wrong.push(refusal.with("case", other));
    }
    Ok(wrong)
}

/// What a person picked from a list, in the platform's words: a code alone says nothing to whoever
/// reads the snapshot in ten years. None for what is typed.
fn platform_words(field: &Field, value: &str) -> Option<String> {
    let each = |words: &dyn Fn(&str) -> String| {
        let words: Vec<String> = value.split(',').map(|code| words(code.trim())).collect();
        Some(words.join(", "))
    };
    match field.kind {
        FieldKind::Choice | FieldKind::Choices | FieldKind::YesNo => each(&|code| {
            let key = format!("sheet-option-{code}");
            if Lang::En.has(&key) {
                Lang::En.t(&key)
            } else {
                code.to_owned()
            }
        }),
        FieldKind::MemberStates => each(&|code| match MemberState::parse(code) {
            Some(state) => state.name(Language::English).to_owned(),
            None => code.to_owned(),
        }),
        FieldKind::Category => {
            categories::by_id(value).map(|entry| entry.title(Language::English).to_owned())
        }
        FieldKind::Text | FieldKind::DateTime => None,
    }
}

/// The month of a severe incident's final report runs from the filing that carried the
/// notification's content.
fn anchor_notification(
    tx: &mut Tx,
    caller: &Caller,
    case: &crate::cases::types::Case,
    submission: &Submission,
) -> Result<(), Trouble> {
    let carries = submission.covers.contains(&Stage::Notification);
    if case.kind != Kind::SevereIncident || !carries {
        return Ok(());
    }
    let org = caller.organisation;
    let anchors = store::case::anchors(tx, org, case.id)?;
    let old = clocks::in_force(&anchors, Trigger::NotificationSubmittedAt);
    let moves = old.is_none() || submission.kind == FilingKind::Correction;
    if !moves || old == Some(submission.submitted_at) {
        return Ok(());
    }
    store::case::insert_anchor(
        tx,
        org,
        case.id,
        Trigger::NotificationSubmittedAt,
        Some(submission.submitted_at),
        submission
            .reason
            .as_deref()
            .unwrap_or(&submission.platform_reference),
        &caller.actor,
    )
}

fn tell(
    tx: &mut Tx,
    caller: &Caller,
    case: &crate::cases::types::Case,
    submission: &Submission,
    was: Option<Timestamp>,
) -> Result<(), Trouble> {
    let org = caller.organisation;
    let subject = case.id.to_string();
    let args = [
        ("stage", submission.stage.as_str().to_owned()),
        ("kind", submission.kind.as_str().to_owned()),
        ("reference", submission.platform_reference.clone()),
        ("at", wording::utc(submission.submitted_at)),
        ("was", was.map_or_else(|| "-".to_owned(), wording::utc)),
        ("reason", submission.reason.clone().unwrap_or_default()),
        ("digest", submission.digest.clone()),
    ];
    happened(tx, org, &caller.actor, &subject, "report-recorded", &args)?;
    let now = tx.now();
    let overdue = store::deadline::deadlines(tx, org, case.id)?
        .iter()
        .any(|deadline| {
            deadline.state == DeadlineState::Running
                && deadline.due_at.is_some_and(|due| due <= now)
        });
    if !overdue {
        notices::acknowledge(tx, org, &subject, &caller.actor)?;
    }
    Ok(())
}

/// The sheet of a stage as it would be frozen now.
pub fn sheet_to_freeze(
    tx: &mut Tx,
    caller: &Caller,
    id: CaseId,
    stage: Stage,
) -> Result<SheetView, Trouble> {
    caller.require(Permission::CasesFile)?;
    sheet_view(tx, caller, id, stage)
}
