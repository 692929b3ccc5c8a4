//! Standard Webhooks 1.0 (standardwebhooks.com): headers, signature and body of a webhook.
//!
//! The body is thin on purpose: what is known of an unfixed vulnerability does not leave by a
//! webhook. It says that there is something, and where to read it after signing in.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde_json::json;
use sha2::Sha256;

/// What a body says.
pub struct Facts<'a> {
    pub kind: &'a str,
    pub raised_at: Timestamp,
    pub organisation: String,
    pub notice: String,
    pub subject: &'a str,
    pub url: String,
    pub step: i64,
    pub exercise: bool,
}

/// The secret as receivers' libraries take it.
pub fn secret_text(secret: &[u8]) -> String {
    format!("whsec_{}", BASE64_STANDARD.encode(secret))
}

/// `watch-item-opened` → `watch_item.opened`: the last word is what happened, the words before
/// it are the noun. Types are full-stop delimited words of `[a-zA-Z0-9_]`.
pub fn event_type(kind: &str) -> String {
    match kind.rsplit_once('-') {
        Some((noun, happened)) => format!("{}.{happened}", noun.replace('-', "_")),
        None => kind.to_owned(),
    }
}

/// The body, the same bytes at every attempt.
pub fn body(facts: &Facts) -> String {
    json!({
        "type": event_type(facts.kind),
        "timestamp": facts.raised_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "data": {
            "organisation": facts.organisation,
            "notice": facts.notice,
            "subject": facts.subject,
            "url": facts.url,
            "step": facts.step,
            "exercise": facts.exercise,
        },
    })
    .to_string()
}

/// The three headers for one attempt at `at`: the id stays the same over all attempts.
pub fn headers(secret: &[u8], id: &str, at: Timestamp, body: &str) -> [(&'static str, String); 3] {
    let seconds = at.as_second().to_string();
    [
        (
            "webhook-signature",
            format!("v1,{}", signature(secret, id, &seconds, body)),
        ),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds),
    ]
}

fn signature(secret: &[u8], id: &str, seconds: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    for part in [id, ".", seconds, ".", body] {
        mac.update(part.as_bytes());
    }
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}
