//! What Dependency-Track exports, as files: BOMs and VDRs in CycloneDX JSON, findings in FPF, and
//! its list of projects. What each is, is seen from its content; names and order do not matter.

use super::decisions::Decision;
use crate::intake::rules::tidy_labels;
use crate::sboms::DOCUMENT_BYTES_MAX;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Everything a folder holds.
#[derive(Debug, Default)]
pub struct Export {
    /// By name and version.
    pub projects: Vec<Project>,
    /// Files, or parts of them, that belong to no project, in sentences.
    pub left: Vec<String>,
}

/// A project with what was found about it.
#[derive(Debug, Default)]
pub struct Project {
    pub name: String,
    pub version: String,
    pub labels: Vec<String>,
    pub is_latest: bool,
    /// The file with its BOM: of many large ones, one at a time is in memory.
    pub bom: Option<PathBuf>,
    pub decisions: Vec<Decision>,
    /// What of it cannot be carried, in sentences.
    pub left: Vec<String>,
}

/// Most files of a folder that are read.
const FILES_MAX: usize = 200_000;

/// Reads the files of a folder, not those of folders in it.
pub fn read_folder(folder: &Path) -> std::io::Result<Export> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    let mut reading = Reading::default();
    for path in paths.iter().skip(FILES_MAX) {
        reading.left(path, "is more than this command reads at once");
    }
    for path in paths.iter().take(FILES_MAX) {
        let size = path.metadata()?.len();
        if size > DOCUMENT_BYTES_MAX as u64 {
            reading.left(path, "is larger than 128 MiB");
            continue;
        }
        let bytes = std::fs::read(path)?;
        reading.file(path, &bytes);
    }
    let mut projects: Vec<Project> = reading.projects.into_values().collect();
    for project in &mut projects {
        let decisions = &mut project.decisions;
        decisions.sort_by_key(|decision| !decision.is_founded());
        let mut seen = BTreeSet::new();
        project.left.retain(|text| seen.insert(text.clone()));
    }
    let left = reading.left;
    Ok(Export { projects, left })
}

#[derive(Default)]
struct Reading {
    projects: BTreeMap<(String, String), Project>,
    left: Vec<String>,
}

impl Reading {
    fn left(&mut self, path: &Path, why: &str) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.left.push(format!("{name} {why}"));
    }

    fn file(&mut self, path: &Path, bytes: &[u8]) {
        let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
            return self.left(path, "is no JSON; export BOMs as CycloneDX JSON");
        };
        let is_findings = value.get("findings").is_some_and(Value::is_array);
        if value.get("bomFormat") == Some(&Value::from("CycloneDX")) {
            self.cyclonedx(path, &value);
        } else if is_findings && value.get("project").is_some() {
            self.findings(path, &value);
        } else if let Some(list) = value.as_array().filter(|list| list.iter().all(is_project)) {
            for project in list {
                self.facts(path, project);
            }
        } else {
            self.left(path, "is no BOM, no FPF export and no list of projects");
        }
    }

    /// The project that an object with `name` and `version` means.
    fn project(&mut self, path: &Path, about: Option<&Value>) -> Option<&mut Project> {
        let text = |name: &str| {
            let text = about.and_then(|about| about.get(name)?.as_str());
            text.map(str::trim).filter(|text| !text.is_empty())
        };
        let (Some(name), Some(version)) = (text("name"), text("version")) else {
            let name = text("name").unwrap_or("a project without a name");
            self.left(
                path,
                &format!("is about {name}, without a version; a release needs one"),
            );
            return None;
        };
        let key = (name.to_owned(), version.to_owned());
        Some(self.projects.entry(key).or_insert_with(|| Project {
            name: name.to_owned(),
            version: version.to_owned(),
            ..Project::default()
        }))
    }

    /// A BOM, or what was decided about its vulnerabilities.
    fn cyclonedx(&mut self, path: &Path, value: &Value) {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let about = value.pointer("/metadata/component");
        let Some(project) = self.project(path, about) else {
            return;
        };
        let flaws = list(value, "vulnerabilities");
        let has_components = !list(value, "components").is_empty();
        if flaws.iter().any(|flaw| flaw.get("analysis").is_some()) {
            if !has_components {
                let text = "{file} does not say which component each decision is about; export \
                            the BOM as VDR";
                project.left.push(text.replace("{file}", &file));
                return;
            }
            // A VDR lists only components with flaws, so that it is not the project's BOM.
            let purls = purls_by_ref(value);
            for flaw in flaws {
                project.analysed(flaw, &purls);
            }
        } else if !flaws.is_empty() {
            let text = format!(
                "{file} has vulnerabilities without decisions; it may be a VDR, which is not the \
                 whole BOM: export the variant inventory"
            );
            project.left.push(text);
        } else if !has_components {
            project.left.push(format!("{file} has no components"));
        } else if project.bom.is_some() {
            project
                .left
                .push(format!("{file} is a second BOM; the first one was taken"));
        } else {
            project.bom = Some(path.to_owned());
        }
    }

    fn findings(&mut self, path: &Path, value: &Value) {
        let Some(project) = self.project(path, value.get("project")) else {
            return;
        };
        if let Some(facts) = value.get("project") {
            project.facts(facts);
        }
        for finding in list(value, "findings") {
            let flaw = finding.get("vulnerability").unwrap_or(&Value::Null);
            let mut names: BTreeSet<String> = text(flaw, "vulnId").into_iter().collect();
            for alias in list(flaw, "aliases") {
                let members = alias.as_object().into_iter().flatten();
                names.extend(members.filter_map(|(_, name)| name.as_str().map(str::to_owned)));
            }
            let purl = finding.get("component").and_then(|c| text(c, "purl"));
            let analysis = finding.get("analysis").unwrap_or(&Value::Null);
            project.decided(analysis, names, purl.as_deref());
        }
    }

    fn facts(&mut self, path: &Path, value: &Value) {
        if let Some(project) = self.project(path, Some(value)) {
            project.facts(value);
        }
    }
}

impl Project {
    /// Tags and flags of a project object.
    fn facts(&mut self, value: &Value) {
        let tags = list(value, "tags").iter();
        let tags: Vec<String> = tags.filter_map(|tag| text(tag, "name")).collect();
        let all = self.labels.iter().chain(&tags).map(String::as_str);
        self.labels = tidy_labels(all);
        self.is_latest |= value.get("isLatest") == Some(&Value::Bool(true));
        if value.get("active") == Some(&Value::Bool(false)) {
            self.left
                .push("it was inactive; withdraw the release if it left the market".into());
        }
        if value.get("parent").is_some_and(Value::is_object) {
            self.left
                .push("it had a parent; products here have none".into());
        }
    }

    /// A vulnerability of a VDR.
    fn analysed(&mut self, flaw: &Value, purls: &BTreeMap<&str, &str>) {
        let mut names: BTreeSet<String> = text(flaw, "id").into_iter().collect();
        names.extend(
            list(flaw, "references")
                .iter()
                .filter_map(|r| text(r, "id")),
        );
        let analysis = flaw.get("analysis").unwrap_or(&Value::Null);
        for place in list(flaw, "affects") {
            let purl = place.get("ref").and_then(Value::as_str);
            let purl = purl.and_then(|place| purls.get(place).copied());
            self.decided(analysis, names.clone(), purl);
        }
    }

    fn decided(&mut self, analysis: &Value, names: BTreeSet<String>, purl: Option<&str>) {
        let known = purl.unwrap_or("a component without a package URL");
        match Decision::read(analysis, names, known) {
            None => {}
            Some(Err(left)) => self.left.push(left),
            Some(Ok(decision)) if purl.is_none() => self.left.push(decision.without_finding()),
            // The same decision often stands in the VDR and in the FPF.
            Some(Ok(decision)) if self.decisions.contains(&decision) => {}
            Some(Ok(decision)) => self.decisions.push(decision),
        }
    }
}

fn is_project(value: &Value) -> bool {
    value.get("name").is_some() && value.get("uuid").is_some()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text(value: &Value, name: &str) -> Option<String> {
    let text = value.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The package URLs of a document's components by their `bom-ref`.
fn purls_by_ref(document: &Value) -> BTreeMap<&str, &str> {
    let mut purls = BTreeMap::new();
    let mut waiting: Vec<&Value> = document.get("components").into_iter().collect();
    while let Some(list) = waiting.pop() {
        for component in list.as_array().into_iter().flatten() {
            let text = |name: &str| component.get(name).and_then(Value::as_str);
            if let (Some(place), Some(purl)) = (text("bom-ref"), text("purl")) {
                purls.insert(place, purl);
            }
            waiting.extend(component.get("components"));
        }
    }
    purls
}
