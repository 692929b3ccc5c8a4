//! The company's last two months, played through the operations a person would use.

use super::company;
use super::files::{EXPLOITED, File, OSV, SBOMS};
use crate::accounts::{self, Caller, PasswordHash, Role};
use crate::cases::{
    Answered, ExploitedBy, FilingKind, NewDecision, NewFiling, Stage, Verdict, WatchItem,
};
use crate::disclosures::{self, NewPublication};
use crate::findings::Judging;
use crate::ids::{CaseId, OrganisationId};
use crate::intake::{self, Destination, Upload};
use crate::store::Tx;
use crate::trouble::Trouble;
use crate::web::App;
use crate::{advisories, cases, clock, findings, jobs, products, releases, sboms, worker};
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
    work: impl FnOnce(&mut Tx) -> Result<T, Trouble> + Send + 'static,
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
            done(self.app, move |tx| {
                let release = company::release_of(tx, &caller, product, version)?;
                let destination = Destination::Release(release);
                let upload = Upload {
                    destination,
                    parsed,
                    source: "cli",
                };
                intake::receive(tx, &caller, &upload)
            })
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
            // Advisories count as a feed when their directory comes as a whole.
            paths.push(if parent == folder {
                path
            } else {
                parent.to_owned()
            });
        }
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

    /// The one watch item nobody has decided.
    async fn undecided(&self) -> anyhow::Result<WatchItem> {
        let psirt = self.person(Role::Psirt).await?;
        let (items, _) = done(self.app, move |tx| {
            cases::list_watch_items(tx, &psirt, Some(false), 0)
        })
        .await?;
        items
            .into_iter()
            .next()
            .context("the demo's signal opened no watch item")
    }

    async fn aware(&self, answers: NewDecision) -> anyhow::Result<CaseId> {
        let (psirt, item) = (self.person(Role::Psirt).await?, self.undecided().await?);
        let (_, case) = done(self.app, move |tx| {
            cases::decide(tx, &psirt, item.id, &answers)
        })
        .await?;
        case.context("an aware decision opens a case")
    }

    async fn assess(&self) -> anyhow::Result<()> {
        let (psirt, item) = (self.person(Role::Psirt).await?, self.undecided().await?);
        done(self.app, move |tx| {
            cases::start_assessment(tx, &psirt, item.id)
        })
        .await
    }

    /// A flaw in Field App 7.3.0: reported in time, fixed, told, closed.
    async fn the_closed_case(&self) -> anyhow::Result<()> {
        self.until(days(42)).await?;
        self.import(EXPLOITED, |name| {
            matches!(name, "kev-1.json" | "euvd-kev-1.json")
        })
        .await?;
        self.until(days(42) - minutes(35)).await?;
        self.assess().await?;
        self.until(days(42) - minutes(70)).await?;
        let case = self
            .aware(NewDecision {
                exploited: ExploitedBy::Customer,
                exploited_text: "A customer's tablet ran commands it was never sent; its log \
                                 shows the crafted frame."
                    .into(),
                ..decision(
                    self.app.clock.now(),
                    "The customer's log and the advisory describe the same frame.",
                )
            })
            .await?;
        self.until(days(42) - hours(9)).await?;
        self.file(case, Stage::EarlyWarning, "SRP-DE-V-2026-00000412", &[])
            .await?;
        self.until(days(40)).await?;
        self.file(
            case,
            Stage::Notification,
            "SRP-DE-V-2026-00000412",
            &NOTIFIED,
        )
        .await?;
        self.until(days(35)).await?;
        let psirt = self.person(Role::Psirt).await?;
        let at = self.app.clock.now();
        done(self.app, move |tx| {
            cases::record_measure(
                tx,
                &psirt,
                case,
                Some(at),
                "Field App 7.4.0 is in the stores.",
            )
        })
        .await?;
        self.judge(
            "Field App",
            "7.3.0",
            "CVE-2026-90042",
            Judging {
                status: "affected",
                detail: "Fixed in 7.4.0.",
                ..Judging::default()
            },
        )
        .await?;
        self.publish_the_advisory().await?;
        self.until(days(28)).await?;
        self.file(case, Stage::FinalReport, "SRP-DE-V-2026-00000412", &FINAL)
            .await?;
        let psirt = self.person(Role::Psirt).await?;
        done(self.app, move |tx| {
            cases::close_case(tx, &psirt, case, "Fixed in 7.4.0; 7.3.0 is withdrawn.")
        })
        .await
    }

    /// What a person says of a release's findings of one flaw.
    async fn judge(
        &self,
        product: &'static str,
        version: &'static str,
        flaw: &'static str,
        judging: Judging<'static>,
    ) -> anyhow::Result<()> {
        let psirt = self.person(Role::Psirt).await?;
        done(self.app, move |tx| {
            let release = company::release_of(tx, &psirt, product, version)?;
            let ids: Vec<_> = findings::list_of_release(tx, &psirt, release)?
                .into_iter()
                .filter(|row| row.vulnerability == flaw)
                .map(|row| row.id)
                .collect();
            findings::assess_findings(tx, &psirt, &ids, &judging).map(|_| ())
        })
        .await
        .with_context(|| format!("judge {flaw} in {product} {version}"))
    }

    /// Users are told in public once the update is there (Annex I Part II (4)).
    async fn publish_the_advisory(&self) -> anyhow::Result<()> {
        let (author, trust) = (
            self.person(Role::Admin).await?,
            self.person(Role::Trust).await?,
        );
        done(self.app, move |tx| {
            let release = company::release_of(tx, &author, "Field App", "7.3.0")?;
            let product = releases::get_release(tx, &author, release)?.product;
            let new = NewPublication {
                title: "Field App 7.3.0: a crafted frame runs code".into(),
                text: "Whoever can reach the tablet over the local network could run code in \
                       Field App 7.3.0. Install version 7.4.0. Until then, switch off remote \
                       calibration."
                    .into(),
                severity: "critical".into(),
                cves: vec!["CVE-2026-90042".into()],
                releases: vec![release],
            };
            let id = disclosures::create_draft(tx, &author, product, new)?;
            disclosures::publish_publication(tx, &trust, id)
        })
        .await
        .context("publish the demo's advisory")
    }

    /// A flaw in two releases of the gateway: T0 was 17 hours ago and nothing is filed yet.
    async fn the_running_case(&self) -> anyhow::Result<()> {
        self.until(hours(18)).await?;
        self.import(EXPLOITED, |name| {
            matches!(name, "kev-2.json" | "euvd-kev-2.json")
        })
        .await?;
        self.until(hours(17) + minutes(40)).await?;
        self.assess().await?;
        self.until(hours(17)).await?;
        self.aware(NewDecision {
            exploited: ExploitedBy::OwnTelemetry,
            exploited_text: "Three gateways in the field restarted after a resumed session that \
                             no broker had sent."
                .into(),
            ..decision(
                self.app.clock.now(),
                "Our telemetry shows the described session in three gateways of two customers.",
            )
        })
        .await?;
        let affected = Judging {
            status: "affected",
            ..Judging::default()
        };
        self.judge("Gateway G4", "4.2.0", "CVE-2026-90117", affected)
            .await?;
        self.judge(
            "Gateway G4",
            "4.1.0",
            "CVE-2026-90188",
            Judging {
                status: "not_affected",
                justification: Some("vulnerable_code_not_in_execute_path"),
                detail: "Only documents of our own make are read.",
            },
        )
        .await
    }

    /// A flaw in Sensor Hub 2.0.0 that ENISA's list named 41 minutes ago.
    async fn the_waiting_item(&self) -> anyhow::Result<()> {
        self.until(minutes(41)).await?;
        self.import(EXPLOITED, |name| name == "euvd-kev-3.json")
            .await?;
        self.import(EXPLOITED, |name| matches!(name, "kev-2.json" | "epss.csv"))
            .await?;
        self.import(OSV, |_| true).await
    }

    /// Fills a stage's sheet beyond what is prefilled, and records it as filed.
    async fn file(
        &self,
        case: CaseId,
        stage: Stage,
        reference: &'static str,
        words: &'static [(&'static str, &'static str)],
    ) -> anyhow::Result<()> {
        let psirt = self.person(Role::Psirt).await?;
        let saving = psirt.clone();
        let view = done(self.app, move |tx| {
            let view = cases::sheet_view(tx, &saving, case, stage)?;
            let mut values = view.values.clone();
            let measure_at = tx.now() - days(2);
            for (key, value) in words {
                let value = value.replace("{instant}", &measure_at.to_string());
                values.insert((*key).to_owned(), value);
            }
            cases::save_sheet(tx, &saving, case, stage, view.revision, &values)?;
            cases::sheet_view(tx, &saving, case, stage)
        })
        .await?;
        let now = self.app.clock.now();
        let snapshot = cases::snapshot_of(&view, reference, now, psirt.actor.name(), now)
            .map_err(Trouble::into_error)?;
        let filing = NewFiling {
            stage,
            kind: FilingKind::First,
            also_covers: Vec::new(),
            platform_reference: reference.into(),
            submitted_at: now,
            reason: None,
            sheet_revision: view.revision,
            digest: self.app.blobs.put(&snapshot)?,
            bytes: snapshot.len(),
            receipt: None,
        };
        done(self.app, move |tx| {
            cases::record_filed(tx, &psirt, case, &filing)
        })
        .await
        .map(|_| ())
    }
}

fn decision(aware_at: Timestamp, reason: &str) -> NewDecision {
    NewDecision {
        revision: 0,
        contained: Answered::Yes,
        contained_text: "The SBOM of the shipped release names the affected version.".into(),
        reachable: Answered::Yes,
        reachable_text: "Every connection from outside goes through it.".into(),
        exploited: ExploitedBy::NoneYet,
        exploited_text: String::new(),
        verdict: Verdict::Aware {
            aware_at,
            aware_reason: None,
        },
        reason: reason.into(),
        evidence: Vec::new(),
        incident: None,
        releases: Vec::new(),
        member_states: Vec::new(),
    }
}

const NOTIFIED: [(&str, &str); 3] = [
    (
        "vulnerability_general_information",
        "A frame whose declared length differs from its body \
      is taken as the name of a handler and run. The exploit is one crafted frame over the local \
      network; no sign-in is needed.",
    ),
    ("exploitation_occurred_at", "{instant}"),
    (
        "measures_users_can_take",
        "Switch off remote calibration until version 7.4.0 is installed.",
    ),
];

const FINAL: [(&str, &str); 6] = [
    (
        "measures_taken",
        "Version 7.4.0 contains the corrected component; 7.3.0 was withdrawn.",
    ),
    ("measures_users_can_take", "Install version 7.4.0."),
    ("measure_available_at", "{instant}"),
    (
        "security_update_details",
        "Field App 7.4.0, component sockfin 5.0.3.",
    ),
    (
        "vulnerability_severity",
        "CVSS 3.1 9.8, code runs without sign-in.",
    ),
    (
        "vulnerability_impact",
        "Settings of instruments could be changed; one customer reported it.",
    ),
];

fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

fn hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}
