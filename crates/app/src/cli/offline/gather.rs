//! Everything that the paths of a command line say about some packages, and about one flaw.

use super::Troubles;
use super::found::{self, Source};
use super::index::{Build, Built, Index, IndexError};
use super::pool::{Pool, Wanted, is_later};
use super::world;
use crate::advisories::reading::{self, Records};
use crate::cli::exit;
use crate::cli::sbom::Stop;
use bonafide_engine::advisory::ADVISORY_BYTES_MAX;
use bonafide_engine::alias::Group;
use bonafide_engine::package::PackageKey;
use bonafide_engine::scan::{Catalogue, Feed, Flaws, Record, RecordFacts, World};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// What is asked for.
#[derive(Default)]
pub struct Query<'a> {
    pub packages: BTreeSet<PackageKey>,
    /// The id of a flaw of which every record is wanted.
    pub flaw: Option<&'a str>,
    pub advisories: &'a [PathBuf],
    pub kev: &'a [PathBuf],
    pub epss: &'a [PathBuf],
}

/// What was found.
pub struct Gathered {
    pub catalogue: Catalogue,
    pub world: World,
    /// The flaw asked for, and every record of it.
    pub flaw: Option<Group>,
    pub facts: Vec<RecordFacts>,
    /// Whether anything could not be read.
    pub is_torn: bool,
}

/// Catalogues that lie among the advisories: name and path.
type Catalogues = Vec<(String, PathBuf)>;

/// Reads what is asked for.
pub fn gather(query: Query<'_>) -> Result<Gathered, Stop> {
    let mut troubles = Troubles::default();
    let mut pool = Pool::new(Wanted::Packages(query.packages), query.flaw.is_some());
    let mut catalogues = Catalogues::new();
    let mut indexes = Vec::new();
    for path in query.advisories {
        for source in found::find(path)? {
            if let Source::Index(path) = source {
                let index = Index::open(&path).map_err(|error| refused(&path, &error))?;
                let first = pool.feeds.len();
                pool.feeds.extend(index.feeds.iter().cloned());
                pool.ecosystems.extend(index.ecosystems.iter().cloned());
                indexes.push((path, index, first));
            } else {
                take(source, &mut pool, &mut catalogues, &mut troubles)?;
            }
        }
    }
    for path in query.kev.iter().chain(query.epss) {
        for source in found::find(path)? {
            match source {
                Source::Files { name, files, .. } => {
                    catalogues.extend(files.into_iter().map(|file| (name.clone(), file)));
                }
                Source::Catalogue { name, path } => catalogues.push((name, path)),
                Source::Index(path) | Source::Archive { path, .. } => {
                    let text = format!("{} is no catalogue", path.display());
                    return Err(Stop::new(exit::REJECTED, text));
                }
            }
        }
    }
    let mut gathered = settle(pool, indexes, query.flaw, &mut troubles)?;
    let feeds = &mut gathered.catalogue.feeds;
    let flaws = gathered.catalogue.flaws.iter().chain(&gathered.flaw);
    let ids: HashSet<&str> = flaws
        .flat_map(|flaw| flaw.members.iter().map(String::as_str))
        .collect();
    for (name, path) in catalogues {
        let feed = world::read(&name, &path, &ids, &mut gathered.world, &mut troubles);
        feeds.push(feed.map_err(|error| {
            let text = format!("{}: {error}", path.display());
            Stop::new(exit::REJECTED, text)
        })?);
    }
    gathered.is_torn = gathered
        .catalogue
        .feeds
        .iter()
        .any(|feed| feed.unreadable > 0);
    troubles.end();
    Ok(gathered)
}

/// Makes an index of what lies under the paths.
pub fn index(paths: &[PathBuf], out: &Path) -> Result<(Built, Vec<Feed>), Stop> {
    let cannot = |error: std::io::Error| {
        let text = format!("cannot write {}: {error}", out.display());
        Stop::new(exit::USAGE, text)
    };
    let mut troubles = Troubles::default();
    let build = Build::new(out).map_err(cannot)?;
    let mut pool = Pool::new(Wanted::All(Box::new(build)), true);
    let mut catalogues = Catalogues::new();
    for path in paths {
        for source in found::find(path)? {
            if let Source::Index(path) = source {
                let text = format!(
                    "{} is an index already; name what it was made of",
                    path.display()
                );
                return Err(Stop::new(exit::USAGE, text));
            }
            take(source, &mut pool, &mut catalogues, &mut troubles)?;
        }
    }
    for (name, _) in catalogues {
        troubles.add(
            &name,
            "left out",
            "An index holds advisories; give catalogues beside it.",
        );
    }
    let mut flaws = pool.flaws(&mut troubles);
    flaws.settle();
    troubles.end();
    let Pool {
        wanted,
        feeds,
        ecosystems,
        seen,
        ..
    } = pool;
    if seen.is_empty() {
        let code = if feeds.iter().any(|feed| feed.unreadable > 0) {
            exit::REJECTED
        } else {
            exit::NOTHING
        };
        let text = "not one advisory could be read under these paths, so there is no index";
        return Err(Stop::new(code, text));
    }
    let facts: BTreeMap<u32, RecordFacts> = seen
        .into_values()
        .map(|seen| (seen.reading, seen.facts))
        .collect();
    let Wanted::All(build) = wanted else {
        return Err(Stop::new(exit::INTERNAL, "the index has no place to go"));
    };
    let built = build.finish(out, &feeds, &ecosystems, &facts, &flaws);
    Ok((built.map_err(cannot)?, feeds))
}

fn refused(path: &Path, error: &IndexError) -> Stop {
    let code = match error {
        IndexError::Io(_) => exit::USAGE,
        _ => exit::REJECTED,
    };
    Stop::new(code, format!("{}: {error}", path.display()))
}

fn take(
    source: Source,
    pool: &mut Pool,
    catalogues: &mut Catalogues,
    troubles: &mut Troubles,
) -> Result<(), Stop> {
    match source {
        Source::Index(_) => Ok(()),
        Source::Catalogue { name, path } => {
            catalogues.push((name, path));
            Ok(())
        }
        Source::Archive { name, path } => archive(&name, path, pool, troubles),
        Source::Files { name, root, files } => {
            loose(&name, &root, files, pool, catalogues, troubles)
        }
    }
}

fn archive(
    name: &str,
    path: PathBuf,
    pool: &mut Pool,
    troubles: &mut Troubles,
) -> Result<(), Stop> {
    pool.begin(name, "osv");
    let mut records = match Records::open(&reading::Source::Archive(path)) {
        Ok(records) => records,
        Err(error) => {
            pool.miss("the archive", &format!("{error:#}"), troubles);
            return Ok(());
        }
    };
    loop {
        match records.next() {
            Ok(None) => return Ok(()),
            Ok(Some(raw)) => match raw.bytes {
                Ok(bytes) => pool.take(&raw.name, &bytes, troubles).map_err(failed)?,
                Err(code) => pool.miss(&raw.name, code, troubles),
            },
            Err(error) => {
                pool.miss("the archive", &format!("{error:#}"), troubles);
                return Ok(());
            }
        }
    }
}

fn failed(text: String) -> Stop {
    Stop::new(exit::USAGE, text)
}

fn loose(
    source: &str,
    root: &Path,
    files: Vec<PathBuf>,
    pool: &mut Pool,
    catalogues: &mut Catalogues,
    troubles: &mut Troubles,
) -> Result<(), Stop> {
    let first = pool.feeds.len();
    pool.begin(source, "osv");
    let mut bytes = Vec::new();
    for path in files {
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
        let name = name.replace('\\', "/");
        bytes.clear();
        let limit = ADVISORY_BYTES_MAX as u64 + 1;
        let read = File::open(&path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
        match read {
            Err(error) => pool.miss(&name, &error.to_string(), troubles),
            Ok(_) if is_catalogue(&bytes) => {
                catalogues.push((name, path));
            }
            Ok(_) => match several(&bytes) {
                Some(records) => {
                    for record in records {
                        let bytes = record.get().as_bytes();
                        pool.take(&name, bytes, troubles).map_err(failed)?;
                    }
                }
                None => pool.take(&name, &bytes, troubles).map_err(failed)?,
            },
        }
    }
    // A path that held nothing but catalogues is no feed of advisories.
    let is_empty = pool
        .feeds
        .get(first)
        .is_some_and(|feed| feed.records + feed.unreadable == 0);
    if is_empty {
        pool.feeds.truncate(first);
    }
    Ok(())
}

/// Whether JSON is a catalogue of known exploitation and not a record.
fn is_catalogue(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let has = |key: &str| head.contains(key);
    match head.as_bytes().first() {
        Some(b'{') => {
            !has("\"$schema\"") && has("\"catalogVersion\"") && has("\"vulnerabilities\"")
        }
        Some(b'[') => has("\"cveId\"") || has("\"euvdId\""),
        _ => false,
    }
}

/// The records of a file that holds a list of them.
fn several(bytes: &[u8]) -> Option<Vec<&serde_json::value::RawValue>> {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    (first == Some(&b'[')).then(|| serde_json::from_slice(bytes).ok())?
}

/// An index, the path it came from, and the place of its first feed among all feeds.
type Opened = (PathBuf, Index, usize);

fn settle(
    mut pool: Pool,
    mut indexes: Vec<Opened>,
    flaw: Option<&str>,
    troubles: &mut Troubles,
) -> Result<Gathered, Stop> {
    let mut groups = Groups {
        forest: pool.flaws(troubles),
        members: HashMap::new(),
    };
    for (path, index, first) in &mut indexes {
        let own = std::mem::take(&mut pool.hits);
        pool.hits =
            join(index, *first, own, &pool, &mut groups).map_err(|error| refused(path, &error))?;
    }
    let mut facts: BTreeMap<String, RecordFacts> = BTreeMap::new();
    if let Some(asked) = flaw {
        for (path, index, first) in &mut indexes {
            let found = index.flaw(asked).map_err(|error| refused(path, &error))?;
            let Some((group, own)) = found else { continue };
            groups
                .forest
                .add_group(group.members.iter().map(String::as_str));
            for fact in own {
                let feed = fact.feed + *first;
                add_newest(&mut facts, RecordFacts { feed, ..fact });
            }
        }
    }
    let Groups {
        mut forest,
        members,
    } = groups;
    for group in members.values() {
        forest.add_group(group.iter().map(String::as_str));
    }
    forest.settle();
    let mut catalogue = Catalogue {
        ecosystems: pool.ecosystems,
        feeds: pool.feeds,
        ..Catalogue::default()
    };
    let mut places: HashMap<u32, usize> = HashMap::new();
    for mut record in pool.hits.into_values() {
        let Some(number) = forest.number_of(&record.id) else {
            continue;
        };
        record.flaw = *places.entry(number).or_insert_with(|| {
            catalogue.flaws.extend(forest.group(number));
            catalogue.flaws.len() - 1
        });
        catalogue.records.push(record);
    }
    let number = flaw.and_then(|asked| forest.number_of(asked));
    for seen in pool.seen.into_values() {
        if number.is_some() && forest.number_of(&seen.facts.id) == number {
            add_newest(&mut facts, seen.facts);
        }
    }
    Ok(Gathered {
        catalogue,
        world: World::default(),
        flaw: number.and_then(|number| forest.group(number)),
        facts: facts.into_values().collect(),
        is_torn: false,
    })
}

/// What is known of groups: from records that were read, and from indexes by their first id.
struct Groups {
    forest: Flaws,
    members: HashMap<String, Vec<String>>,
}

fn add_newest(facts: &mut BTreeMap<String, RecordFacts>, fact: RecordFacts) {
    let is_newer = facts
        .get(&fact.id)
        .is_none_or(|held| is_later(&fact.modified, &held.modified));
    if is_newer {
        facts.insert(fact.id.clone(), fact);
    }
}

/// Joins what an index says to what was read beside it; of one id, the newest state counts.
fn join(
    index: &mut Index,
    first: usize,
    mut hits: BTreeMap<String, Record>,
    pool: &Pool,
    groups: &mut Groups,
) -> Result<BTreeMap<String, Record>, IndexError> {
    for (id, seen) in &pool.seen {
        for name in std::iter::once(id).chain(&*seen.aliases) {
            let Some((group, facts)) = index.flaw(name)? else {
                continue;
            };
            let is_older = |fact: &RecordFacts| {
                fact.id == *id && is_later(&fact.modified, &seen.facts.modified)
            };
            if facts.iter().any(is_older) {
                hits.remove(id);
            }
            groups.members.insert(group.canonical, group.members);
        }
    }
    let Wanted::Packages(packages) = &pool.wanted else {
        return Ok(hits);
    };
    index.records(packages, |mut record, members| {
        let newer = |held: &str| is_later(&record.modified, held);
        let is_older = pool
            .seen
            .get(&record.id)
            .is_some_and(|seen| !newer(&seen.facts.modified));
        if is_older {
            return Ok(());
        }
        record.feed += first;
        if let Some(canonical) = members.first()
            && !groups.members.contains_key(canonical)
        {
            groups.members.insert(canonical.clone(), members);
        }
        match hits.get_mut(&record.id) {
            // The same record under another of its packages.
            Some(held) if held.feed == record.feed => held.affected.append(&mut record.affected),
            Some(held) if !is_later(&record.modified, &held.modified) => {}
            _ => drop(hits.insert(record.id.clone(), record)),
        }
        Ok(())
    })?;
    Ok(hits)
}
