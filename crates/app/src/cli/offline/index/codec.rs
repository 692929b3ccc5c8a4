//! How a record is written in the index: lengths and small numbers as LEB128, texts as UTF-8.
//! Reading trusts nothing: a length that does not fit ends it.

use bonafide_engine::advisory::{Affected, Event, Range, RangeKind};
use bonafide_engine::alias::Group;
use bonafide_engine::package::PackageKey;
use bonafide_engine::scan::{Feed, Record, RecordFacts};
use bonafide_engine::severity::SeverityText;

/// Bytes that do not say what they should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

type Read<T> = Result<T, Damaged>;

/// Writes values one after the other.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    pub fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 & 0x7f | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub fn option(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    pub fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.number(items.len() as u64);
        for item in items {
            each(self, item);
        }
    }

    pub fn texts(&mut self, texts: &[String]) {
        self.list(texts, |out, text| out.text(text));
    }
}

/// Reads what a [`Writer`] wrote.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn number(&mut self) -> Read<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or(Damaged)?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Damaged)
    }

    fn length(&mut self) -> Read<usize> {
        let length = usize::try_from(self.number()?).map_err(|_| Damaged)?;
        // Every item takes a byte at least, so no length asks for memory that was not sent.
        (length <= self.0.len()).then_some(length).ok_or(Damaged)
    }

    pub fn text(&mut self) -> Read<&'a str> {
        let length = self.length()?;
        let (text, rest) = self.0.split_at_checked(length).ok_or(Damaged)?;
        self.0 = rest;
        std::str::from_utf8(text).map_err(|_| Damaged)
    }

    pub fn owned(&mut self) -> Read<String> {
        self.text().map(str::to_owned)
    }

    pub fn option(&mut self) -> Read<Option<String>> {
        match self.number()? {
            0 => Ok(None),
            1 => self.owned().map(Some),
            _ => Err(Damaged),
        }
    }

    pub fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let length = self.length()?;
        let mut items = Vec::with_capacity(length.min(1024));
        for _ in 0..length {
            items.push(each(self)?);
        }
        Ok(items)
    }

    pub fn texts(&mut self) -> Read<Vec<String>> {
        self.list(Self::owned)
    }
}

/// What a record says of one package; its flaw follows apart, for it is known later.
pub fn write_record(out: &mut Writer, record: &Record, package: &PackageKey) {
    let Record {
        id,
        flaw: _,
        feed,
        modified,
        published,
        withdrawn,
        upstream,
        severities,
        affected,
    } = record;
    out.text(id);
    out.number(*feed as u64);
    out.text(modified);
    out.option(published.as_deref());
    out.option(withdrawn.as_deref());
    out.texts(upstream);
    out.list(severities, write_severity);
    let own: Vec<&Affected> = affected.iter().filter(|e| e.package == *package).collect();
    out.list(&own, |out, entry| write_affected(out, entry));
}

pub fn read_record(from: &mut Reader<'_>, package: &PackageKey) -> Read<Record> {
    Ok(Record {
        id: from.owned()?,
        flaw: 0,
        feed: usize::try_from(from.number()?).map_err(|_| Damaged)?,
        modified: from.owned()?,
        published: from.option()?,
        withdrawn: from.option()?,
        upstream: from.texts()?,
        severities: from.list(read_severity)?,
        affected: from.list(|from| read_affected(from, package))?,
    })
}

fn write_severity(out: &mut Writer, severity: &SeverityText) {
    out.text(&severity.kind);
    out.text(&severity.score);
}

fn read_severity(from: &mut Reader<'_>) -> Read<SeverityText> {
    Ok(SeverityText {
        kind: from.owned()?,
        score: from.owned()?,
    })
}

fn write_affected(out: &mut Writer, entry: &Affected) {
    // Taken apart by name, so that a new field cannot be forgotten here.
    let Affected {
        package: _,
        ecosystem_text,
        name_text,
        ranges,
        versions,
        severities,
        informational,
        ecosystem_specific,
        database_specific,
        statuses,
        cpe,
        condition,
    } = entry;
    out.text(ecosystem_text);
    out.text(name_text);
    out.list(ranges, write_range);
    out.texts(versions);
    out.list(severities, write_severity);
    out.option(informational.as_deref());
    out.option(ecosystem_specific.as_deref());
    out.option(database_specific.as_deref());
    // Rare and deep: their own short JSON is good enough.
    out.option(json(statuses.as_ref()).as_deref());
    out.option(json(cpe.as_ref()).as_deref());
    out.option(condition.as_deref());
}

fn json<T: serde::Serialize>(value: Option<&T>) -> Option<String> {
    value.and_then(|value| serde_json::to_string(value).ok())
}

fn of_json<T: serde::de::DeserializeOwned>(text: Option<String>) -> Read<Option<T>> {
    let value = text.map(|text| serde_json::from_str(&text));
    value.transpose().map_err(|_| Damaged)
}

fn read_affected(from: &mut Reader<'_>, package: &PackageKey) -> Read<Affected> {
    Ok(Affected {
        package: package.clone(),
        ecosystem_text: from.owned()?,
        name_text: from.owned()?,
        ranges: from.list(read_range)?,
        versions: from.texts()?,
        severities: from.list(read_severity)?,
        informational: from.option()?,
        ecosystem_specific: from.option()?,
        database_specific: from.option()?,
        statuses: of_json(from.option()?)?,
        cpe: of_json(from.option()?)?,
        condition: from.option()?,
    })
}

fn write_range(out: &mut Writer, range: &Range) {
    let Range { kind, repo, events } = range;
    match kind {
        RangeKind::Semver => out.number(0),
        RangeKind::Ecosystem => out.number(1),
        RangeKind::Git => out.number(2),
        RangeKind::Other(kind) => {
            out.number(3);
            out.text(kind);
        }
    }
    out.option(repo.as_deref());
    out.list(events, |out, event| {
        let (tag, at) = match event {
            Event::Introduced(at) => (0, at),
            Event::Fixed(at) => (1, at),
            Event::LastAffected(at) => (2, at),
            Event::Limit(at) => (3, at),
        };
        out.number(tag);
        out.text(at);
    });
}

fn read_range(from: &mut Reader<'_>) -> Read<Range> {
    let kind = match from.number()? {
        0 => RangeKind::Semver,
        1 => RangeKind::Ecosystem,
        2 => RangeKind::Git,
        3 => RangeKind::Other(from.owned()?),
        _ => return Err(Damaged),
    };
    let repo = from.option()?;
    let events = from.list(|from| {
        let tag = from.number()?;
        let at = from.owned()?;
        Ok(match tag {
            0 => Event::Introduced(at),
            1 => Event::Fixed(at),
            2 => Event::LastAffected(at),
            3 => Event::Limit(at),
            _ => return Err(Damaged),
        })
    })?;
    Ok(Range { kind, repo, events })
}

/// A flaw with every record of it.
pub fn write_flaw(out: &mut Writer, flaw: &Group, facts: &[RecordFacts]) {
    out.texts(&flaw.members);
    out.list(facts, |out, fact| {
        out.text(&fact.id);
        out.number(fact.feed as u64);
        out.text(&fact.modified);
        out.option(fact.withdrawn.as_deref());
        out.list(&fact.packages, |out, key| {
            out.text(&key.ecosystem);
            out.text(&key.name);
        });
    });
}

pub fn read_flaw(from: &mut Reader<'_>) -> Read<(Group, Vec<RecordFacts>)> {
    let flaw = group_of(from.texts()?)?;
    let facts = from.list(|from| {
        Ok(RecordFacts {
            id: from.owned()?,
            feed: usize::try_from(from.number()?).map_err(|_| Damaged)?,
            modified: from.owned()?,
            withdrawn: from.option()?,
            packages: from.list(|from| {
                Ok(PackageKey {
                    ecosystem: from.owned()?,
                    name: from.owned()?,
                })
            })?,
        })
    })?;
    Ok((flaw, facts))
}

/// A group from its members in the order of preference.
pub fn group_of(members: Vec<String>) -> Read<Group> {
    let canonical = members.first().ok_or(Damaged)?.clone();
    Ok(Group { canonical, members })
}

pub fn write_feed(out: &mut Writer, feed: &Feed) {
    out.text(&feed.source);
    out.text(&feed.kind);
    out.number(feed.records);
    out.number(feed.unreadable);
    out.option(feed.as_of.as_deref());
}

pub fn read_feed(from: &mut Reader<'_>) -> Read<Feed> {
    Ok(Feed {
        source: from.owned()?,
        kind: from.owned()?,
        records: from.number()?,
        unreadable: from.number()?,
        as_of: from.option()?,
    })
}
