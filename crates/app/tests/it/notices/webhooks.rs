//! Webhooks as Standard Webhooks 1.0 says, to receivers that fail in every way.

use super::{House, opened};
use crate::kit::{Receiver, Seen, on_each_database};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bonafide::accounts::Role;
use bonafide::notices::{ChannelState, Notice, list_channels, webhook};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::SignedDuration;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

/// A receiver whose next status the test holds in its hand.
fn answering(
    status: &Arc<AtomicU16>,
) -> impl Fn(&Seen) -> Response + Clone + Send + Sync + 'static {
    let status = status.clone();
    move |_: &Seen| {
        let status = StatusCode::from_u16(status.load(Ordering::Relaxed)).unwrap();
        match status.as_u16() {
            302 => (status, [("location", "/elsewhere")]).into_response(),
            429 => (status, [("retry-after", "600")]).into_response(),
            _ => (status, "what the receiver says").into_response(),
        }
    }
}

fn receiver(house: &House, status: &Arc<AtomicU16>) -> Receiver {
    house.runtime.block_on(House::receiver(answering(status)))
}

/// Checks a signature as a receiver would, with nothing of ours but the secret's text.
#[track_caller]
fn is_signed(seen: &Seen, secret: &str) {
    let key = BASE64_STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap())
        .unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    let signed = format!(
        "{}.{}.{}",
        seen.header("webhook-id"),
        seen.header("webhook-timestamp"),
        std::str::from_utf8(&seen.body).unwrap()
    );
    mac.update(signed.as_bytes());
    let expected = format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()));
    assert_eq!(seen.header("webhook-signature"), expected);
}

#[test]
fn the_signature_is_the_one_of_the_standards_own_example() {
    let secret = BASE64_STANDARD
        .decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        .unwrap();
    let at = jiff::Timestamp::from_second(1_614_265_330).unwrap();
    let headers = webhook::headers(
        &secret,
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        at,
        "{\"test\": 2432232314}",
    );
    assert_eq!(
        headers
            .iter()
            .find(|(name, _)| *name == "webhook-signature")
            .unwrap()
            .1,
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    );
    assert_eq!(
        webhook::secret_text(&secret),
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    );
}

#[test]
fn types_are_words_with_full_stops() {
    for (kind, expected) in [
        ("watch-item-opened", "watch_item.opened"),
        ("case-opened", "case.opened"),
        ("deadline-approaching", "deadline.approaching"),
        ("notice-test", "notice.test"),
    ] {
        assert_eq!(webhook::event_type(kind), expected);
    }
}

#[test]
fn a_channel_is_told_with_a_thin_signed_body() {
    on_each_database(|db| {
        let house = House::on(db);
        let receiver = receiver(&house, &Arc::new(AtomicU16::new(200)));
        let made = house.webhook(&receiver.url("/hook?key=1"));
        house.raise(&opened());
        house.turn();
        let seen = receiver.seen();
        assert_eq!(seen.len(), 1);
        is_signed(&seen[0], &made.secret);
        assert_eq!(seen[0].path, "/hook?key=1");
        assert_eq!(seen[0].header("content-type"), "application/json");
        let now = house.app.clock.now().as_second().to_string();
        assert_eq!(seen[0].header("webhook-timestamp"), now);
        assert_eq!(seen[0].header("webhook-id"), house.log()[0].id.to_string());
        let body: serde_json::Value = serde_json::from_slice(&seen[0].body).unwrap();
        assert_eq!(body["type"], "watch_item.opened");
        assert_eq!(body["timestamp"], "2026-11-23T09:00:00Z");
        assert_eq!(body["data"]["subject"], "watch_1");
        assert_eq!(body["data"]["url"], "https://bonafide.test/watch/watch_1");
        assert_eq!(body["data"]["exercise"], false);
        let text = body.to_string();
        assert!(
            !text.contains("CVE-2026-90001") && !text.contains("Gateway"),
            "{text}"
        );
        assert_eq!(
            house.log()[0].answer.as_deref(),
            Some("200 what the receiver says")
        );
    });
}

#[test]
fn while_nobody_acknowledges_a_failing_receiver_is_tried_every_minute_without_end() {
    on_each_database(|db| {
        let house = House::on(db);
        let status = Arc::new(AtomicU16::new(500));
        let receiver = receiver(&house, &status);
        let made = house.webhook(&receiver.url("/"));
        house.raise(&opened());
        house.turn();
        for minute in 0..20 {
            let before = receiver.seen().len();
            house.after(1);
            assert_eq!(receiver.seen().len(), before + 1, "minute {minute}");
        }
        assert_eq!(house.log()[0].state, "queued");
        assert!(house.log()[0].attempts > bonafide::jobs::ATTEMPTS_MAX);
        status.store(204, Ordering::Relaxed);
        house.after(1);
        let seen = receiver.seen();
        assert!(
            seen.iter()
                .all(|s| s.header("webhook-id") == seen[0].header("webhook-id"))
        );
        assert!(seen.iter().all(|s| s.body == seen[0].body));
        for attempt in &seen {
            is_signed(attempt, &made.secret);
        }
        assert_eq!(house.log()[0].state, "sent");
        let sent = seen.len();
        house.after(1);
        assert_eq!(receiver.seen().len(), sent, "what is sent stays sent");
    });
}

#[test]
fn what_is_acknowledged_is_not_sent_any_more() {
    on_each_database(|db| {
        let house = House::on(db);
        let receiver = receiver(&house, &Arc::new(AtomicU16::new(500)));
        house.webhook(&receiver.url("/"));
        house.raise(&opened());
        house.turn();
        house.acknowledge("watch_1");
        house.after(60);
        assert_eq!(receiver.seen().len(), 1);
        assert_eq!(house.log()[0].state, "acknowledged");
    });
}

#[test]
fn what_does_not_wait_for_a_person_is_given_up_after_days() {
    on_each_database(|db| {
        let house = House::on(db);
        let receiver = receiver(&house, &Arc::new(AtomicU16::new(500)));
        house.webhook(&receiver.url("/"));
        house.raise(&Notice {
            escalates: false,
            ..opened()
        });
        house.turn();
        for _ in 0..200 {
            house.after(60);
        }
        assert_eq!(receiver.seen().len(), 10);
        assert_eq!(house.log()[0].state, "failed");
    });
}

#[test]
fn a_receiver_that_asks_for_time_gets_it() {
    on_each_database(|db| {
        let house = House::on(db);
        let receiver = receiver(&house, &Arc::new(AtomicU16::new(429)));
        house.webhook(&receiver.url("/"));
        house.raise(&opened());
        house.turn();
        house.after(9);
        assert_eq!(receiver.seen().len(), 1);
        house.after(1);
        assert_eq!(receiver.seen().len(), 2);
    });
}

#[test]
fn a_redirect_is_a_failure_and_is_not_followed() {
    on_each_database(|db| {
        let house = House::on(db);
        let receiver = receiver(&house, &Arc::new(AtomicU16::new(302)));
        house.webhook(&receiver.url("/"));
        house.raise(&opened());
        house.turn();
        assert_eq!(receiver.seen().len(), 1);
        assert_eq!(house.log()[0].state, "queued");
        assert_eq!(house.log()[0].answer.as_deref(), Some("302"));
    });
}

#[test]
fn a_receiver_that_is_gone_is_switched_off_and_people_hear_of_it() {
    on_each_database(|db| {
        let house = House::on(db);
        house.person(Role::Psirt);
        let receiver = receiver(&house, &Arc::new(AtomicU16::new(410)));
        house.webhook(&receiver.url("/"));
        house.raise(&opened());
        house.turn();
        let subjects: Vec<String> = house.taken().into_iter().map(|mail| mail.subject).collect();
        assert!(
            subjects.contains(&"The channel Chat was switched off".to_owned()),
            "{subjects:?}"
        );
        let channels = house.write(|tx| list_channels(tx, house.caller.organisation));
        assert_eq!(channels[0].state, ChannelState::Gone);
        house.after(24 * 60);
        assert_eq!(receiver.seen().len(), 1);
    });
}

#[test]
fn a_receiver_that_may_not_be_reached_holds_nobody_up_and_is_tried_again() {
    on_each_database(|db| {
        let house = House::on(db);
        house.person(Role::Psirt);
        // A private address that is not allowed: refused, not sent, and tried again in case the
        // operator allows it.
        house.webhook("https://127.0.0.2/");
        house.raise(&opened());
        house.turn();
        assert_eq!(house.told().len(), 1);
        let log = house.log();
        let channel = log.iter().find(|delivery| delivery.to_channel).unwrap();
        assert_eq!(channel.state, "queued");
        assert!(
            channel
                .answer
                .as_ref()
                .unwrap()
                .contains("may not be reached")
        );
        house.app.clock.advance(SignedDuration::from_mins(1));
        house.turn();
        assert!(house.log().iter().any(|delivery| delivery.attempts == 2));
    });
}
