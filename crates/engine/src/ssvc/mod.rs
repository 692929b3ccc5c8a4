//! Stakeholder-Specific Vulnerability Categorization (CERT/CC, SSVC 2): what the supplier of a
//! product does about a flaw, and how soon.
//!
//! The table is the supplier tree ("Supplier Patch Development Priority" 1.0.0, the same rows as in
//! SSVC 2.1): four decision points, 36 rows, each compared with CERT/CC's published table. A
//! point that nobody decided is not guessed: [`range`] says what the answer can still be.

mod vector;

pub use vector::{Vector, VectorError, parse};

use serde::Serialize;

/// Whether the flaw is exploited (decision point Exploitation, `E`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exploitation {
    /// Neither exploitation nor a public proof of concept is known.
    None,
    /// A public proof of concept, or a well-known way to exploit it.
    PublicPoc,
    /// Reliable evidence of exploitation in the wild.
    Active,
}

/// How much an attacker gets out of exploiting it again and again (Utility, `U`): from Automatable
/// and Value Density.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Utility {
    /// Not automatable, diffuse value.
    Laborious,
    /// One of the two.
    Efficient,
    /// Automatable and concentrated value.
    SuperEffective,
}

/// How much control over the component an attacker gains (Technical Impact, `T`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TechnicalImpact {
    /// Limited control, or a chance too small.
    Partial,
    /// Total control, or all information.
    Total,
}

/// What it does to people's safety (Public Safety Impact, `P`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicSafetyImpact {
    /// Negligible safety impact.
    Minimal,
    /// Marginal safety impact or worse.
    Significant,
}

/// What the supplier does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Do not work on it at present.
    Defer,
    /// Develop a fix within regularly scheduled maintenance.
    Scheduled,
    /// Develop a fix out of cycle, taking resources from other work.
    OutOfCycle,
    /// Develop and release a fix as quickly as possible.
    Immediate,
}

impl Priority {
    /// Lower case with hyphens.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Defer => "defer",
            Self::Scheduled => "scheduled",
            Self::OutOfCycle => "out-of-cycle",
            Self::Immediate => "immediate",
        }
    }
}

impl Exploitation {
    /// All, least first.
    pub const ALL: [Self; 3] = [Self::None, Self::PublicPoc, Self::Active];
}

impl Utility {
    /// All, least first.
    pub const ALL: [Self; 3] = [Self::Laborious, Self::Efficient, Self::SuperEffective];

    /// From the two decision points below it: whether an attacker can automate the steps up to
    /// exploitation, and whether the systems hold concentrated value.
    pub fn of(is_automatable: bool, is_concentrated: bool) -> Self {
        match (is_automatable, is_concentrated) {
            (false, false) => Self::Laborious,
            (true, true) => Self::SuperEffective,
            _ => Self::Efficient,
        }
    }
}

impl TechnicalImpact {
    /// All, least first.
    pub const ALL: [Self; 2] = [Self::Partial, Self::Total];
}

impl PublicSafetyImpact {
    /// All, least first.
    pub const ALL: [Self; 2] = [Self::Minimal, Self::Significant];
}

/// The rows of the supplier tree by exploitation and utility; in each: partial and minimal, partial
/// and significant, total and minimal, total and significant.
const SUPPLIER: [[[Priority; 4]; 3]; 3] = {
    use Priority::{Defer, Immediate, OutOfCycle, Scheduled};
    [
        [
            [Defer, Scheduled, Scheduled, OutOfCycle],
            [Scheduled, OutOfCycle, Scheduled, OutOfCycle],
            [Scheduled, OutOfCycle, OutOfCycle, OutOfCycle],
        ],
        [
            [Scheduled, OutOfCycle, Scheduled, Immediate],
            [Scheduled, Immediate, OutOfCycle, Immediate],
            [OutOfCycle, Immediate, OutOfCycle, Immediate],
        ],
        [
            [OutOfCycle, Immediate, OutOfCycle, Immediate],
            [OutOfCycle, Immediate, OutOfCycle, Immediate],
            [Immediate, Immediate, Immediate, Immediate],
        ],
    ]
};

/// What the supplier tree says.
pub fn supplier(
    exploitation: Exploitation,
    utility: Utility,
    technical: TechnicalImpact,
    safety: PublicSafetyImpact,
) -> Priority {
    let column = 2 * (technical as usize) + safety as usize;
    SUPPLIER[exploitation as usize][utility as usize][column]
}

/// What the tree can still say where points are open: the least and the most urgent answer.
pub fn range(
    exploitation: Option<Exploitation>,
    utility: Option<Utility>,
    technical: Option<TechnicalImpact>,
    safety: Option<PublicSafetyImpact>,
) -> (Priority, Priority) {
    let (mut least, mut most) = (Priority::Immediate, Priority::Defer);
    for e in Exploitation::ALL {
        for u in Utility::ALL {
            for t in TechnicalImpact::ALL {
                for s in PublicSafetyImpact::ALL {
                    let is_open = exploitation.is_none_or(|one| one == e)
                        && utility.is_none_or(|one| one == u)
                        && technical.is_none_or(|one| one == t)
                        && safety.is_none_or(|one| one == s);
                    if is_open {
                        let priority = supplier(e, u, t, s);
                        least = least.min(priority);
                        most = most.max(priority);
                    }
                }
            }
        }
    }
    (least, most)
}
