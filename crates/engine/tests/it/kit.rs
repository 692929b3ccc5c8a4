//! What all tests share: fixtures of one line a case, and the real data beside the project.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// The project's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text of a fixture, named from `fixtures/`.
#[track_caller]
pub fn fixture(name: &str) -> String {
    let path = root().join("fixtures").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The cases of a fixture: line number and text, without comments and blank lines.
#[track_caller]
pub fn cases(name: &str) -> Vec<(usize, String)> {
    let text = fixture(name);
    let lines = (1..).zip(text.lines().map(|line| line.trim().to_owned()));
    let cases: Vec<_> = lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!(!cases.is_empty(), "{name} has no cases");
    cases
}

/// A file or folder of the real data, or `None` after saying so: the data is no part of the
/// project, so a fresh clone runs without it.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    println!("real data ../shared/data/{name} is absent: nothing checked");
    None
}

/// Calls `each` with the name and bytes of every file in a zip archive.
pub fn each_in_zip(path: &Path, mut each: impl FnMut(&str, &[u8])) {
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        each(&name, &bytes);
    }
}

/// Calls `each` with the name and bytes of every file in a tar archive packed with zstd.
pub fn each_in_tar_zst(path: &Path, mut each: impl FnMut(&str, &[u8])) {
    let mut bytes = Vec::new();
    let file = BufReader::new(File::open(path).unwrap());
    zstd::Decoder::new(file)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    let mut rest = bytes.as_slice();
    let mut long_name: Option<String> = None;
    while rest.len() >= 512 && rest[0] != 0 {
        let (header, after) = rest.split_at(512);
        let text = |range: std::ops::Range<usize>| {
            let field = &header[range];
            let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
            String::from_utf8_lossy(&field[..end]).into_owned()
        };
        let size = usize::from_str_radix(text(124..136).trim(), 8).unwrap();
        let (content, next) = after.split_at(size.div_ceil(512) * 512);
        let content = &content[..size];
        match header[156] {
            b'L' => {
                let name = String::from_utf8_lossy(content);
                long_name = Some(name.trim_end_matches('\0').to_owned());
            }
            // A pax header: lines of "length key=value"; only the path matters here.
            b'x' => {
                let lines = String::from_utf8_lossy(content);
                let path = lines.lines().find_map(|line| line.split_once(" path="));
                long_name = path.map(|(_, path)| path.to_owned());
            }
            b'0' | 0 => {
                let prefix = if &header[257..263] == b"ustar\0" {
                    text(345..500)
                } else {
                    String::new()
                };
                let short = text(0..100);
                let short = if prefix.is_empty() {
                    short
                } else {
                    format!("{prefix}/{short}")
                };
                each(&long_name.take().unwrap_or(short), content);
            }
            _ => long_name = None,
        }
        rest = next;
    }
}
