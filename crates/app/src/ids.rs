//! One newtype per noun, so that a release can never be passed where a product is asked for.
//!
//! Tenant nouns are UUID v7 (RFC 9562 §5.7), shown to people and machines with a public prefix
//! (`prod_018f…`, 32 hex digits) and stored in that very form. Dictionaries shared by all
//! tenants (packages, advisories) have 64-bit integers that never leave the process.

use crate::time::Entropy;
use jiff::Timestamp;
use std::fmt;
use std::str::FromStr;

/// The text is not an id of the expected noun.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind")]
pub struct NotAnId;

/// What every id can do; [`crate::store::Tx::new_id`] makes one.
pub trait Id: Sized {
    const PREFIX: &'static str;
    fn from_uuid(uuid: uuid::Uuid) -> Self;
    fn uuid(&self) -> uuid::Uuid;
}

/// A new id whose order follows time; both time and randomness are inputs.
pub fn generate<I: Id>(now: Timestamp, entropy: &Entropy) -> I {
    let mut random = [0u8; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    I::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(uuid::Uuid);

        impl Id for $name {
            const PREFIX: &'static str = $prefix;
            fn from_uuid(uuid: uuid::Uuid) -> Self { Self(uuid) }
            fn uuid(&self) -> uuid::Uuid { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, self.0.simple())
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{self}") }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let hex = text.strip_prefix(concat!($prefix, "_")).ok_or(NotAnId)?;
                if hex.len() != 32 || hex.bytes().any(|b| !matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
                    return Err(NotAnId);
                }
                uuid::Uuid::try_parse(hex).map(Self).map_err(|_| NotAnId)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A tenant: the economic operator whose products these are.
    OrganisationId = "org";
    UserId = "user";
    SessionId = "sess";
    /// An API token's public half.
    TokenId = "tok";
    InvitationId = "inv";
    /// A webhook or mail address that notices go to.
    ChannelId = "chan";
    NoticeId = "note";
    DeliveryId = "dlv";
    AlarmId = "alarm";
    EvidenceId = "evid";
    ProductId = "prod";
    VariantId = "var";
    ReleaseId = "rel";
    SbomId = "sbom";
    FindingId = "find";
    AssessmentId = "asmt";
    SignalId = "sig";
    /// A known-exploited flaw in our products that waits for a person's decision.
    WatchItemId = "watch";
    DecisionId = "dec";
    CaseId = "case";
    DeadlineId = "due";
    SubmissionId = "sub";
    PublicationId = "pub";
}
