//! `/settings/notices`: who is told when, the channels, tests, and the delivery log.

use super::Unreached;
use super::channels::{self, Channel, ChannelState, MadeChannel, SETTINGS_PATH};
use super::log::{self, DeliveryPage};
use super::rules::{Ladder, RUNGS_MAX, Rung};
use super::store::Delivery;
use super::words;
use crate::accounts::{Caller, Permission, Role};
use crate::ids::{ChannelId, DeliveryId};
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use crate::web::answer::html_status;
use crate::web::forms::Fields;
use crate::web::route::{get, id, post};
use crate::web::{Access, Answer, App, Route, Visit, html, see_other};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use serde::Deserialize;

const LOG_PATH: &str = "/settings/notices/deliveries";
const NAME_CHARS_MAX: usize = 80;
const URL_CHARS_MAX: usize = 2_000;

pub fn routes() -> Vec<Route> {
    let manage = Access::Can(Permission::NoticesManage);
    vec![
        get(SETTINGS_PATH, manage, get_settings),
        post("/settings/notices/ladder", manage, post_ladder),
        post("/settings/notices/channels", manage, post_channel),
        post(
            "/settings/notices/channels/{id}/test",
            manage,
            post_channel_test,
        ),
        post(
            "/settings/notices/channels/{id}/state",
            manage,
            post_channel_state,
        ),
        post(
            "/settings/notices/channels/{id}/remove",
            manage,
            post_channel_remove,
        ),
        post("/settings/notices/test-mail", manage, post_test_mail),
        get(LOG_PATH, manage, get_deliveries),
        post(
            "/settings/notices/deliveries/{id}/replay",
            manage,
            post_replay,
        ),
    ]
}

#[derive(Template)]
#[template(path = "notices/settings.html")]
struct SettingsPage {
    page: Visit,
    rungs: Vec<RungForm>,
    repeat_minutes: String,
    ladder_error: Option<String>,
    channels: Vec<Channel>,
    channel_name: String,
    channel_url: String,
    channel_error: Option<(&'static str, String)>,
    /// Where mails go: `smtp`, `directory`, `captured`.
    mail_way: &'static str,
    /// Roles that stand on a rung although nobody has them.
    nobody: Vec<&'static str>,
    /// What nobody could be told of.
    unreached: Option<Unreached>,
}

/// A rung as the form shows it.
struct RungForm {
    index: usize,
    minutes: String,
    roles: Vec<(&'static str, bool)>,
    channels: bool,
}

#[derive(Template)]
#[template(path = "notices/made.html")]
struct MadePage {
    page: Visit,
    made: MadeChannel,
}

impl DeliveriesPage {
    /// What a delivery says, in the reader's words.
    fn what(&self, delivery: &Delivery) -> String {
        words::sentence(self.page.lang, &delivery.notice, "subject")
    }
}

#[derive(Template)]
#[template(path = "notices/deliveries.html")]
struct DeliveriesPage {
    page: Visit,
    log: DeliveryPage,
    unreached: Option<Unreached>,
    first: usize,
    last: usize,
    newer: Option<usize>,
    older: Option<usize>,
}

async fn get_settings(State(app): State<App>, caller: Caller, page: Visit) -> Answer {
    html(&settings(&app, caller, page).await?)
}

async fn settings(app: &App, caller: Caller, page: Visit) -> Result<SettingsPage, Trouble> {
    let load = move |tx: &mut Tx| -> Result<_, Trouble> {
        let ladder = super::get_ladder(tx, caller.organisation)?;
        let channels = channels::list_channels(tx, caller.organisation)?;
        let members = crate::accounts::list_members(tx, caller.organisation)?;
        let unreached = super::unreached(tx, caller.organisation)?;
        Ok((ladder, channels, members, unreached))
    };
    let (ladder, channels, members, unreached) = app.db.read(load).await?;
    let nobody = Role::ALL
        .into_iter()
        .filter(|role| {
            ladder
                .rungs
                .iter()
                .any(|r| r.roles.iter().any(|name| name == role.name()))
        })
        .filter(|role| !members.iter().any(|member| member.role == *role))
        .map(Role::name)
        .collect();
    Ok(SettingsPage {
        rungs: rung_forms(&ladder.rungs),
        repeat_minutes: ladder.repeat_minutes.to_string(),
        ladder_error: None,
        channels,
        channel_name: String::new(),
        channel_url: String::new(),
        channel_error: None,
        mail_way: app.mailer.way(),
        nobody,
        unreached,
        page,
    })
}

/// The rungs there are, and one empty row to add another.
fn rung_forms(rungs: &[Rung]) -> Vec<RungForm> {
    (0..(rungs.len() + 1).min(RUNGS_MAX))
        .map(|index| {
            let rung = rungs.get(index);
            let has = |role: Role| rung.is_some_and(|r| r.roles.iter().any(|n| n == role.name()));
            RungForm {
                index,
                minutes: rung.map_or(String::new(), |r| r.after_minutes.to_string()),
                roles: Role::ALL.map(|role| (role.name(), has(role))).to_vec(),
                channels: rung.is_some_and(|r| r.channels),
            }
        })
        .collect()
}

/// The rows of the form that say anything, as they were typed.
fn typed_rungs(fields: &Fields) -> Vec<RungForm> {
    (0..RUNGS_MAX)
        .map(|index| {
            let ticked = fields.all(&format!("roles-{index}"));
            RungForm {
                index,
                minutes: match index {
                    0 => "0".into(),
                    _ => fields.get(&format!("minutes-{index}")).to_owned(),
                },
                roles: Role::ALL
                    .map(|role| (role.name(), ticked.contains(&role.name())))
                    .to_vec(),
                channels: fields.is_ticked(&format!("channels-{index}")),
            }
        })
        .filter(|row| {
            let says = !row.minutes.is_empty() || row.channels;
            row.index == 0 || says || row.roles.iter().any(|(_, ticked)| *ticked)
        })
        .collect()
}

fn ladder_of(typed: &[RungForm], fields: &Fields) -> Result<Ladder, Trouble> {
    let minutes = |text: &str| -> Result<u32, Refusal> {
        text.parse()
            .map_err(|_| Refusal::field("ladder", "ladder-minutes"))
    };
    let rung = |row: &RungForm| -> Result<Rung, Refusal> {
        let roles = row.roles.iter().filter(|(_, ticked)| *ticked);
        Ok(Rung {
            after_minutes: minutes(&row.minutes)?,
            roles: roles.map(|(name, _)| (*name).to_owned()).collect(),
            channels: row.channels,
        })
    };
    Ok(Ladder {
        rungs: typed.iter().map(rung).collect::<Result<_, _>>()?,
        repeat_minutes: minutes(fields.opt("repeat_minutes").unwrap_or("0"))?,
    })
}

async fn post_ladder(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    let typed = typed_rungs(&fields);
    let who = caller.clone();
    let saved = match ladder_of(&typed, &fields) {
        Ok(ladder) => {
            app.db
                .write(move |tx| super::set_ladder(tx, &who, &ladder))
                .await
        }
        Err(trouble) => Err(trouble),
    };
    match saved {
        Ok(()) => done(SETTINGS_PATH, "flash-ladder-saved"),
        Err(Trouble::Refusal(refusal)) if refusal.field.is_some() => {
            let mut shown = settings(&app, caller, page).await?;
            shown.ladder_error = Some(shown.page.lang.refusal(&refusal));
            shown.rungs = typed;
            shown.repeat_minutes = fields.get("repeat_minutes").to_owned();
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(trouble) => Err(trouble),
    }
}

async fn post_channel(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    fields: Fields,
) -> Answer {
    match make_channel(&app, &caller, &fields).await {
        // Shown and not redirected to: the secret is seen this once and stands in no address.
        Ok(made) => html(&MadePage { page, made }),
        Err(Trouble::Refusal(refusal)) => {
            let mut shown = settings(&app, caller, page).await?;
            let field = refusal.field.unwrap_or("url");
            shown.channel_error = Some((field, shown.page.lang.refusal(&refusal)));
            shown.channel_name = fields.get("name").to_owned();
            shown.channel_url = fields.get("url").to_owned();
            html_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(trouble) => Err(trouble),
    }
}

async fn make_channel(app: &App, caller: &Caller, fields: &Fields) -> Result<MadeChannel, Trouble> {
    use crate::feeds::EgressError;
    let name = fields.required("name", NAME_CHARS_MAX)?;
    let url = fields.required("url", URL_CHARS_MAX)?;
    // Said at once where it can be; a name server that is down must not stand in the way.
    if let Err(EgressError::Refused { host, .. }) = app.egress.check(&url).await {
        return Err(Refusal::field("url", "webhook-refused")
            .with("host", host)
            .into());
    }
    let caller = caller.clone();
    app.db
        .write(move |tx| channels::create_webhook(tx, &caller, &name, &url))
        .await
}

async fn post_channel_test(
    State(app): State<App>,
    caller: Caller,
    Path(channel): Path<String>,
) -> Answer {
    let channel = id::<ChannelId>(&channel)?;
    app.db
        .write(move |tx| log::send_test_to_channel(tx, &caller, channel))
        .await?;
    app.wake.up();
    done(LOG_PATH, "flash-notice-on-its-way")
}

async fn post_channel_state(
    State(app): State<App>,
    caller: Caller,
    Path(channel): Path<String>,
    fields: Fields,
) -> Answer {
    let channel = id::<ChannelId>(&channel)?;
    let state = match fields.get("state") {
        "active" => ChannelState::Active,
        "switched-off" => ChannelState::SwitchedOff,
        _ => return Err(Refusal::field("state", "channel-state").into()),
    };
    app.db
        .write(move |tx| channels::set_channel_state(tx, &caller, channel, state))
        .await?;
    done(SETTINGS_PATH, "flash-channel-changed")
}

async fn post_channel_remove(
    State(app): State<App>,
    caller: Caller,
    Path(channel): Path<String>,
) -> Answer {
    let channel = id::<ChannelId>(&channel)?;
    app.db
        .write(move |tx| channels::remove_channel(tx, &caller, channel))
        .await?;
    done(SETTINGS_PATH, "flash-channel-removed")
}

async fn post_test_mail(State(app): State<App>, caller: Caller) -> Answer {
    app.db
        .write(move |tx| log::send_test_mail(tx, &caller))
        .await?;
    app.wake.up();
    done(LOG_PATH, "flash-notice-on-its-way")
}

/// After an action: go and look, where a line says what was done.
fn done(path: &str, flash: &'static str) -> Answer {
    let mut answer = see_other(path)?;
    let cookie = format!("flash={flash}; Path=/; Max-Age=5; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(answer)
}

#[derive(Deserialize)]
struct Asked {
    page: Option<usize>,
}

async fn get_deliveries(
    State(app): State<App>,
    caller: Caller,
    page: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let number = asked.page.unwrap_or(1);
    let load = move |tx: &mut Tx| -> Result<_, Trouble> {
        let unreached = super::unreached(tx, caller.organisation)?;
        Ok((log::list_deliveries(tx, &caller, number)?, unreached))
    };
    let (log, unreached) = app.db.read(load).await?;
    let before = (log.number - 1).saturating_mul(log::PAGE_ROWS);
    let last = before.saturating_add(log.deliveries.len());
    let more = i64::try_from(last).is_ok_and(|last| last < log.total);
    html(&DeliveriesPage {
        unreached,
        first: last.min(before.saturating_add(1)),
        last,
        newer: (log.number > 1).then(|| log.number - 1),
        older: (more && !log.deliveries.is_empty()).then(|| log.number + 1),
        log,
        page,
    })
}

async fn post_replay(
    State(app): State<App>,
    caller: Caller,
    Path(delivery): Path<String>,
) -> Answer {
    let delivery = id::<DeliveryId>(&delivery)?;
    app.db
        .write(move |tx| log::replay(tx, &caller, delivery))
        .await?;
    app.wake.up();
    done(LOG_PATH, "flash-notice-on-its-way")
}
