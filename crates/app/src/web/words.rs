//! The message files: every page, mail and refusal speaks English or German from
//! `locales/<language>/*.ftl` (Project Fluent syntax). A test holds both to the same keys.

use crate::trouble::Refusal;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};

/// A language the pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    En,
    De,
}

/// Messages that were asked for and are missing, or lacked an argument, since the start.
pub fn faults() -> Vec<String> {
    FAULTS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .cloned()
        .collect()
}

static FAULTS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
const FAULTS_MAX: usize = 1_000;

type Bundle = FluentBundle<FluentResource>;

static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", MESSAGES_EN));
static DE: LazyLock<Bundle> = LazyLock::new(|| bundle("de", MESSAGES_DE));

macro_rules! messages {
    ($($room:literal)*) => {
        /// The message files, by room.
        pub const MESSAGES_EN: &[(&str, &str)] = &[$((
            $room, include_str!(concat!("../../../../locales/en/", $room, ".ftl"))
        )),*];
        pub const MESSAGES_DE: &[(&str, &str)] = &[$((
            $room, include_str!(concat!("../../../../locales/de/", $room, ".ftl"))
        )),*];
    };
}
messages! {
    "web" "clock" "journal" "accounts" "notices" "evidence" "products" "releases" "sboms" "quality"
    "advisories" "findings" "intake" "cases" "disclosures" "trust_center" "overview"
}

fn bundle(tag: &str, files: &[(&str, &str)]) -> Bundle {
    let language = tag.parse().expect("our own language tags are valid");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks would end up in copied text, titles and mails.
    bundle.set_use_isolating(false);
    bundle
        .add_function("DATIVE", dative)
        .expect("no other function has this name");
    for (room, text) in files {
        let resource = FluentResource::try_new((*text).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("locales/{tag}/{room}.ftl: {errors:?}"));
        bundle
            .add_resource(resource)
            .unwrap_or_else(|errors| panic!("locales/{tag}/{room}.ftl: {errors:?}"));
    }
    bundle
}

/// `DATIVE($span)` in a message: a length of time after a preposition that takes the dative, as in
/// „in 2 Tagen“ and „vor 2 Tagen“, where the nominative is „2 Tage“. The message knows the
/// case, the program does not.
fn dative<'a>(given: &[FluentValue<'a>], _: &FluentArgs) -> FluentValue<'a> {
    match given.first() {
        Some(FluentValue::String(text)) => {
            let words = text.split(' ').map(|word| match word {
                "Tage" => "Tagen",
                other => other,
            });
            FluentValue::from(words.collect::<Vec<_>>().join(" "))
        }
        Some(other) => other.clone(),
        None => FluentValue::Error,
    }
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// A language by its tag (`de`, `de-AT`), if we speak it.
    pub fn find(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "de" => Some(Self::De),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we speak.
    pub fn from_accept(header: &str) -> Self {
        header
            .split(',')
            .take(32)
            .find_map(|part| Self::find(part.split(';').next().unwrap_or_default().trim()))
            .unwrap_or_default()
    }

    /// The message under `key`; the key itself when there is none, so that nothing goes blank.
    pub fn t(self, key: &str) -> String {
        self.format(key, None)
    }

    /// The message under `key` with one argument.
    pub fn t1(self, key: &str, name: &str, value: impl ToString) -> String {
        self.ta(key, &[(name, value.to_string())])
    }

    /// The message under `key` with several arguments. A value that is a whole number is given
    /// to Fluent as a number, so that plurals work.
    pub fn ta<N: AsRef<str>>(self, key: &str, args: &[(N, String)]) -> String {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            fluent.set(name.as_ref().to_owned(), argument(value));
        }
        self.format(key, Some(&fluent))
    }

    /// Whether there is a message under `key`.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    /// A refusal's sentence.
    pub fn refusal(self, refusal: &Refusal) -> String {
        self.ta(&format!("refusal-{}", refusal.code), &refusal.args)
    }

    /// A reader sees the key rather than nothing; tests ask for [`faults`] and fail.
    fn note_fault(self, key: &str) {
        tracing::error!(
            key,
            lang = self.tag(),
            "a message is missing or lacks an argument"
        );
        let mut faults = FAULTS.lock().unwrap_or_else(PoisonError::into_inner);
        if faults.len() < FAULTS_MAX {
            faults.insert(format!("{}: {key}", self.tag()));
        }
    }

    fn bundle(self) -> &'static Bundle {
        match self {
            Self::En => &EN,
            Self::De => &DE,
        }
    }

    fn format(self, key: &str, args: Option<&FluentArgs>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            self.note_fault(key);
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, args, &mut errors)
            .into_owned();
        if !errors.is_empty() {
            self.note_fault(key);
        }
        text
    }

    /// A day as people of this language write it: `23 Nov 2026`, `23.11.2026`.
    pub fn day(self, day: Date) -> String {
        match self {
            Self::En => day.strftime("%-d %b %Y").to_string(),
            Self::De => day.strftime("%d.%m.%Y").to_string(),
        }
    }

    /// Month and year, as Art. 13(19) asks for the end of support: `March 2031`, `März 2031`.
    pub fn month(self, day: Date) -> String {
        let month = self.t(&format!("month-{}", day.month()));
        format!("{month} {}", day.year())
    }

    /// An instant in UTC, to the minute: `23 Nov 2026 09:00 UTC`.
    pub fn instant_utc(self, at: Timestamp) -> String {
        let utc = at.to_zoned_datetime(TimeZone::UTC);
        format!("{} {} UTC", self.day(utc.date()), utc.strftime("%H:%M"))
    }

    /// An instant in a zone, to the minute, with the zone's abbreviation: `23 Nov 2026 10:00 CET`.
    pub fn instant_in(self, at: Timestamp, zone: &TimeZone) -> String {
        let local = at.to_zoned_datetime(zone.clone());
        format!("{} {}", self.day(local.date()), local.strftime("%H:%M %Z"))
    }

    /// A whole number with the separator of the language: `1 234`, `1.234`.
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let separator = match self {
            Self::En => '\u{202f}',
            Self::De => '.',
        };
        let mut out = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        if number < 0 { format!("−{out}") } else { out }
    }
}

fn argument(value: &str) -> FluentValue<'static> {
    let whole = !value.is_empty() && value.len() <= 12 && value.bytes().all(|b| b.is_ascii_digit());
    match value.parse::<i64>() {
        Ok(number) if whole && (number == 0 || !value.starts_with('0')) => {
            FluentValue::from(number)
        }
        _ => FluentValue::from(value.to_owned()),
    }
}
