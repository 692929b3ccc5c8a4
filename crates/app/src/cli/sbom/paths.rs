//! `bonafide sbom paths FILE COMPONENT`: through what a component came into the product.

use super::{Stop, parse, read_document};
use crate::cli::exit;
use crate::cli::say::{say, shown, shown_json, tell};
use bonafide_engine::purl::Purl;
use bonafide_engine::sbom::paths::{Paths, shortest_paths};
use bonafide_engine::sbom::{Component, Sbom};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `paths` takes.
#[derive(clap::Args, Debug)]
pub struct PathsArgs {
    /// The SBOM; `-` reads stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A package URL, with or without a version, or a name, as in `log4j-core` or `log4j-core@2.14.1`.
    #[arg(value_name = "PURL-OR-NAME")]
    component: String,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Components answered for; a name may stand for many.
const COMPONENTS_MAX: usize = 20;

/// Looks and reports.
pub fn run(args: &PathsArgs) -> ExitCode {
    find(args).unwrap_or_else(Stop::exit)
}

fn find(args: &PathsArgs) -> Result<ExitCode, Stop> {
    let parsed = parse(read_document(&args.file)?)?;
    let sbom = &parsed.document;
    let found = matching(sbom, args.component.trim());
    let answers: Vec<(u32, Paths)> = found
        .iter()
        .take(COMPONENTS_MAX)
        .map(|index| (*index, shortest_paths(sbom, *index)))
        .collect();
    let left_out = found.len() - answers.len();
    if args.json {
        let components: Vec<Value> = answers
            .iter()
            .map(|(index, paths)| in_json(sbom, *index, paths))
            .collect();
        let words = json!({"components": components, "components_left_out": left_out});
        let words = shown_json(&words);
        say!(
            "{}",
            words.map_err(|error| Stop::new(exit::INTERNAL, error.to_string()))?
        );
    } else {
        for (index, paths) in &answers {
            print(sbom, *index, paths);
        }
        if left_out > 0 {
            say!("and {left_out} components more");
        }
    }
    if answers.is_empty() {
        tell!("no component is called {:?}", shown(&args.component));
        return Ok(ExitCode::from(exit::NOTHING));
    }
    Ok(ExitCode::SUCCESS)
}

/// Components that the words may mean.
fn matching(sbom: &Sbom, words: &str) -> Vec<u32> {
    let purl = Purl::parse(words).ok();
    let is_meant = |component: &Component| match (&purl, &component.purl) {
        (Some(asked), Some(own)) => {
            let same_package =
                asked.ty == own.ty && asked.namespace == own.namespace && asked.name == own.name;
            let has_version = asked.version.is_none() || asked.version == own.version;
            let mut qualifiers = asked.qualifiers.iter();
            let has_all = qualifiers.all(|(key, value)| own.qualifiers.get(key) == Some(value));
            same_package && has_version && has_all
        }
        (Some(_), None) => false,
        (None, _) => is_called(component, words),
    };
    let all = (0..).zip(&sbom.components);
    all.filter(|(_, component)| is_meant(component))
        .map(|(index, _)| index)
        .collect()
}

fn is_called(component: &Component, words: &str) -> bool {
    let names = |words: &str| {
        let group = component.group.as_deref();
        let full = group.map(|group| format!("{group}/{}", component.name));
        component.name == words || full.as_deref() == Some(words)
    };
    let with_version = words.rsplit_once('@').is_some_and(|(name, version)| {
        names(name) && component.version_to_match() == Some(version)
    });
    names(words) || with_version
}

fn component(sbom: &Sbom, index: u32) -> Option<&Component> {
    match index {
        Sbom::SUBJECT => sbom.subject.as_ref(),
        index => sbom.components.get(index as usize),
    }
}

fn label(sbom: &Sbom, index: u32) -> String {
    let Some(component) = component(sbom, index) else {
        return "the product".to_owned();
    };
    match component.version_to_match() {
        Some(version) => format!("{}@{}", shown(&component.name), shown(version)),
        None => shown(&component.name),
    }
}

fn print(sbom: &Sbom, index: u32, paths: &Paths) {
    say!("{}", label(sbom, index));
    if paths.paths.is_empty() {
        say!("  only a circle of components leads there");
    }
    for path in &paths.paths {
        let names: Vec<String> = path.iter().map(|index| label(sbom, *index)).collect();
        say!("  {}", names.join(" > "));
    }
    if paths.more > 0 {
        say!("  and {} paths more of the same length", paths.more);
    }
    if !paths.from_subject && !paths.paths.is_empty() {
        say!("  the document links none of this to the product itself");
    }
}

fn in_json(sbom: &Sbom, index: u32, paths: &Paths) -> Value {
    let entry = |index: u32| {
        let component = component(sbom, index);
        json!({
            "name": component.map(|component| &component.name),
            "version": component.and_then(Component::version_to_match),
            "purl": component.and_then(|component| component.purl_text.as_ref()),
        })
    };
    let list: Vec<Vec<Value>> = paths
        .paths
        .iter()
        .map(|path| path.iter().map(|index| entry(*index)).collect())
        .collect();
    json!({
        "component": entry(index),
        "from_subject": paths.from_subject,
        "length": paths.length(),
        "paths": list,
        "more": paths.more,
    })
}
