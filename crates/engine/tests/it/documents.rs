//! The rich model: every field of every format by a line of `fixtures/documents`, and the real
//! SBOMs beside the project, whose components must be as many as the lean reader finds.

use std::time::{Duration, Instant};

use bonafide_engine::sbom::document::{self, Claim, Dependencies, Document, License, Part, Party};
use bonafide_engine::sbom::{Limits, read};

use crate::kit;

/// A field of the document in words. `part.` is the first component, `subject.` the subject.
#[track_caller]
fn show(document: &Document, field: &str) -> String {
    if let Some(field) = field.strip_prefix("part.") {
        return show_part(document.parts.first().expect("a component"), field);
    }
    if let Some(field) = field.strip_prefix("subject.") {
        return show_part(document.subject.as_ref().expect("a subject"), field);
    }
    match field {
        "spec" => document.spec_version.clone(),
        "serial" => text(document.serial_number.as_ref()),
        "version" => text(document.version.as_ref()),
        "name" => text(document.name.as_ref()),
        "created" => text(document.created_at_text.as_ref()),
        "authors" => list(&document.authors, party),
        "manufacturer" => list(document.manufacturer.as_slice(), party),
        "supplier" => list(document.supplier.as_slice(), party),
        "tools" => list(&document.tools, |tool| {
            let parts = [
                tool.vendor.as_deref(),
                Some(&*tool.name),
                tool.version.as_deref(),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }),
        "lifecycles" => list(&document.lifecycles, Clone::clone),
        "data-licenses" => list(&document.data_licenses, Clone::clone),
        "signed" => document.is_signed.to_string(),
        "parts" => list(&document.parts, |part| {
            let parent = part.parent.map(|parent| format!("<{parent}"));
            format!("{}{}", part.name, parent.unwrap_or_default())
        }),
        "dependencies" => list(&document.dependencies, dependencies),
        "compositions" => list(&document.compositions, |composition| {
            let of = [&composition.assemblies, &composition.dependencies];
            format!("{} {:?}", composition.aggregate, of)
        }),
        "vulnerabilities" => list(&document.vulnerabilities, |statement| {
            let said = [
                &statement.source,
                &statement.state,
                &statement.justification,
            ];
            let said = said.map(|text| text.as_deref().unwrap_or("-")).join(" ");
            format!(
                "{} {said} {:?} {:?}",
                statement.id, statement.affects, statement.responses
            )
        }),
        "references" => list(&document.references, |link| {
            format!("{} {}", link.kind, link.url)
        }),
        "properties" => list(&document.properties, |(name, value)| {
            format!("{name}={value}")
        }),
        "texts" => list(&document.license_texts, |own| {
            format!(
                "{} {} {}",
                own.id,
                text(own.name.as_ref()),
                text(own.text.as_ref())
            )
        }),
        "lost" => list(&document.not_understood, |lost| {
            format!("{} {} x{}", lost.field, lost.place, lost.times)
        }),
        other => panic!("no field {other}"),
    }
}

#[track_caller]
fn show_part(part: &Part, field: &str) -> String {
    match field {
        "ref" => part.reference.clone(),
        "place" => part.place.clone(),
        "kind" => part.kind.clone(),
        "group" => text(part.group.as_ref()),
        "name" => part.name.clone(),
        "version" => claim(&part.version, Clone::clone),
        "range" => text(part.version_range.as_ref()),
        "external" => part.is_external.to_string(),
        "scope" => text(part.scope.as_ref()),
        "purls" => list(&part.purls, Clone::clone),
        "cpes" => list(&part.cpes, Clone::clone),
        "ids" => list(&part.identifiers, |(kind, id)| format!("{kind}={id}")),
        "manufacturer" => claim(&part.manufacturer, party),
        "supplier" => claim(&part.supplier, party),
        "publisher" => text(part.publisher.as_ref()),
        "authors" => list(&part.authors, party),
        "description" => text(part.description.as_ref()),
        "copyright" => claim(&part.copyright, Clone::clone),
        "declared" => claim(&part.licenses_declared, |licenses| list(licenses, license)),
        "concluded" => claim(&part.licenses_concluded, |licenses| list(licenses, license)),
        "unacknowledged" => part.are_licenses_unacknowledged.to_string(),
        "hashes" => list(&part.hashes, |hash| {
            format!("{}:{}", hash.algorithm, hash.value)
        }),
        "references" => list(&part.references, |link| {
            let hashes = list(&link.hashes, |hash| {
                format!("{}:{}", hash.algorithm, hash.value)
            });
            let shown = format!("{} {} {hashes}", link.kind, link.url);
            shown.trim_end_matches(" -").to_owned()
        }),
        "file" => text(part.file_name.as_ref()),
        "source" => text(part.source_info.as_ref()),
        "properties" => list(&part.properties, |(name, value)| format!("{name}={value}")),
        other => panic!("no field {other} of a component"),
    }
}

fn text<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "-".to_owned(), ToString::to_string)
}

fn list<T>(items: &[T], show: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(show).collect();
    if items.is_empty() {
        return "-".to_owned();
    }
    items.join("; ")
}

fn claim<T>(claim: &Claim<T>, show: impl Fn(&T) -> String) -> String {
    match claim {
        Claim::Absent => "-".to_owned(),
        Claim::Unknown => "unknown".to_owned(),
        Claim::None => "none".to_owned(),
        Claim::Known(value) => show(value),
    }
}

fn party(party: &Party) -> String {
    let who = if party.is_person { "person" } else { "party" };
    let name = party.name.as_deref().unwrap_or("-");
    let reach = [party.emails.as_slice(), party.urls.as_slice()]
        .concat()
        .join(" ");
    format!("{who} {name} {reach}").trim_end().to_owned()
}

fn license(license: &License) -> String {
    match license {
        License::Id(id) => format!("id {id}"),
        License::Named { name, text } => {
            let text = text.as_ref().map(|text| format!(" [{text}]"));
            format!("name {name}{}", text.unwrap_or_default())
        }
        License::Expression(text) => format!("expression {text}"),
    }
}

fn dependencies(entry: &Dependencies) -> String {
    let complete = match entry.is_complete {
        None => "",
        Some(true) => " complete",
        Some(false) => " incomplete",
    };
    let to = entry.to.join(",");
    let shown = format!("{} {} {to}", entry.from, entry.kind);
    format!("{}{complete}", shown.trim_end())
}

/// Lines `field | expected | document`; the document without its first fields, which `head` gives.
#[track_caller]
fn check(fixture: &str, head: &str) {
    let mut wrong = Vec::new();
    for (line, case) in kit::cases(fixture) {
        let mut fields = case.splitn(3, " | ");
        let mut next = || fields.next().expect("field | expected | document").trim();
        let (field, expected, rest) = (next(), next(), next());
        // Inside a graph even the first thing is an object.
        let json = if rest.starts_with('{') && !head.contains("@graph") {
            rest.to_owned()
        } else {
            format!("{{{head}{rest}}}")
        };
        let document = document::read(json.as_bytes(), &Limits::default())
            .unwrap_or_else(|error| panic!("{fixture}:{line}: {error}"));
        let shown = show(&document, field);
        if shown != expected {
            wrong.push(format!(
                "{fixture}:{line}: {field} is {shown:?}, not {expected:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_field_of_cyclonedx_has_its_place() {
    check(
        "documents/cyclonedx.txt",
        r#""bomFormat":"CycloneDX","specVersion":"1.6","#,
    );
}

#[test]
fn every_field_of_spdx_2_has_its_place() {
    check(
        "documents/spdx.txt",
        r#""spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","#,
    );
}

#[test]
fn every_field_of_spdx_3_has_its_place() {
    check("documents/spdx3.txt", SPDX_3_HEAD);
}

/// A document with one author; a case goes on inside the graph and closes it.
const SPDX_3_HEAD: &str = concat!(
    r#""@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":["#,
    r#"{"type":"CreationInfo","@id":"_:c","specVersion":"3.0.1","created":"2026-01-01T00:00:00Z","#,
    r#""createdBy":["e:ann"],"createdUsing":["e:tool"]},{"type":"Tool","spdxId":"e:tool","name":"scan-1.0"},"#,
    r#"{"type":"Person","spdxId":"e:ann","name":"Ann","externalIdentifier":[{"type":"ExternalIdentifier","#,
    r#""externalIdentifierType":"email","identifier":"a@example.org"}]},"#,
    r#"{"type":"SpdxDocument","spdxId":"e:doc","name":"doc","creationInfo":"_:c","rootElement":["e:sbom"]},"#,
);

#[test]
fn real_documents_have_the_components_the_lean_reader_finds() {
    let Some(archive) = kit::shared("sbom/sboms.tar.zst") else {
        return;
    };
    let (mut same, mut refused, mut wrong) = (0, 0, Vec::new());
    let mut longest = (Duration::ZERO, String::new());
    kit::each_in_tar_zst(&archive, |name, bytes| {
        let lean = read(bytes, &Limits::default());
        let from = Instant::now();
        let rich = document::read(bytes, &Limits::default());
        let spent = from.elapsed();
        if spent > longest.0 {
            longest = (spent, name.to_owned());
        }
        match (lean, rich) {
            (Ok(lean), Ok(rich)) if lean.components.len() == rich.parts.len() => same += 1,
            (Ok(lean), Ok(rich)) => {
                let counts = (lean.components.len(), rich.parts.len());
                wrong.push(format!("{name}: lean and rich {counts:?}"));
            }
            (Err(_), Err(_)) => refused += 1,
            (Ok(_), Err(error)) => wrong.push(format!("{name}: refused: {error}")),
            (Err(error), Ok(rich)) if rich.format.as_str() == "spdx3-json-ld" => {
                println!("only rich {name}: {} {error}", rich.parts.len());
            }
            (Err(error), Ok(_)) => wrong.push(format!("{name}: only rich: {error}")),
        }
    });
    println!("{same} documents alike, {refused} refused by both; longest {longest:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(same > 0);
}
