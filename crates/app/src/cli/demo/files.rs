//! The demo's files, inside the binary. `@DAY-42@` in one of them is the day 42 days before the
//! demo starts, so that its past is always recent; `@NOW@` is the instant it is imported.

use jiff::{Span, Timestamp, tz::TimeZone};

/// A file by its name.
pub struct File {
    pub name: &'static str,
    text: &'static str,
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(File {
            name: $name,
            text: include_str!(concat!("../../../../../fixtures/demo/", $name)),
        }),*]
    };
}

/// SBOMs, as the company's build makes them.
pub const SBOMS: &[File] = files![
    "sboms/gateway-4.1.0.cdx.json",
    "sboms/gateway-4.2.0.cdx.json",
    "sboms/gateway-4.2.1.cdx.json",
    "sboms/sensor-hub-2.0.0.spdx.json",
    "sboms/sensor-hub-2.1.0.spdx.json",
    "sboms/field-app-7.3.0.cdx.json",
    "sboms/field-app-7.4.0.cdx.json",
    "sboms/cloud-connector-1.9.0.cdx.json",
];

/// Advisories about packages that do not exist.
pub const OSV: &[File] = files![
    "osv/crates.io/DEMO-2026-0001.json",
    "osv/npm/DEMO-2026-0002.json",
    "osv/PyPI/DEMO-2026-0003.json",
    "osv/crates.io/DEMO-2026-0004.json",
    "osv/npm/DEMO-2026-0005.json",
    "osv/Go/DEMO-2026-0006.json",
    "osv/Maven/DEMO-2026-0007.json",
    "osv/crates.io/DEMO-2026-0008.json",
];

/// What is known to be exploited, as it grew, and the scores.
pub const EXPLOITED: &[File] = files![
    "kev-1.json",
    "kev-2.json",
    "euvd-kev-1.json",
    "euvd-kev-2.json",
    "euvd-kev-3.json",
    "epss.csv",
];

impl File {
    /// One of a list.
    pub fn find(list: &'static [Self], name: &str) -> anyhow::Result<&'static Self> {
        list.iter()
            .find(|file| file.name == name)
            .ok_or_else(|| anyhow::anyhow!("the demo has no file {name}"))
    }

    /// The text with its days counted from `start`, read at the instant `now`.
    pub fn text(&self, start: Timestamp, now: Timestamp) -> anyhow::Result<String> {
        let today = start.to_zoned_datetime(TimeZone::UTC).date();
        let dated = self
            .text
            .replace("@NOW@", &now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let mut parts = dated.split("@DAY");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (days, rest) = part
                .split_once('@')
                .ok_or_else(|| anyhow::anyhow!("{}: a day without its end", self.name))?;
            let day = today.checked_add(Span::new().try_days(days.parse::<i64>()?)?)?;
            text.push_str(&day.to_string());
            text.push_str(rest);
        }
        Ok(text)
    }
}
