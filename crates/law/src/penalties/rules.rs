//! How the answer on a provision is put together from the data.

use super::{
    Answer, Binding, Door, Exemption, FILE, Overlap, Provision, Question, Role, Size, Tier,
    existing,
};
use crate::Refusal;
use crate::certainty::Certainty;

const FINES_ARTICLE: u16 = 64;

/// What Art. 64 says about a breach of one provision.
///
/// Refuses a provision that does not exist, one of which only parts are listed, and an undertaking
/// whose turnover is needed but not known.
pub fn penalty_for(question: &Question) -> Result<Answer, Refusal> {
    let provision = &question.provision;
    require_existing(provision)?;
    let tier = tier_of(provision)?;
    let binding = binding_of(provision);
    let exemption = exemption_of(question);
    let maximum_eur = tier.map(|tier| maximum(tier, question)).transpose()?;
    let certainty = tier
        .map_or(Certainty::Verified, |tier| tier.certainty)
        .and(exemption.map_or(Certainty::Verified, |exemption| exemption.certainty));
    let role_is_bound = binding.is_some_and(|binding| binding.binds.contains(&question.role));
    Ok(Answer {
        provision: provision.to_string(),
        listed: tier.is_some(),
        tier: tier.map(|tier| tier.tier.clone()),
        maximum_eur,
        exempt: exemption.is_some(),
        exempt_because: exemption.map(|exemption| exemption.provision.clone()),
        addressee: binding.and_then(|binding| binding.addressee.clone()),
        role_is_bound,
        overlaps: overlaps_of(question, binding)?,
        applies_from: FILE.applies.on(),
        applies_from_certainty: FILE.applies_certainty,
        citation: tier
            .map_or(&FILE.unlisted_citation, |tier| &tier.citation)
            .clone(),
        certainty,
        notes: notes_on(question, tier, binding, exemption),
    })
}

fn require_existing(provision: &Provision) -> Result<(), Refusal> {
    existing::require(provision, FILE.last_article)?;
    let fines = provision.article() == Some(FINES_ARTICLE);
    if fines
        && !FILE
            .tiers
            .iter()
            .any(|tier| covers(&tier.covers, provision))
    {
        return Err(Refusal::new(
            "not-a-duty",
            format!(
                "Find out which duty was breached: {provision} is part of the rules on fines, and only 64(4) names conduct of its own."
            ),
        ));
    }
    Ok(())
}

fn tier_of(provision: &Provision) -> Result<Option<&'static Tier>, Refusal> {
    if let Some(tier) = FILE
        .tiers
        .iter()
        .find(|tier| covers(&tier.covers, provision))
    {
        return Ok(Some(tier));
    }
    let inside: Vec<String> = FILE
        .tiers
        .iter()
        .flat_map(|tier| &tier.covers)
        .filter(|covered| provision.contains(covered))
        .map(Provision::to_string)
        .collect();
    if inside.is_empty() {
        return Ok(None);
    }
    Err(Refusal::new(
        "name-the-paragraph",
        format!(
            "Find out which paragraph was breached: of Art. {provision} only {} stand in a tier.",
            inside.join(", ")
        ),
    ))
}

/// The most specific statement on whom the provision binds.
fn binding_of(provision: &Provision) -> Option<&'static Binding> {
    FILE.bindings
        .iter()
        .filter(|binding| binding.provision.contains(provision))
        .max_by_key(|binding| binding.provision.depth())
}

fn exemption_of(question: &Question) -> Option<&'static Exemption> {
    FILE.exemptions.iter().find(|exemption| {
        exemption.roles.contains(&question.role)
            && (exemption.sizes.is_empty() || exemption.sizes.contains(&question.size))
            && (exemption.covers.is_empty() || covers(&exemption.covers, &question.provision))
    })
}

fn maximum(tier: &Tier, question: &Question) -> Result<u64, Refusal> {
    if !question.undertaking {
        return Ok(tier.fixed_eur);
    }
    let turnover = question.turnover_eur.ok_or_else(|| {
        Refusal::new(
            "turnover-unknown",
            "Find out the worldwide annual turnover of the preceding financial year in euros, or find out that the offender is not an undertaking and say so (--not-an-undertaking).",
        )
    })?;
    let share = u128::from(turnover) * u128::from(tier.turnover_per_mille) / 1000;
    let share = u64::try_from(share).expect("a share below one of a u64 is a u64");
    Ok(share.max(tier.fixed_eur))
}

fn overlaps_of(question: &Question, binding: Option<&Binding>) -> Result<Vec<Overlap>, Refusal> {
    let open = |door: &&Door| {
        covers(&door.from, &question.provision)
            && door
                .binds
                .is_none_or(|role| binding.is_some_and(|binding| binding.binds.contains(&role)))
    };
    let mut overlaps = Vec::new();
    for door in FILE.doors.iter().filter(open) {
        for through in &door.through {
            let tier = tier_of(through)?.expect("a test leads every door to a tier");
            overlaps.push(Overlap {
                provision: through.to_string(),
                tier: tier.tier.clone(),
                maximum_eur: maximum(tier, question)?,
                why: door.why.clone(),
                citation: door.citation.clone(),
                certainty: door.certainty,
            });
        }
    }
    Ok(overlaps)
}

fn notes_on(
    question: &Question,
    tier: Option<&Tier>,
    binding: Option<&Binding>,
    exemption: Option<&Exemption>,
) -> Vec<String> {
    let mut notes = Vec::new();
    match tier {
        Some(tier) => notes.push(format!("{}: {}.", tier.tier, tier.text)),
        None => notes.push(FILE.unlisted_text.clone()),
    }
    match binding {
        Some(binding) => {
            notes.extend(binding.note.clone());
            if let Some(addressee) = &binding.addressee
                && !binding.binds.contains(&question.role)
            {
                notes.push(format!(
                    "{} binds: {addressee}. The role asked about ({}) is not among them.",
                    question.provision, question.role
                ));
            }
        }
        None => notes.push("These data do not say whom this provision binds.".to_owned()),
    }
    match exemption {
        Some(exemption) => notes.push(exemption.text.clone()),
        None => notes.extend(near_exemption(question)),
    }
    if tier.is_some() {
        notes.push(FILE.maxima_text.clone());
        if !question.undertaking {
            notes.push("The share of turnover counts for undertakings only.".to_owned());
        }
    }
    let applies_from = FILE.applies.on();
    if let Some(on) = question.on
        && on < applies_from
    {
        notes.push(format!(
            "Article 64 does not apply on {on} yet, but from {applies_from} (71(2), {}); duties that apply before that day bind before it.",
            FILE.applies_certainty
        ));
    }
    notes
}

/// Says how far the derogation for small manufacturers reaches, when it was missed narrowly.
fn near_exemption(question: &Question) -> Option<String> {
    let small = matches!(question.size, Size::Micro | Size::Small);
    let near = FILE.exemptions.iter().find(|exemption| {
        exemption
            .covers
            .iter()
            .any(|covered| covered.article() == question.provision.article())
    })?;
    let reaches: Vec<String> = near.covers.iter().map(Provision::to_string).collect();
    (small && question.role == Role::Manufacturer).then(|| {
        format!(
            "{} reaches only the 24-hour deadlines of {}.",
            near.provision,
            reaches.join(" and ")
        )
    })
}

fn covers(covered: &[Provision], provision: &Provision) -> bool {
    covered.iter().any(|covered| covered.contains(provision))
}
