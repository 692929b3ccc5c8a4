//! The index of advisories: one immutable file from which a match reads only what its components
//! need. It is made by `bonafide feeds index` and may be copied from machine to machine.
//!
//! A prelude of fixed size says where the header is; the header holds the feeds, the ecosystems and
//! the fences of two tables. A table is sorted by hash and cut into pages; its fence tells the
//! first hash and the checksum of each page, so that a look-up reads one page and then one block.
//! The table of packages leads to what every record says of a package, the table of ids to a flaw
//! with all its ids and records. Everything has a checksum (CRC-32: against damage, not against
//! malice), and a file that is cut off, damaged or another is refused in a sentence.

mod codec;
mod read;
mod write;

pub use read::{Index, IndexError, is_index};
pub use write::{Build, Built};

/// The first bytes of every index. The line end shows when a copy treated it as text.
const MAGIC: &[u8; 16] = b"bonafide index\r\n";
/// Counted up whenever the layout, or the way names are normalised, changes.
const VERSION: u32 = 1;
/// Magic, version, place and length and checksum of the header, length of the file, checksum.
const PRELUDE_BYTES: usize = 16 + 4 + 8 + 8 + 4 + 8 + 4;
/// Hash, offset, length, checksum.
const ENTRY_BYTES: usize = 8 + 8 + 4 + 4;
const PAGE_ENTRIES: usize = 256;

/// CRC-32 (IEEE 802.3).
fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// FNV-1a over parts that no text can run together; it must never change within a version.
fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain(std::iter::once(0xff)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

/// An entry of a table.
#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u64,
    offset: u64,
    length: u32,
    checksum: u32,
}

impl Entry {
    fn to_bytes(self) -> [u8; ENTRY_BYTES] {
        let mut bytes = [0; ENTRY_BYTES];
        bytes[..8].copy_from_slice(&self.hash.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.offset.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.length.to_le_bytes());
        bytes[20..].copy_from_slice(&self.checksum.to_le_bytes());
        bytes
    }

    fn of_bytes(bytes: &[u8; ENTRY_BYTES]) -> Self {
        Self {
            hash: u64_at(bytes, 0),
            offset: u64_at(bytes, 8),
            length: u32_at(bytes, 16),
            checksum: u32_at(bytes, 20),
        }
    }
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}
