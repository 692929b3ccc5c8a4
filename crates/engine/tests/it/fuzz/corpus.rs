//! The corpora: the fixtures of the other tests, and `fixtures/fuzz` for shapes they have not.

use crate::kit;

/// Every JSON file of a fixture folder.
pub fn files(folder: &str) -> Vec<Vec<u8>> {
    let folder = kit::root().join("fixtures").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file() && path.file_name().unwrap() != "README.md");
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// The lines of a fixture, each whole.
pub fn lines(name: &str) -> Vec<Vec<u8>> {
    let cases = kit::cases(name).into_iter();
    cases.map(|(_, line)| line.into_bytes()).collect()
}

/// The fields of a fixture's lines that begin as wanted.
pub fn fields(name: &str, start: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (_, line) in kit::cases(name) {
        let fields = line.split(" | ").map(str::trim);
        let wanted = fields.filter(|field| field.starts_with(start));
        found.extend(wanted.map(|field| field.as_bytes().to_vec()));
    }
    found
}

/// SBOMs of every notation; the rich fixtures give a document a line.
pub fn sboms() -> Vec<Vec<u8>> {
    let mut all = files("sboms");
    all.extend(files("fuzz"));
    let heads = [
        (
            "cyclonedx",
            r#"{"bomFormat":"CycloneDX","specVersion":"1.6","#,
        ),
        ("spdx", r#"{"spdxVersion":"SPDX-2.3","#),
    ];
    for (name, head) in heads {
        for (_, case) in kit::cases(&format!("documents/{name}.txt")) {
            let body = case.splitn(3, " | ").nth(2).unwrap_or_default();
            all.push(format!("{head}{body}}}").into_bytes());
        }
    }
    let head = r#"{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{"type":"SpdxDocument","spdxId":"e:doc","rootElement":["e:sbom"]},"#;
    for (_, case) in kit::cases("documents/spdx3.txt") {
        let body = case.splitn(3, " | ").nth(2).unwrap_or_default();
        all.push(format!("{head}{body}}}").into_bytes());
    }
    all
}

/// OSV, CVE and CSAF.
pub fn advisories() -> Vec<Vec<u8>> {
    let mut all = files("advisories");
    all.retain(|bytes| bytes.starts_with(b"{"));
    for name in ["languages", "distributions", "products"] {
        all.extend(lines(&format!("matches/gate/{name}.jsonl")));
    }
    all
}

/// Both sides of every comparison of a version fixture.
pub fn versions(file: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (_, line) in kit::cases(&format!("versions/{file}.txt")) {
        let line = line.trim_end_matches(" is unparsable");
        for side in line
            .split([' '])
            .filter(|side| !["<", "=", ">"].contains(side))
        {
            all.push(side.to_owned());
        }
    }
    all.sort();
    all.dedup();
    all
}
