//! Severity: CVSS vectors and words.
//!
//! CVSS v3.0 and v3.1 base scores are computed here (FIRST's specifications, §7.1 and appendix A).
//! Scores of v2 and v4 are not computed: their vector is kept and [`Severity::rating`] is `None`,
//! so that a page says "not rated by us" rather than a wrong number.

mod cvss3;

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
    /// Base score in tenths: 98 is 9.8.
    pub score_tenths: Option<u8>,
    /// The rating, from the score or the word.
    pub rating: Option<Rating>,
    /// Why there is no rating: `cvss-version-not-scored`, `cvss-vector-invalid`,
    /// `severity-word-unknown`.
    pub unrated_because: Option<String>,
}

impl Rating {
    /// The rating of a base score in tenths.
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
    let (score_tenths, because) = match cvss {
        CvssVersion::V2 | CvssVersion::V4 => (None, Some("cvss-version-not-scored")),
        CvssVersion::V3_0 | CvssVersion::V3_1 => match cvss3::base_score_tenths(score) {
            Some(tenths) => (Some(tenths), None),
            None => (None, Some("cvss-vector-invalid")),
        },
    };
    Severity {
        vector,
        cvss: Some(cvss),
        score_tenths,
        rating: score_tenths.map(Rating::of_tenths),
        unrated_because: because.map(str::to_owned),
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
