//! Packed documents: how large they are is found out before anything of them is kept.

use super::body::Document;
use crate::sboms::{self, DOCUMENT_BYTES_MAX};
use crate::trouble::{Refusal, Trouble};
use axum::body::Bytes;
use std::io::Read;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Real SBOMs pack 20 to 60 times; more than this is a bomb once it is larger than
/// [`SMALL_ENOUGH`].
const RATIO_MAX: u64 = 400;
const SMALL_ENOUGH: u64 = 16 * 1024 * 1024;
/// A window of 128 MiB (RFC 8878 asks decoders for at least 8 MiB).
const ZSTD_WINDOW_LOG_MAX: u32 = 27;
const CHUNK_BYTES: usize = 64 * 1024;

/// What a document is, unpacked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    pub bytes: u64,
    /// `{`, each of which may begin a component.
    objects: u64,
    /// `,`, each of which may divide two references.
    commas: u64,
}

impl Size {
    /// What the document may take in memory while it is parsed, at most: itself, every text of it
    /// once more, and the structures around them.
    pub fn weight(&self) -> u64 {
        let structures = sboms::weight_of_structures(self.objects, self.commas);
        self.bytes * 2 + structures
    }

    fn add(&mut self, chunk: &[u8]) {
        let count = |wanted: u8| chunk.iter().filter(|byte| **byte == wanted).count() as u64;
        self.bytes += chunk.len() as u64;
        self.objects += count(b'{');
        self.commas += count(b',');
    }
}

impl Document {
    /// Reads the document once without keeping it; refuses what unpacks to too much or is damaged.
    /// Long work.
    pub fn measure(&self) -> Result<Size, Trouble> {
        let mut size = Size::default();
        let Some(mut unpacking) = self.unpacking()? else {
            size.add(&self.bytes);
            return Ok(size);
        };
        let packed = (self.bytes.len() as u64).max(1);
        let mut chunk = vec![0; CHUNK_BYTES];
        loop {
            let read = unpacking.read(&mut chunk).map_err(|_| damaged())?;
            if read == 0 {
                return Ok(size);
            }
            size.add(&chunk[..read]);
            let is_bomb = size.bytes > SMALL_ENOUGH && size.bytes / packed > RATIO_MAX;
            if size.bytes > DOCUMENT_BYTES_MAX as u64 || is_bomb {
                return Err(Refusal {
                    status: 413,
                    ..Refusal::field("sbom", "sbom-unpacks-too-large")
                }
                .into());
            }
        }
    }

    /// The document itself, unpacked if it is packed by gzip or zstd; `size` is what
    /// [`Document::measure`] found. Long work.
    pub fn unpack(self, size: &Size) -> Result<Bytes, Trouble> {
        let Some(unpacking) = self.unpacking()? else {
            return Ok(self.bytes);
        };
        let mut bytes = Vec::with_capacity(usize::try_from(size.bytes).unwrap_or(0));
        unpacking
            .take(size.bytes)
            .read_to_end(&mut bytes)
            .map_err(|_| damaged())?;
        Ok(bytes.into())
    }

    /// What unpacks it; nothing when it is not packed.
    fn unpacking(&self) -> Result<Option<Box<dyn Read + '_>>, Trouble> {
        let packed: &[u8] = &self.bytes;
        if packed.starts_with(GZIP) {
            let decoder = flate2::read::MultiGzDecoder::new(packed);
            return Ok(Some(Box::new(decoder)));
        }
        if packed.starts_with(ZSTD) {
            let mut decoder = zstd::stream::read::Decoder::new(packed).map_err(|_| damaged())?;
            decoder
                .window_log_max(ZSTD_WINDOW_LOG_MAX)
                .map_err(|_| damaged())?;
            return Ok(Some(Box::new(decoder)));
        }
        if self.says_packed && !self.bytes.is_empty() {
            return Err(damaged().into());
        }
        Ok(None)
    }
}

fn damaged() -> Refusal {
    Refusal::field("sbom", "sbom-packing-damaged")
}
