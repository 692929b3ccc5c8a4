//! The answers of `bonafide law` as text for people. Instants stand in UTC with `Z`; nothing is
//! left out that `--json` would say about how sure an answer is.

use super::Sources;
use bonafide_law::certainty::Certainty;
use bonafide_law::{
    coordinators, deadlines, modification, penalties, retention, roles, routes, timeline,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt::Write;

/// Width of the column of names.
const NAME_WIDTH: usize = 26;

pub fn deadlines(answer: &deadlines::Answer, zone: &TimeZone) -> String {
    let mut page = Page::new(&format!("Reports on: {}", answer.kind));
    let zone_name = answer.zone.as_deref().unwrap_or("UTC");
    let at = |at: Timestamp| match zone_name {
        "UTC" => at.to_string(),
        _ => format!("{at} ({} in {zone_name})", local(at, zone)),
    };
    for deadline in &answer.deadlines {
        page.blank();
        match (deadline.due_at, deadline.legal_latest_at) {
            (Some(due), Some(latest)) => {
                page.row(deadline.stage.as_str(), &format!("due {}", at(due)));
                let sure = deadline.legal_latest_certainty;
                page.row(
                    "",
                    &format!(
                        "legally at the latest {} ({sure}, information only)",
                        at(latest)
                    ),
                );
            }
            _ => page.row(deadline.stage.as_str(), "no instant yet"),
        }
        if let Some(literal) = deadline.literal_due_at {
            page.row(
                "",
                &format!("counted literally from the measure: {}", at(literal)),
            );
        }
        if let Some(anchor) = deadline.anchor_at {
            page.row("", &format!("counted from {anchor} ({})", deadline.trigger));
        }
        page.row("", &cited(&deadline.citation, deadline.certainty));
        deadline.notes.iter().for_each(|note| page.row("", note));
    }
    page.notes(&answer.notes)
}

pub fn coordinator(answer: &coordinators::Answer) -> String {
    let mut page = Page::new(&format!("Coordinator: {}", answer.csirt));
    page.row("Member State", answer.member_state.code());
    page.row("Contact", &answer.contact_url);
    page.row("Because of", answer.basis.as_str());
    page.row("Zone for days and months", answer.zone);
    page.row(
        "List of",
        &format!("{} (confidence {})", answer.as_of, answer.confidence),
    );
    page.row("Law", &cited(&answer.citation, answer.certainty));
    page.notes(&answer.notes)
}

pub fn routes(answer: &routes::Answer) -> String {
    let mut page = Page::new("Procedures that suffice alone");
    for procedure in routes::procedures()
        .iter()
        .filter(|p| answer.routes.contains(&p.id))
    {
        let who = format!(
            "{}; examined by {}",
            procedure.name_en, procedure.examined_by
        );
        page.row(procedure.id.as_str(), &who);
    }
    page.row("Law", &cited(&answer.citation, answer.certainty));
    page.row("State of standards of", &answer.state_as_of.to_string());
    page.row("Applies from", &answer.applies_from.to_string());
    page.notes(&answer.notes)
}

pub fn retention(answer: &retention::Answer) -> String {
    let mut page = Page::new("Keep until, that day included");
    let rows = [
        (
            "Technical documentation",
            &answer.technical_documentation_until,
        ),
        ("Declaration of conformity", &answer.declaration_until),
        ("User information", &answer.user_information_until),
        ("Security update available", &answer.update_available_until),
    ];
    for (name, until) in rows {
        let day = until
            .until
            .map_or_else(|| "no day".to_owned(), |day| day.to_string());
        page.row(
            name,
            &format!("{day}  {}", cited(&until.citation, until.certainty)),
        );
        until.note.iter().for_each(|note| page.row("", note));
    }
    page.notes(&answer.notes)
}

pub fn penalty(answer: &penalties::Answer) -> String {
    let mut page = Page::new(&format!("Breach of {}", answer.provision));
    let tier = answer
        .tier
        .as_deref()
        .unwrap_or("in none of the tiers of Art. 64(2) to (4)");
    page.row("Listed", tier);
    if let Some(maximum) = answer.maximum_eur {
        page.row("Maximum of the tier", &format!("EUR {maximum}"));
    }
    if let Some(because) = &answer.exempt_because {
        page.row("Derogation", because);
    }
    let bound = if answer.role_is_bound {
        ""
    } else {
        " (not the role asked about)"
    };
    if let Some(addressee) = &answer.addressee {
        page.row("Binds", &format!("{addressee}{bound}"));
    }
    for overlap in &answer.overlaps {
        let at_most = format!(
            "{} in {}, at most EUR {}",
            overlap.provision, overlap.tier, overlap.maximum_eur
        );
        page.row("Also through", &at_most);
        page.row(
            "",
            &format!(
                "{} {}",
                overlap.why,
                cited(&overlap.citation, overlap.certainty)
            ),
        );
    }
    let from = format!(
        "{} ({})",
        answer.applies_from, answer.applies_from_certainty
    );
    page.row("Art. 64 applies from", &from);
    page.row("Law", &cited(&answer.citation, answer.certainty));
    page.notes(&answer.notes)
}

pub fn role(answer: &roles::Answer) -> String {
    let mut page = Page::new(match answer.scope {
        Some(roles::Scope::WholeProduct) => "Becomes the manufacturer of the whole product",
        Some(roles::Scope::AffectedPart) => "Becomes the manufacturer of the part affected",
        None => "Does not become a manufacturer by these facts",
    });
    page.row("Applies from", &answer.applies_from.to_string());
    page.row("Law", &cited(&answer.citation, answer.certainty));
    page.notes(&answer.notes)
}

pub fn modification(answer: &modification::Answer) -> String {
    let mut page = Page::new(if answer.substantial {
        "A substantial modification"
    } else {
        "Not a substantial modification"
    });
    page.row("Law", &cited(&answer.citation, answer.certainty));
    let consequences: Vec<String> = answer
        .consequences
        .iter()
        .map(|c| format!("{} {}", c.text, cited(&c.citation, c.certainty)))
        .collect();
    page.notes(&consequences)
}

pub fn timeline(answer: &timeline::Answer) -> String {
    let mut page = Page::new(&format!("From when what applies, as of {}", answer.as_of));
    for obligation in &answer.obligations {
        page.row(&obligation.on.to_string(), &obligation.what);
        page.row("", &format!("For: {}", obligation.who));
        page.row("", &cited(&obligation.citation, obligation.certainty));
    }
    page.text
}

pub fn sources(sources: &Sources) -> String {
    let mut page = Page::new("What the answers rest on");
    for file in &sources.files {
        page.row(
            file.name,
            &format!("{}, as of {}", file.provenance.title, file.provenance.as_of),
        );
        page.row("", &file.provenance.source);
        file.provenance
            .note
            .iter()
            .for_each(|note| page.row("", note));
    }
    page.row(
        "Form of ENISA's platform",
        &format!("version {}", sources.form),
    );
    page.text
}

/// An instant on the clock of a zone, to the minute.
fn local(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at)
        .strftime("%a %Y-%m-%d %H:%M")
        .to_string()
}

fn cited(citation: &str, certainty: Certainty) -> String {
    format!("[{citation}; {certainty}]")
}

/// A heading, rows of a name and a text, and notes at the end.
struct Page {
    text: String,
}

impl Page {
    fn new(heading: &str) -> Page {
        Page {
            text: format!("{heading}\n\n"),
        }
    }

    fn row(&mut self, name: &str, text: &str) {
        let line = format!("{name:<NAME_WIDTH$}{text}");
        writeln!(self.text, "{}", line.trim_end()).expect("writing to a string never fails");
    }

    fn blank(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn notes(mut self, notes: &[String]) -> String {
        self.blank();
        for note in notes {
            writeln!(self.text, "- {note}").expect("writing to a string never fails");
        }
        self.text
    }
}
