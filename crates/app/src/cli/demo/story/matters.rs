//! The matters of the demo: one closed, one running, one that waits for a person.

use super::{Story, company, days, done, hours, minutes};
use crate::accounts::Role;
use crate::cases::{
    self, Answered, ExploitedBy, FilingKind, NewDecision, NewFiling, NewInforming, Stage, Told,
    ToldBy, Verdict, WatchItem,
};
use crate::cli::demo::files::{EXPLOITED, OSV};
use crate::disclosures::{self, NewPublication};
use crate::findings::{self, Judging};
use crate::ids::CaseId;
use crate::releases;
use anyhow::Context as _;
use jiff::Timestamp;

impl Story<'_> {
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
    pub async fn the_closed_case(&self) -> anyhow::Result<()> {
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
        self.inform_users(case).await?;
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

    /// The customers of the release were told (14(8)).
    async fn inform_users(&self, case: CaseId) -> anyhow::Result<()> {
        let psirt = self.person(Role::Psirt).await?;
        done(self.app, move |tx| {
            let release = company::release_of(tx, &psirt, "Field App", "7.3.0")?;
            let new = NewInforming {
                told: Told::Impacted,
                by: ToldBy::Mail,
                informed_at: tx.now(),
                informant: "Customer service".into(),
                text: "Whoever can reach the tablet over the local network could run code in \
                       Field App 7.3.0. Install 7.4.0; until then switch off remote calibration."
                    .into(),
                reference: Some("The advisory on our trust page".into()),
                releases: vec![release],
            };
            cases::record_informed(tx, &psirt, case, &new)
        })
        .await
        .context("tell the users")
    }

    /// A flaw in two releases of the gateway: T0 was 17 hours ago and nothing is filed yet.
    pub async fn the_running_case(&self) -> anyhow::Result<()> {
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
                scope: Some("until-changed"),
                ..Judging::default()
            },
        )
        .await
    }

    /// A flaw in Sensor Hub 2.0.0 that ENISA's list named 41 minutes ago.
    pub async fn the_waiting_item(&self) -> anyhow::Result<()> {
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
        let filing = NewFiling {
            stage,
            kind: FilingKind::First,
            also_covers: Vec::new(),
            platform_reference: reference.into(),
            submitted_at: now,
            reason: None,
            seal: view.seal(),
            receipt: None,
        };
        let blobs = self.app.blobs.clone();
        done(self.app, move |tx| {
            cases::record_filed(tx, &blobs, &psirt, case, &filing)
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
            aware_at: Some(aware_at),
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

const FINAL: [(&str, &str); 5] = [
    (
        "measures_taken",
        "Version 7.4.0 contains the corrected component; 7.3.0 was withdrawn.",
    ),
    ("measures_users_can_take", "Install version 7.4.0."),
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
