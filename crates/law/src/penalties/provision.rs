//! Names of provisions: `13`, `14(2)(a)`, `30(2)`, `32(5a)`, `annex-1`, and the ways people write
//! them.

use crate::Refusal;
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The longest name that is read.
const NAME_BYTES_MAX: usize = 64;
/// The deepest nesting, as in `14(2)(c)(i)`.
const PARTS_MAX: usize = 4;
pub(super) const ROMAN: [&str; 8] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"];

/// A provision of the Regulation, as deep as it was named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Provision {
    head: Head,
    /// Paragraph first, then points, without brackets.
    parts: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Head {
    Article(u16),
    Annex(u8),
}

impl Provision {
    /// Reads a name such as `14(2)(a)`, `Art. 14(2)(a)`, `annex-1`, `Annex I`, or `AI-I-2c`.
    pub fn parse(name: &str) -> Result<Provision, Refusal> {
        let compact: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let compact = compact.to_ascii_lowercase();
        let readable = name.len() <= NAME_BYTES_MAX;
        readable.then(|| read(&compact)).flatten().ok_or_else(|| {
            let shown: String = name.chars().take(NAME_BYTES_MAX).collect();
            Refusal::new(
                "unknown-provision",
                format!("Find out the provision and name one, such as 14(2)(a) or annex-1: {shown:?} cannot be read."),
            )
        })
    }

    /// Whether `other` is this provision or lies inside it.
    pub fn contains(&self, other: &Provision) -> bool {
        self.head == other.head && other.parts.starts_with(&self.parts)
    }

    /// The article or annex it lies in.
    pub fn head(&self) -> Provision {
        Provision {
            head: self.head,
            parts: Vec::new(),
        }
    }

    /// The part of that name directly below.
    pub fn below(&self, part: &str) -> Provision {
        let mut below = self.clone();
        below.parts.push(part.to_owned());
        below
    }

    /// `Art. 14(2)` or `Annex I`, for a sentence.
    pub fn in_words(&self) -> String {
        match self.head {
            Head::Article(_) => format!("Art. {self}"),
            Head::Annex(number) => {
                let roman = ROMAN[usize::from(number) - 1].to_ascii_uppercase();
                let name = self.to_string();
                let below = name.trim_start_matches("annex-");
                let below = below.trim_start_matches(|c: char| c.is_ascii_digit());
                format!("Annex {roman}{}", below.replace("-part-", " Part "))
            }
        }
    }

    /// The number of the article, unless this is an annex.
    pub fn article(&self) -> Option<u16> {
        match self.head {
            Head::Article(number) => Some(number),
            Head::Annex(_) => None,
        }
    }

    /// The part `depth` levels below the article or annex: 0 is the paragraph.
    pub fn part(&self, depth: usize) -> Option<&str> {
        self.parts.get(depth).map(String::as_str)
    }

    /// How many parts below the article or annex are named.
    pub fn depth(&self) -> usize {
        self.parts.len()
    }
}

impl fmt::Display for Provision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.head {
            Head::Article(number) => write!(f, "{number}")?,
            Head::Annex(number) => write!(f, "annex-{number}")?,
        }
        self.parts.iter().try_for_each(|part| {
            if part.starts_with("part-") {
                write!(f, "-{part}")
            } else {
                write!(f, "({part})")
            }
        })
    }
}

impl<'de> Deserialize<'de> for Provision {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Provision::parse(&name).map_err(serde::de::Error::custom)
    }
}

fn read(name: &str) -> Option<Provision> {
    if let Some(rest) = name.strip_prefix("ai-") {
        return read_requirement(rest);
    }
    if let Some(rest) = name.strip_prefix("annex") {
        return read_annex(rest.trim_start_matches('-'));
    }
    let rest = ["article", "art.", "art"]
        .iter()
        .find_map(|word| name.strip_prefix(word))
        .unwrap_or(name);
    let (number, rest) = leading_digits(rest)?;
    let head = Head::Article(number.parse().ok().filter(|&number| number > 0)?);
    Some(Provision {
        head,
        parts: read_parts(rest)?,
    })
}

/// `i-2c` and `ii-1`, as the requirements of Annex I are called here.
fn read_requirement(rest: &str) -> Option<Provision> {
    let (part, point) = rest.split_once('-')?;
    let (number, letter) = leading_digits(point)?;
    let mut parts = vec![part_of_annex(part)?, number.to_owned()];
    if !letter.is_empty() {
        let single = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase());
        parts.push(single.then(|| letter.to_owned())?);
    }
    Some(Provision {
        head: Head::Annex(1),
        parts,
    })
}

/// `1`, `i`, `1-part-2`, `ipartii(1)`.
fn read_annex(rest: &str) -> Option<Provision> {
    let (names, below) = rest.split_at(rest.find('(').unwrap_or(rest.len()));
    let (number, part) = match names.split_once("part") {
        Some((number, part)) => (
            number.trim_end_matches(['-', ',']),
            Some(part.trim_start_matches('-')),
        ),
        None => (names, None),
    };
    let head = Head::Annex(annex_number(number)?);
    let mut parts = Vec::new();
    if let Some(part) = part {
        parts.push(part_of_annex(part)?);
    }
    parts.extend(read_parts(below)?);
    (parts.len() <= PARTS_MAX).then_some(Provision { head, parts })
}

fn annex_number(text: &str) -> Option<u8> {
    let arabic = text
        .parse::<u8>()
        .ok()
        .filter(|number| (1..=8).contains(number));
    arabic.or_else(|| {
        let index = ROMAN.iter().position(|&roman| roman == text)?;
        u8::try_from(index + 1).ok()
    })
}

fn part_of_annex(text: &str) -> Option<String> {
    annex_number(text).map(|number| format!("part-{number}"))
}

/// `(2)(a)` and the like; nothing is fine too.
fn read_parts(text: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (part, after) = rest.strip_prefix('(')?.split_once(')')?;
        let plain = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !plain || parts.len() == PARTS_MAX {
            return None;
        }
        let number = part.trim_start_matches('0');
        parts.push(if number.is_empty() {
            return None;
        } else {
            number.to_owned()
        });
        rest = after;
    }
    Some(parts)
}

fn leading_digits(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}
