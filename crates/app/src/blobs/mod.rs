//! Bytes that matter, addressed by their content: SHA-256, the algorithm kept with the digest.
//!
//! A blob is written once, synced to the disk before its digest is handed out, and never
//! changed. What a row names is never deleted: retention decides (`evidence`). What an upload left
//! that came to no row, or a process that died, is cleared away (`leftovers.rs`).

mod leftovers;

pub use leftovers::{BLOB_IDLE, TEMPORARY_IDLE, clear_temporary};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The digest of some bytes, as `sha256:<64 hex digits>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Digest(String);

impl Digest {
    /// The SHA-256 digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("sha256:{}", hex(&Sha256::digest(bytes))))
    }

    /// A digest as stored; anything else is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix("sha256:")?;
        let valid = hex.len() == 64 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        valid.then(|| Self(text.to_owned()))
    }

    /// `sha256:…`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Only the hex digits.
    pub fn hex(&self) -> &str {
        &self.0["sha256:".len()..]
    }
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The bytes of a digest are not there or not whole: only the operator can bring them back.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the file of {} in the data directory is missing or damaged", self.0.as_str())]
pub struct Unusable(pub Digest);

/// A directory of blobs.
#[derive(Clone, Debug)]
pub struct Blobs {
    root: PathBuf,
}

const ZSTD_LEVEL: i32 = 3;
/// What one blob may unpack to.
const UNPACKED_MAX: u64 = 1024 * 1024 * 1024;

impl Blobs {
    /// Opens (or makes) the directory.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(root).with_context(|| format!("make {}", root.display()))?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// Keeps `bytes` (compressed) and returns their digest, once they are safe on the disk.
    pub fn put(&self, bytes: &[u8]) -> anyhow::Result<Digest> {
        let digest = Digest::of(bytes);
        self.put_known(&digest, bytes)?;
        Ok(digest)
    }

    /// [`Blobs::put`] for bytes whose digest is known already. Packed on the way to the disk, so
    /// that no second copy stands in memory.
    pub fn put_known(&self, digest: &Digest, bytes: &[u8]) -> anyhow::Result<()> {
        debug_assert_eq!(
            Digest::of(bytes),
            *digest,
            "a blob lies under its own digest"
        );
        let path = self.path(digest);
        if self.touch(&path)? {
            return Ok(());
        }
        let folder = path.parent().context("a blob has a folder")?;
        fs::create_dir_all(folder)?;
        let file = tempfile::NamedTempFile::new_in(folder)?;
        let mut packing = zstd::stream::write::Encoder::new(file, ZSTD_LEVEL)?;
        packing.set_pledged_src_size(Some(bytes.len() as u64))?;
        packing.write_all(bytes)?;
        let file = packing.finish()?;
        file.as_file().sync_all()?;
        file.persist(&path).context("keep a blob")?;
        File::open(folder)?.sync_all()?;
        Ok(())
    }

    /// The bytes behind a digest, checked against it.
    pub fn get(&self, digest: &Digest) -> anyhow::Result<Vec<u8>> {
        use std::io::Read as _;
        let file = File::open(self.path(digest)).context(Unusable(digest.clone()))?;
        let mut bytes = Vec::new();
        zstd::stream::read::Decoder::new(file)?
            .take(UNPACKED_MAX)
            .read_to_end(&mut bytes)
            .context(Unusable(digest.clone()))?;
        if Digest::of(&bytes) != *digest {
            return Err(anyhow::anyhow!("its bytes have another digest"))
                .context(Unusable(digest.clone()));
        }
        Ok(bytes)
    }

    fn path(&self, digest: &Digest) -> PathBuf {
        let hex = digest.hex();
        self.root.join(&hex[..2]).join(format!("{hex}.zst"))
    }
}
