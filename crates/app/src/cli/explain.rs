//! `bonafide explain FILE --component PURL --vulnerability ID`: why a component has a flaw, or why
//! not, with every record that was looked at.

use super::exit;
use super::matching::Sources;
use super::offline::{self, Query};
use super::say::{say, shown, shown_json, tell};
use super::sbom::Stop;
use bonafide_engine::purl::Purl;
use bonafide_engine::sbom::Component;
use bonafide_engine::scan::{self, Answer, Explained, Item, distinct, wanted};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `explain` takes.
#[derive(clap::Args, Debug)]
pub struct ExplainArgs {
    /// The SBOM, or a Cargo.lock; `-` reads stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The component, by its package URL; without a version every version of it, and without a
    /// package URL its name.
    #[arg(long, value_name = "PURL")]
    component: String,
    /// The flaw, by any of its ids.
    #[arg(long, value_name = "ID")]
    vulnerability: String,
    #[command(flatten)]
    sources: Sources,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Explains.
pub fn run(args: &ExplainArgs) -> ExitCode {
    match answers(args) {
        Ok(answers) => say_all(&answers, args.json),
        Err(stop) => stop.exit(),
    }
}

fn answers(args: &ExplainArgs) -> Result<Vec<Explained>, Stop> {
    let document = offline::read_document(&args.file)?;
    let asked = Purl::parse(&args.component).ok();
    let all = distinct(&document.components);
    let meant: Vec<&Item<'_>> = all
        .iter()
        .filter(|item| is_meant(item.component, &args.component, asked.as_ref()))
        .collect();
    let outside;
    let items: Vec<Item<'_>> = if meant.is_empty() {
        // Not in the document: still a question with an answer, and the answer says so.
        let purl = asked.as_ref().map(Purl::canonical).ok_or_else(|| {
            let text = format!("no component of the document is {}", shown(&args.component));
            Stop::new(exit::USAGE, text)
        })?;
        tell!(
            "no component of the document is {}; it is explained all the same",
            shown(&purl)
        );
        let purl = Purl::parse(&purl).map_err(|error| Stop::new(exit::USAGE, error.to_string()))?;
        let version = purl.version.clone();
        outside = [Component::locked(
            &purl.name,
            version.as_deref(),
            Ok(args.component.clone()),
        )];
        distinct(&outside)
    } else {
        meant.into_iter().cloned().collect()
    };
    let id = args.vulnerability.trim();
    let gathered = offline::gather(Query {
        packages: wanted(&items),
        flaw: Some(id),
        advisories: &args.sources.advisories,
        kev: &args.sources.kev,
        epss: &args.sources.epss,
    })?;
    let (flaw, facts) = (gathered.flaw.as_ref(), &gathered.facts);
    let explain = |item| scan::explain(item, id, flaw, facts, &gathered.catalogue, &gathered.world);
    Ok(items.iter().map(explain).collect())
}

/// Whether a component is the one asked about: a part that is not given means any.
fn is_meant(component: &Component, text: &str, asked: Option<&Purl>) -> bool {
    if component.purl_text.as_deref() == Some(text) {
        return true;
    }
    match (asked, &component.purl) {
        (Some(asked), Some(own)) => {
            let has = |(key, value)| own.qualifiers.get(key) == Some(value);
            (&asked.ty, &asked.namespace, &asked.name) == (&own.ty, &own.namespace, &own.name)
                && (asked.version.is_none()
                    || asked.version == own.version
                    || own.version.is_none() && asked.version == component.version)
                && asked.qualifiers.iter().all(has)
        }
        (None, _) => component.name == text || component.bom_ref.as_deref() == Some(text),
        (Some(_), None) => false,
    }
}

/// Found is 1; what cannot be said is 4, and never 0.
fn code(answers: &[Explained]) -> u8 {
    let has = |answer| answers.iter().any(|one| one.answer == answer);
    if has(Answer::Affected) {
        exit::FOUND
    } else if has(Answer::Possible) || has(Answer::Unknown) {
        exit::NOTHING
    } else {
        0
    }
}

fn say_all(answers: &[Explained], json: bool) -> ExitCode {
    if json {
        // One component is one object, as it is asked for most.
        let text = match answers {
            [one] => shown_json(one),
            several => shown_json(&several),
        };
        match text {
            Ok(text) => say!("{text}"),
            Err(error) => {
                tell!("the answer cannot be written: {error}");
                return ExitCode::from(exit::INTERNAL);
            }
        }
    } else {
        for answer in answers {
            print(answer);
        }
    }
    ExitCode::from(code(answers))
}

fn print(answer: &Explained) {
    let word = match answer.answer {
        Answer::Affected => "affected",
        Answer::NotAffected => "not affected",
        Answer::Possible => "possibly affected",
        Answer::Unknown => "unknown",
    };
    say!(
        "{} {word}: {} ({})",
        shown(&answer.component),
        shown(&answer.because),
        shown(&answer.reason)
    );
    let id = answer.id.as_deref().unwrap_or(&answer.vulnerability);
    let also = match answer.aliases.as_slice() {
        [] => String::new(),
        aliases => format!(", also {}", aliases.join(", ")),
    };
    say!("  flaw {}", shown(&format!("{id}{also}")));
    for key in &answer.identifiers {
        say!("  looked up as {}", shown(&key.to_string()));
    }
    for record in &answer.records {
        let version = record.version.as_deref().unwrap_or("no version");
        let of = record.as_of.as_deref().unwrap_or("no date");
        let source = &record.source;
        let text = format!(
            "  {} says {} of {version} by {} {} ({source}, of {of}; changed {})",
            record.record, record.says, record.rule, record.range, record.modified
        );
        say!("{}", shown(&text));
        for range in &record.ranges {
            say!("    {}", shown(range));
        }
        if let Some(because) = &record.because {
            say!("    {}", shown(because));
        }
        if !record.names.is_empty() {
            say!("    names {}", shown(&record.names.join(", ")));
        }
    }
    for feed in &answer.feeds {
        let of = feed.as_of.as_deref().unwrap_or("no date");
        say!(
            "  {}: {} records of {of}",
            shown(&feed.source),
            feed.records
        );
    }
}
