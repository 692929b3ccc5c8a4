//! The company's last two months, played through the operations a person would use.

mod matters;

use super::company;
use super::files::{EXPLOITED, File, OSV, SBOMS};
use crate::accounts::{self, Caller, PasswordHash, Role};
use crate::ids::OrganisationId;
use crate::intake::{self, Destination, Upload};
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::App;
use crate::{advisories, clock, findings, jobs, products, sboms, worker};
use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use std::path::Path;

pub use super::company::EMAIL;

/// Which SBOM belongs to which release.
const SHIPPED: [(&str, &str, &str); 8] = [
    ("Gateway G4", "4.1.0", "sboms/gateway-4.1.0.cdx.json"),
    ("Gateway G4", "4.2.0", "sboms/gateway-4.2.0.cdx.json"),
    ("Gateway G4", "4.2.1", "sboms/gateway-4.2.1.cdx.json"),
    ("Sensor Hub", "2.0.0", "sboms/sensor-hub-2.0.0.spdx.json"),
    ("Sensor Hub", "2.1.0", "sboms/sensor-hub-2.1.0.spdx.json"),
    ("Field App", "7.3.0", "sboms/field-app-7.3.0.cdx.json"),
    ("Field App", "7.4.0", "sboms/field-app-7.4.0.cdx.json"),
    (
        "Cloud Connector",
        "1.9.0",
        "sboms/cloud-connector-1.9.0.cdx.json",
    ),
];

/// More happenings than two months can hold.
const TURNS_MAX: u32 = 5_000;

/// One who plays: the app with a held clock, and when "now" will be.
pub struct Story<'a> {
    pub app: &'a App,
    pub folder: &'a Path,
    pub now: Timestamp,
    pub organisation: OrganisationId,
}

/// Plays everything; the app's clock stands at `now` afterwards.
pub async fn play(
    app: &App,
    folder: &Path,
    now: Timestamp,
    password: PasswordHash,
) -> anyhow::Result<OrganisationId> {
    let organisation = done(app, move |tx| company::found(tx, &password)).await?.id;
    let story = Story {
        app,
        folder,
        now,
        organisation,
    };
    story.products_and_sboms().await?;
    story.the_closed_case().await?;
    story.the_running_case().await?;
    story.the_waiting_item().await?;
    story.until(SignedDuration::ZERO).await?;
    Ok(organisation)
}

async fn done<T: Send + 'static>(
    app: &App,
    work: impl Fn(&mut Tx) -> Result<T, Trouble> + Send + 'static,
) -> anyhow::Result<T> {
    app.db.write(work).await.map_err(Trouble::into_error)
}

impl Story<'_> {
    /// Moves the clock to so long before now, and on the way lets happen what falls due.
    async fn until(&self, before_now: SignedDuration) -> anyhow::Result<()> {
        let target = self.now - before_now;
        for _ in 0..TURNS_MAX {
            worker::turn(self.app).await?;
            let next = done(self.app, |tx| {
                let alarm = clock::health(tx)?.oldest_armed_due_at;
                Ok(alarm.into_iter().chain(jobs::next_at(tx)?).min())
            })
            .await?;
            let at = next.unwrap_or(target).min(target);
            let ahead = at.duration_since(self.app.clock.now());
            if ahead.is_positive() {
                self.app.clock.advance(ahead);
            } else if at >= target {
                return Ok(());
            }
        }
        anyhow::bail!("the demo's past does not come to rest")
    }

    async fn person(&self, role: Role) -> anyhow::Result<Caller> {
        let organisation = self.organisation;
        done(self.app, move |tx| company::person(tx, organisation, role)).await
    }

    async fn products_and_sboms(&self) -> anyhow::Result<()> {
        let (compliance, trust) = (
            self.person(Role::Compliance).await?,
            self.person(Role::Trust).await?,
        );
        let admin = self.person(Role::Admin).await?;
        let today = company::local_day(self.now)?;
        done(self.app, move |tx| {
            for id in company::make_products(tx, &compliance, today)? {
                products::publish_on_trust_page(tx, &trust, id, true)?;
            }
            accounts::set_trust_published(tx, &admin, true)
        })
        .await?;
        self.import(OSV, |_| true).await?;
        self.import(EXPLOITED, |name| name == "epss.csv").await?;
        let developer = self.person(Role::Developer).await?;
        for (product, version, file) in SHIPPED {
            let bytes = File::find(SBOMS, file)?
                .text(self.now, self.app.clock.now())?
                .into_bytes();
            let parsed = sboms::parse(&bytes).map_err(Trouble::into_error)?;
            self.app.blobs.put(&bytes)?;
            let caller = developer.clone();
            let release = done(self.app, move |tx| {
                company::release_of(tx, &caller, product, version)
            })
            .await?;
            let upload = Upload {
                destination: Destination::Release(release),
                planned: parsed.into(),
                source: "cli",
            };
            let caller = developer.clone();
            done(self.app, move |tx| intake::receive(tx, &caller, &upload))
                .await
                .with_context(|| format!("take in {file}"))?;
        }
        self.until(days(45)).await
    }

    /// Writes the files out with their days and imports them as `bonafide feeds import` does.
    async fn import(
        &self,
        list: &'static [File],
        wanted: impl Fn(&str) -> bool,
    ) -> anyhow::Result<()> {
        let folder = self.folder.join("feeds");
        let mut paths = Vec::new();
        for file in list.iter().filter(|file| wanted(file.name)) {
            let path = folder.join(file.name);
            let parent = path.parent().context("a file has a folder")?;
            std::fs::create_dir_all(parent)?;
            std::fs::write(&path, file.text(self.now, self.app.clock.now())?)?;
            // A directory with an ecosystem's name is the whole of its feed; by `accept_smaller`
            // below only, for by itself a directory claims nothing.
            paths.push(if parent == folder {
                path
            } else {
                parent.to_owned()
            });
        }
        paths.sort();
        paths.dedup();
        let db = self.app.db.clone();
        let options = advisories::Options {
            checked_at: Some(self.app.clock.now()),
            // The demo's world is small, and this is the whole of it.
            accept_smaller: true,
            ..advisories::Options::default()
        };
        let imported = tokio::task::spawn_blocking(move || {
            findings::import(&db, &paths, options, &mut |_| {})
        });
        imported.await?.context("import the demo's feeds")?;
        worker::turn(self.app).await.map(|_| ())
    }
}

fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

fn hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}
