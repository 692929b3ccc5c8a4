//! A notice in the words of one reader: first line the fact, then the one link, then why it
//! came to this person.

use super::rules;
use super::store::{NoticeRow, Parcel};
use crate::mail::Mail;
use crate::web::words::Lang;

/// What stands for an argument that whoever raised the notice did not give.
const MISSING: &str = "–";

/// The mail of a delivery. Its link begins with the configured base URL and nothing else.
pub fn mail(parcel: &Parcel, base_url: &str) -> Mail {
    let (lang, notice) = (parcel.lang, &parcel.notice);
    let subject = sentence(lang, notice, "subject");
    let mut paragraphs = vec![
        sentence(lang, notice, "text"),
        format!("{base_url}{}", notice.path),
        why(parcel),
    ];
    let subject = if notice.exercise {
        paragraphs.push(lang.t("notice-exercise-line"));
        format!("{} {subject}", lang.t("notice-exercise-mark"))
    } else {
        subject
    };
    Mail {
        to: parcel.address.clone(),
        subject,
        text: format!("{}\n", paragraphs.join("\n\n")),
        message_id: parcel.id.to_string(),
    }
}

/// `notice-<kind>-<part>` with the notice's arguments; a plain sentence for an unknown kind, so
/// that nobody goes untold because of a word.
pub fn sentence(lang: Lang, notice: &NoticeRow, part: &str) -> String {
    let key = format!("notice-{}-{part}", notice.kind);
    let known = rules::KINDS.iter().find(|(kind, _)| *kind == notice.kind);
    let Some((_, names)) = known.filter(|_| lang.has(&key)) else {
        return lang.t1(&format!("notice-unknown-{part}"), "kind", &notice.kind);
    };
    let args: Vec<(&str, String)> = names
        .iter()
        .map(|name| {
            let given = notice
                .args
                .iter()
                .find(|(key, value)| key == name && !value.trim().is_empty());
            let value = given.map_or(MISSING.to_owned(), |(_, value)| worded(lang, name, value));
            (*name, value)
        })
        .collect();
    lang.ta(&key, &args)
}

fn worded(lang: Lang, name: &str, value: &str) -> String {
    if matches!(name, "left" | "late") {
        return match value.parse::<i64>() {
            Ok(seconds) => lang.duration(seconds.abs()),
            Err(_) => value.to_owned(),
        };
    }
    if name == "stage" {
        let key = format!("notice-stage-{value}");
        return if lang.has(&key) {
            lang.t(&key)
        } else {
            value.to_owned()
        };
    }
    match value.parse::<jiff::Timestamp>() {
        Ok(at) => lang.instant_utc(at),
        Err(_) => value.to_owned(),
    }
}

fn why(parcel: &Parcel) -> String {
    let lang = parcel.lang;
    if parcel.notice.kind == rules::TEST {
        return lang.t1("notice-why-test", "organisation", &parcel.organisation_name);
    }
    let role = format!("role-{}", parcel.role);
    let mut args = vec![
        (
            "role",
            if lang.has(&role) {
                lang.t(&role)
            } else {
                parcel.role.clone()
            },
        ),
        ("organisation", parcel.organisation_name.clone()),
    ];
    if parcel.step == 0 {
        return lang.ta("notice-why-first", &args);
    }
    let waited = parcel.created_at.duration_since(parcel.notice.raised_at);
    args.push(("waited", lang.duration(waited.as_secs())));
    lang.ta("notice-why-up", &args)
}
