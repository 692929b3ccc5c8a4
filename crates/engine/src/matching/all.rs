//! One advisory against everything a component may be called.

use super::{Confidence, MatchReason, Outcome, Rule, Unknown, evaluate};
use crate::advisory::Affected;
use crate::lookup::{Basis, Lookup};
use crate::version::{Order, order_of};

/// Asks under each key in turn, the surest first, until the advisory names one; with the index of
/// the lookup that decided. An unsure key can only lead to "unknown", with the code of its
/// [`crate::lookup::Basis`]: the ranges of another release, or of a subscription, say what may be.
#[must_use]
pub fn evaluate_all(lookups: &[Lookup], affected: &[Affected]) -> (Outcome, Option<usize>) {
    let mut possible: Option<(Outcome, usize)> = None;
    let mut nearest: Option<(MatchReason, usize)> = None;
    for (index, lookup) in lookups.iter().enumerate() {
        if possible.is_some() && !lookup.basis.is_certain() {
            continue;
        }
        let version = lookup.version.as_deref().unwrap_or_default();
        match evaluate(&lookup.key, version, affected) {
            Outcome::NotAffected(reason) if reason.rule == Rule::PackageNotNamed => {}
            Outcome::NotAffected(reason) if lookup.basis.code().is_some() => {
                nearest.get_or_insert((reason, index));
            }
            Outcome::Affected(reason) if let Some(code) = lookup.basis.code() => {
                let why = unsure(lookup, code, reason);
                possible.get_or_insert((Outcome::Unknown(why), index));
            }
            Outcome::Affected(reason) if is_other_module(lookup, version, &reason) => {
                let why = of_another_module(reason);
                possible.get_or_insert((Outcome::Unknown(why), index));
            }
            Outcome::Unknown(why) if lookup.basis.code().is_some() => {
                possible.get_or_insert((Outcome::Unknown(why), index));
            }
            sure => return (sure, Some(index)),
        }
    }
    if let Some((outcome, index)) = possible {
        return (outcome, Some(index));
    }
    let index = nearest.as_ref().map(|(_, index)| *index);
    let reason = nearest.map_or_else(|| not_named(lookups), |(reason, _)| reason);
    (Outcome::NotAffected(reason), index)
}

fn unsure(lookup: &Lookup, code: &str, reason: MatchReason) -> Unknown {
    let caveat = lookup.basis.caveat();
    let range = match reason.range.as_str() {
        "" => String::new(),
        range => format!(" ({range})"),
    };
    Unknown {
        code: code.to_owned(),
        reason: format!(
            "{caveat}; as {} it would be affected{range}.",
            reason.identifier
        ),
        confidence: lookup.basis.confidence(),
        nearest: Some(Box::new(reason)),
    }
}

/// Whether a record speaks of the RPMs of a module stream and the component is none, or the other
/// way round. Streams exist side by side with versions of their own (nodejs 18 and 20), and neither
/// says anything of a package outside.
fn is_other_module(lookup: &Lookup, version: &str, reason: &MatchReason) -> bool {
    let is_of_module = |text: &str| text.contains(".module+") || text.contains(".module_");
    let own = is_of_module(version);
    order_of(&lookup.key.ecosystem) == Ok(Order::Rpm)
        && !reason.fixed.is_empty()
        && reason.fixed.iter().all(|fixed| is_of_module(fixed) != own)
}

fn of_another_module(reason: MatchReason) -> Unknown {
    Unknown {
        code: "module-stream-differs".to_owned(),
        reason: "Only one of the package and the record's fix belongs to a module stream, so their versions cannot be compared.".to_owned(),
        confidence: Confidence::Low,
        nearest: Some(Box::new(reason)),
    }
}

impl Basis {
    /// How likely it is that what holds under such a key holds for the component.
    fn confidence(self) -> Confidence {
        match self {
            Self::Named | Self::Subscription | Self::ReleaseGuessed => Confidence::High,
            Self::ReleaseUndecided | Self::Rebuilt => Confidence::Medium,
            Self::ParentPath => Confidence::Low,
        }
    }
}

fn not_named(lookups: &[Lookup]) -> MatchReason {
    let first = lookups.first();
    MatchReason {
        identifier: first.map_or_else(String::new, |lookup| {
            let version = lookup.version.as_deref().unwrap_or_default();
            format!("{}@{version}", lookup.key)
        }),
        rule: Rule::PackageNotNamed,
        range: String::new(),
        fixed: Vec::new(),
        informational: None,
    }
}
