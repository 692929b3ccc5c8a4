//! What the operator can put right.

/// Something about the command line, the configuration or the machine that only the operator can
/// put right. Its text is one sentence that says what to do; the command line ends with 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Fault {
    sentence: String,
}

impl Fault {
    pub fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
        }
    }
}
