//! The machine twins: JSON of cases and watch items, a calendar of deadlines, plain text of what
//! was frozen.

use super::wording::word;
use crate::cases::rules::sheet::rfc3339;
use crate::cases::types::{Affected, CaseView, Deadline, Decision, Incident, WatchItem, WatchView};
use crate::cases::words::DeadlineState;
use crate::web::Visit;
use jiff::Timestamp;
use serde_json::{Value, json};

fn at(instant: Option<Timestamp>) -> Option<String> {
    instant.map(rfc3339)
}

/// A case with everything its page shows.
pub fn case_json(view: &CaseView) -> Value {
    let case = &view.case;
    json!({
        "id": case.id.to_string(),
        "kind": case.kind.as_str(),
        "title": case.title,
        "vulnerability": case.vulnerability,
        "state": case.state.as_str(),
        "first_signal_at": rfc3339(view.first_signal_at),
        "assessment_started_at": rfc3339(view.decision.assessment_started_at),
        "aware_at": rfc3339(view.aware_at()),
        "opened_at": rfc3339(case.opened_at),
        "closed_at": at(case.closed_at),
        "close_reason": case.close_reason,
        "coordinator": case.coordinator,
        "zone": case.zone,
        "zone_assumed": case.zone_assumed,
        "member_states": view.member_states(),
        "watch_item": case.watch_item.to_string(),
        "decision": decision_json(&view.decision),
        "deadlines": view.deadlines.iter().map(deadline_json).collect::<Vec<_>>(),
        "superseded_deadlines": view.superseded.iter().map(deadline_json).collect::<Vec<_>>(),
        "anchors": view.anchors.iter().map(|value| json!({
            "anchor": value.anchor.as_str(),
            "at": at(value.at),
            "reason": value.reason,
            "recorded_by": value.recorded_by,
            "recorded_at": rfc3339(value.recorded_at),
        })).collect::<Vec<_>>(),
        "releases": view.affected.iter().map(affected_json).collect::<Vec<_>>(),
        "releases_not_in_case": view.missing.iter().map(affected_json).collect::<Vec<_>>(),
        "submissions": view.submissions.iter().map(|s| json!({
            "id": s.id.to_string(),
            "stage": s.stage.as_str(),
            "kind": s.kind.as_str(),
            "covers": s.covers.iter().map(|stage| stage.as_str()).collect::<Vec<_>>(),
            "platform_reference": s.platform_reference,
            "submitted_at": rfc3339(s.submitted_at),
            "recorded_by": s.recorded_by,
            "recorded_at": rfc3339(s.recorded_at),
            "digest": s.digest,
        })).collect::<Vec<_>>(),
    })
}

fn deadline_json(deadline: &Deadline) -> Value {
    json!({
        "stage": deadline.stage.as_str(),
        "state": deadline.state.as_str(),
        "generation": deadline.generation,
        "trigger": deadline.trigger.as_str(),
        "anchor_at": at(deadline.anchor_at),
        "due_at": at(deadline.due_at),
        "legal_latest_at": at(deadline.legal_latest_at),
        "literal_due_at": at(deadline.literal_due_at),
        "met_at": at(deadline.met_at),
        "citation": deadline.citation,
        "certainty": deadline.certainty.as_str(),
        "legal_latest_certainty": deadline.legal_latest_certainty.as_str(),
        "notes": deadline.notes,
        "zone": deadline.zone,
    })
}

fn decision_json(decision: &Decision) -> Value {
    json!({
        "id": decision.id.to_string(),
        "outcome": decision.outcome.as_str(),
        "contained": decision.contained.as_str(),
        "contained_because": decision.contained_text,
        "reachable": decision.reachable.as_str(),
        "reachable_because": decision.reachable_text,
        "exploited": decision.exploited.as_str(),
        "exploited_because": decision.exploited_text,
        "incident": decision.incident.as_ref().map(incident_json),
        "evidence": decision.evidence.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "aware_at": at(decision.aware_at),
        "watch_until": at(decision.watch_until),
        "because": decision.because.map(|because| because.as_str()),
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "decided_at": rfc3339(decision.decided_at),
    })
}

fn incident_json(incident: &Incident) -> Value {
    json!({
        "what_happened": incident.what_happened,
        "occurred_at": at(incident.occurred_at),
        "severity_test": incident.test.map(|test| test.as_str()),
        "impact": incident.impact,
        "suspected": incident.suspected.as_str(),
        "suspected_because": incident.suspected_text,
        "evidence": incident.evidence,
    })
}

fn affected_json(affected: &Affected) -> Value {
    json!({
        "release": affected.release.to_string(),
        "product": affected.product_name,
        "version": affected.version,
        "market": affected.market,
        "components": affected.components,
        "status": affected.status,
        "gone": affected.gone,
    })
}

/// A watch item in a list.
pub fn item_json(item: &WatchItem) -> Value {
    json!({
        "id": item.id.to_string(),
        "kind": item.kind.as_str(),
        "title": item.title,
        "vulnerability": item.vulnerability,
        "state": item.state.as_str(),
        "generation": item.generation,
        "first_signal_at": rfc3339(item.first_signal_at),
        "assessment_started_at": at(item.assessment_started_at),
        "watch_until": at(item.watch_until),
        "outcome": item.outcome.map(|outcome| outcome.as_str()),
        "case": item.case.map(|case| case.to_string()),
    })
}

/// A watch item with everything its page shows.
pub fn watch_item_json(view: &WatchView) -> Value {
    let mut value = item_json(&view.item);
    value["member_states"] = json!(view.member_states);
    value["releases"] = view.affected.iter().map(affected_json).collect();
    value["decisions"] = view.decisions.iter().map(decision_json).collect();
    value["signals"] = view
        .signals
        .iter()
        .map(|signal| {
            json!({
                "id": signal.id.to_string(),
                "source": signal.source,
                "title": signal.title,
                "in_our_product": signal.in_our_product.as_str(),
                "said_on": signal.said_on,
                "received_at": rfc3339(signal.received_at),
            })
        })
        .collect();
    value
}

/// The deadlines of a case as a calendar (RFC 5545). Calendars refresh late: it is for planning,
/// never the alarm.
pub fn calendar(page: &Visit, view: &CaseView, base_url: &str) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Bonafide//Article 14//EN".to_owned(),
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H".to_owned(),
        "X-PUBLISHED-TTL:PT1H".to_owned(),
    ];
    let stamp = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    for deadline in &view.deadlines {
        let (Some(due_at), true) = (
            deadline.due_at,
            matches!(deadline.state, DeadlineState::Running | DeadlineState::Met),
        ) else {
            continue;
        };
        let stage = word(page, "case-stage", deadline.stage.as_str());
        let summary = format!("{stage}: {} ({})", view.case.title, deadline.citation);
        let status = if deadline.met_at.is_some() {
            "CONFIRMED"
        } else {
            "TENTATIVE"
        };
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}-{}@bonafide", view.case.id, deadline.stage),
            format!("SEQUENCE:{}", deadline.generation),
            format!("DTSTAMP:{}", stamp(page.now)),
            format!("DTSTART:{}", stamp(due_at)),
            format!("SUMMARY:{}", escape(&summary)),
            format!("URL:{base_url}/cases/{}", view.case.id),
            format!("STATUS:{status}"),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| fold(line)).collect()
}

/// RFC 5545 §3.3.11.
fn escape(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '\r')
        .fold(String::new(), |mut out, c| {
            match c {
                '\n' => out.push_str("\\n"),
                '\\' | ';' | ',' => out.extend(['\\', c]),
                c => out.push(c),
            }
            out
        })
}

/// Lines of at most 75 octets, never inside a character (RFC 5545 §3.1).
fn fold(line: &str) -> String {
    const OCTETS_MAX: usize = 74;
    let mut out = String::new();
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > OCTETS_MAX {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

/// What was frozen as plain text, field by field.
pub fn snapshot_text(document: &Value, digest: &str) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut out = String::new();
    for name in [
        "organisation",
        "case",
        "kind",
        "stage",
        "aware_at",
        "platform_reference",
        "submitted_at",
        "recorded_by",
        "recorded_at",
    ] {
        out.push_str(&format!("{name}: {}\n", text(&document[name])));
    }
    out.push_str(&format!("form: {}\n", text(&document["form"]["version"])));
    out.push_str(&format!("digest of the JSON: {digest}\n"));
    for field in document["fields"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
    {
        let (nr, label) = (text(&field["nr"]), text(&field["label"]));
        let value = text(&field["value"]);
        let shown = field["shown"].as_str();
        let value = shown.map_or_else(|| value.clone(), |shown| format!("{shown} ({value})"));
        out.push_str(&format!("\n[{nr}] {label}\n{value}\n"));
    }
    out
}
