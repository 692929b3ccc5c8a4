//! Severity: CVSS vectors and words.
//!
//! Base scores of CVSS v2.0, v3.0 and v3.1, and the score of a v4.0 vector as given (FIRST's
//! specifications). A vector that is bad or incomplete is kept, and [`Severity::rating`] is `None`,
//! so that a page says "not rated by us" rather than a wrong number.

mod cvss2;
mod cvss3;
mod cvss4;
mod grammar;

use serde::{Deserialize, Serialize};

/// A severity as a record writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeverityText {
    /// OSV's type, as in `CVSS_V3`, `CVSS_V4`, `Ubuntu`; `word` for a database's own word.
    #[serde(rename = "t")]
    pub kind: String,
    /// The vector or the word.
    #[serde(rename = "s")]
    pub score: String,
}

/// The qualitative rating (CVSS v3.1 §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rating {
    /// 0.0
    None,
    /// 0.1-3.9
    Low,
    /// 4.0-6.9
    Medium,
    /// 7.0-8.9
    High,
    /// 9.0-10.0
    Critical,
}

/// Which CVSS a vector is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CvssVersion {
    /// No prefix.
    #[serde(rename = "2.0")]
    V2,
    /// `CVSS:3.0/`
    #[serde(rename = "3.0")]
    V3_0,
    /// `CVSS:3.1/`
    #[serde(rename = "3.1")]
    V3_1,
    /// `CVSS:4.0/`
    #[serde(rename = "4.0")]
    V4,
}

/// A severity, understood as far as we can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Severity {
    /// The vector, as written; `None` for a bare word.
    pub vector: Option<String>,
    /// The CVSS version of the vector.
    pub cvss: Option<CvssVersion>,
    /// Base score in tenths (4.0: of the vector as given): 98 is 9.8.
    pub score_tenths: Option<u8>,
    /// The rating, from the score or the word.
    pub rating: Option<Rating>,
    /// Why there is no rating: `cvss-vector-invalid`, `severity-word-unknown`.
    pub unrated_because: Option<String>,
}

/// What a vector comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// The version of the vector.
    pub cvss: CvssVersion,
    /// 98 is 9.8.
    pub tenths: u8,
    /// The band of the score; 2.0 has neither "none" nor "critical".
    pub rating: Rating,
}

/// Longest vector read, in bytes; a whole 4.0 vector has less than 300.
pub const VECTOR_BYTES_MAX: usize = 1024;

/// Scores a vector: the base score for 2.0, 3.0 and 3.1, the score of the vector as given for 4.0.
/// `None` for a bad or incomplete vector.
#[must_use]
pub fn score(vector: &str) -> Option<Score> {
    if vector.len() > VECTOR_BYTES_MAX {
        return None;
    }
    let cvss = match vector.split_once('/')?.0 {
        "CVSS:3.0" => CvssVersion::V3_0,
        "CVSS:3.1" => CvssVersion::V3_1,
        "CVSS:4.0" => CvssVersion::V4,
        _ => CvssVersion::V2,
    };
    let tenths = match cvss {
        CvssVersion::V2 => cvss2::base_score_tenths(vector),
        CvssVersion::V3_0 | CvssVersion::V3_1 => cvss3::base_score_tenths(vector),
        CvssVersion::V4 => cvss4::score_tenths(vector),
    }?;
    let rating = match (cvss, Rating::of_tenths(tenths)) {
        // NVD's bands for 2.0: low up to 3.9, high from 7.0.
        (CvssVersion::V2, Rating::None) => Rating::Low,
        (CvssVersion::V2, Rating::Critical) => Rating::High,
        (_, rating) => rating,
    };
    Some(Score {
        cvss,
        tenths,
        rating,
    })
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, tenth) = (self.tenths / 10, self.tenths % 10);
        write!(f, "{whole}.{tenth} {}", self.rating.as_str())
    }
}

impl Rating {
    /// The rating of a score in tenths, for 3.0 and later.
    #[must_use]
    pub fn of_tenths(tenths: u8) -> Self {
        match tenths {
            0 => Self::None,
            1..=39 => Self::Low,
            40..=69 => Self::Medium,
            70..=89 => Self::High,
            _ => Self::Critical,
        }
    }

    /// The rating a database's own word stands for.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        match word.trim().to_ascii_lowercase().as_str() {
            "critical" => Some(Self::Critical),
            "high" | "important" => Some(Self::High),
            "medium" | "moderate" => Some(Self::Medium),
            "low" | "negligible" | "minor" => Some(Self::Low),
            "none" => Some(Self::None),
            _ => None,
        }
    }

    /// The word, in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// Understands one severity of a record: a CVSS vector of any version, or a word.
#[must_use]
pub fn understand(text: &SeverityText) -> Severity {
    let score = text.score.trim();
    let Some(cvss) = version_of(score) else {
        let rating = Rating::of_word(score);
        let unrated_because = rating.is_none().then(|| "severity-word-unknown".to_owned());
        return Severity {
            vector: None,
            cvss: None,
            score_tenths: None,
            rating,
            unrated_because,
        };
    };
    let vector = Some(score.to_owned());
    // Some writers end a vector with a slash; nothing else is forgiven.
    let score = self::score(score.trim_end_matches('/'));
    Severity {
        vector,
        cvss: Some(cvss),
        score_tenths: score.map(|score| score.tenths),
        rating: score.map(|score| score.rating),
        unrated_because: score.is_none().then(|| "cvss-vector-invalid".to_owned()),
    }
}

/// The severity to show of several: the one with a rating, highest CVSS version first; else the
/// first that at least has a vector.
#[must_use]
pub fn choose<'a>(texts: impl IntoIterator<Item = &'a SeverityText>) -> Option<Severity> {
    let all = texts.into_iter().map(understand);
    // `max_by_key` keeps the last of equals; the record's first one shall win, hence the fold.
    all.fold(None, |best: Option<Severity>, next| match best {
        Some(best) if rank(&best) >= rank(&next) => Some(best),
        _ => Some(next),
    })
}

fn rank(severity: &Severity) -> (bool, Option<CvssVersion>, bool) {
    (
        severity.rating.is_some(),
        severity.cvss,
        severity.vector.is_some(),
    )
}

fn version_of(vector: &str) -> Option<CvssVersion> {
    match vector.split_once('/')?.0 {
        "CVSS:3.0" => Some(CvssVersion::V3_0),
        "CVSS:3.1" => Some(CvssVersion::V3_1),
        "CVSS:4.0" => Some(CvssVersion::V4),
        first if first.starts_with("AV:") || first.starts_with("(AV:") => Some(CvssVersion::V2),
        _ => None,
    }
}
