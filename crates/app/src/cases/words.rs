//! The closed vocabularies of this room: one stable kebab-case word each, the same in the
//! database, in forms, in JSON and in the message files.

use crate::store::Row;
use crate::trouble::Trouble;

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),+ $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word).ok_or(UnknownWord)
            }
        }
    )*};
}

/// The text is not a word of the vocabulary asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a word of this vocabulary")]
pub struct UnknownWord;

words! {
    /// Where a watch item stands.
    WatchState {
        /// Nobody has started to assess it: it escalates.
        Waiting = "waiting",
        Assessing = "assessing",
        /// Certainty is lacking; it comes back at an instant.
        Watching = "watching",
        Decided = "decided",
    }
    /// What a person decided.
    Outcome {
        Aware = "aware",
        WatchUntil = "watch-until",
        NotReportable = "not-reportable",
    }
    /// An answer that may honestly be unknown.
    Answered {
        Yes = "yes",
        No = "no",
        Unknown = "unknown",
    }
    /// What says that it is exploited in our own product.
    ExploitedBy {
        OwnTelemetry = "own-telemetry",
        Customer = "customer",
        Researcher = "researcher",
        /// A credible source that names our product.
        NamingFeed = "naming-feed",
        NoneYet = "none-yet",
    }
    /// Why something is not to be reported.
    Because {
        NotContained = "not-contained",
        NotReachable = "not-reachable",
        /// Exploited elsewhere, not in this product (guidance §218).
        NotInOurProduct = "not-in-our-product",
        /// Good-faith research without malicious exploitation (recital 68).
        NotMalicious = "not-malicious",
        /// We knew of this exploitation before 2026-09-11 (guidance §217).
        KnownBefore = "known-before",
        /// One notification per matter: another case covers it.
        AlreadyReported = "already-reported",
        NotOurs = "not-ours",
        /// A near miss or an incident that is not severe (14(5), 15(2)).
        NotSevere = "not-severe",
        Other = "other",
    }
    /// Where a signal handed in by a person or a program comes from.
    Source {
        OwnTelemetry = "own-telemetry",
        Customer = "customer",
        Researcher = "researcher",
        Supplier = "supplier",
        Csirt = "csirt",
        Authority = "authority",
        Media = "media",
        Other = "other",
    }
    /// Which test of 14(5) an incident meets.
    SeverityTest {
        /// 14(5)(a): sensitive or important data or functions.
        DataOrFunctions = "data-or-functions",
        /// 14(5)(b): malicious code introduced or run.
        MaliciousCode = "malicious-code",
        Both = "both",
    }
    CaseState {
        Open = "open",
        Closed = "closed",
    }
    DeadlineState {
        /// Its trigger is not known yet.
        NotRunning = "not-running",
        Running = "running",
        Met = "met",
        /// The case was closed without it, with a reason.
        Dropped = "dropped",
        /// Derived anew; kept as it was.
        Superseded = "superseded",
    }
    /// Why something was recorded as filed.
    FilingKind {
        First = "first",
        /// The CSIRT invalidated the earlier one; its instant stays the anchor.
        Resubmission = "resubmission",
        /// The platform's own "update".
        Update = "update",
        /// The earlier record was wrong; the anchor moves.
        Correction = "correction",
    }
    /// Which users were informed (14(8)).
    Told {
        Impacted = "impacted",
        All = "all",
    }
    /// How users were informed.
    ToldBy {
        Mail = "mail",
        Advisory = "advisory",
        InProduct = "in-product",
        Portal = "portal",
        Phone = "phone",
        Other = "other",
    }
    /// The alarms of a deadline, in the order of time.
    Mark {
        /// Half of the time is left.
        Half = "half",
        Quarter = "quarter",
        Hour = "hour",
        Due = "due",
        Late = "late",
    }
}

/// Reads a word of one of our own columns; another one there is a failure of ours.
pub fn word<T: std::str::FromStr>(row: &Row, column: usize) -> Result<T, Trouble> {
    let text = row.text(column);
    text.parse().map_err(|_| {
        Trouble::Failure(anyhow::anyhow!(
            "the database says {text:?}, which is not a word of this room"
        ))
    })
}

/// Reads a word that may be absent.
pub fn opt_word<T: std::str::FromStr>(row: &Row, column: usize) -> Result<Option<T>, Trouble> {
    if row.is_null(column) {
        return Ok(None);
    }
    word(row, column).map(Some)
}
