//! Kinds of faults of feeds, each with a stable code and words in every language: what went wrong
//! was met by a library or a server, and is said in English only.

use crate::feeds::EgressError;

/// Why a feed was not renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Its server cannot be reached, or may not be.
    NotReached,
    /// Its server answered with something else than data.
    Refused,
    /// Larger or slower than a feed may be.
    TooMuch,
    /// What came is no feed, or another one.
    Other,
    /// Too much of it could not be read.
    Unreadable,
    /// It has fewer records than the whole feed would.
    TooSmall,
    /// The file is damaged or cannot be read.
    Damaged,
}

impl Fault {
    pub const ALL: [Self; 7] = [
        Self::NotReached,
        Self::Refused,
        Self::TooMuch,
        Self::Other,
        Self::Unreadable,
        Self::TooSmall,
        Self::Damaged,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::NotReached => "not-reached",
            Self::Refused => "refused",
            Self::TooMuch => "too-much",
            Self::Other => "other",
            Self::Unreadable => "unreadable",
            Self::TooSmall => "too-small",
            Self::Damaged => "damaged",
        }
    }

    /// The kind of an error: what was said of it where it arose, else what the network said; what
    /// is left is a file that could not be read as it should.
    pub fn of(error: &anyhow::Error) -> Self {
        if let Some(faulty) = error.downcast_ref::<Faulty>() {
            return faulty.fault;
        }
        match error.chain().find_map(|cause| cause.downcast_ref()) {
            Some(EgressError::Refused { .. } | EgressError::Network(_)) => Self::NotReached,
            Some(EgressError::Status { .. }) => Self::Refused,
            Some(EgressError::TooLarge { .. } | EgressError::TooSlow { .. }) => Self::TooMuch,
            Some(EgressError::File(_)) | None => Self::Damaged,
        }
    }
}

/// A fault of a known kind, in words.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Faulty {
    fault: Fault,
    text: String,
}

impl Faulty {
    pub fn new(fault: Fault, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { fault, text }
    }
}
