//! Ends of chains, signed with the instance's own key. The key is a file beside the database and
//! never in it, so that whoever can only write the database cannot make the chain anew.

use super::{Recorded, store};
use crate::store::{Error, Tx};
use crate::time::Entropy;
use crate::web::App;
use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use tokio_util::sync::CancellationToken;

/// The end of a chain at some instant, signed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    pub organisation: String,
    pub seq: i64,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// Hex digest of the entry `seq`.
    pub digest: String,
    /// `ed25519`
    pub algorithm: String,
    /// Base64.
    pub public_key: String,
    pub signature: String,
}

const ALGORITHM: &str = "ed25519";
const KEY_FILE: &str = "instance.key";

impl Checkpoint {
    /// The signed text: five lines, each ended by a line feed.
    pub fn text(&self) -> String {
        format!(
            "bonafide-journal-checkpoint-1\n{}\n{}\n{}\n{}\n",
            self.organisation, self.seq, self.at, self.digest
        )
    }

    /// Whether the signature fits the text and the key it names.
    pub fn is_signed(&self) -> bool {
        self.algorithm == ALGORITHM && self.verify().is_some()
    }

    fn verify(&self) -> Option<()> {
        let key: [u8; 32] = BASE64.decode(&self.public_key).ok()?.try_into().ok()?;
        let signature: [u8; 64] = BASE64.decode(&self.signature).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&key)
            .ok()?
            .verify(self.text().as_bytes(), &Signature::from_bytes(&signature))
            .ok()
    }
}

/// The instance's signing key.
#[derive(Clone)]
pub struct InstanceKey(SigningKey);

impl InstanceKey {
    /// The key of a data directory; made (readable by its owner alone) if there is none.
    pub fn open(data: &Path, entropy: &Entropy) -> anyhow::Result<Self> {
        if let Some(key) = Self::find(data)? {
            return Ok(key);
        }
        let key = SigningKey::from_bytes(&entropy.bytes());
        let mut file = tempfile::Builder::new()
            .prefix(".instance")
            .tempfile_in(data)
            .context("make the instance's key")?;
        // A temporary file is readable by its owner alone (0600) and stays so.
        writeln!(file, "{}", BASE64.encode(key.to_bytes()))?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(data.join(KEY_FILE)) {
            Ok(_) => fs::File::open(data)?.sync_all()?,
            // Another process was first: its key is the key.
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).context("keep the instance's key"),
        }
        Self::find(data)?.context("the instance's key was there a moment ago")
    }

    /// The key of a data directory, if it has one.
    pub fn find(data: &Path) -> anyhow::Result<Option<Self>> {
        let path = data.join(KEY_FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("read {}", path.display())),
        };
        let bytes: [u8; 32] = BASE64
            .decode(text.trim())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .with_context(|| format!("{} is not an Ed25519 key", path.display()))?;
        Ok(Some(Self(SigningKey::from_bytes(&bytes))))
    }

    /// The public half, base64.
    pub fn public(&self) -> String {
        BASE64.encode(self.0.verifying_key().to_bytes())
    }

    /// Signs an entry as the end of an export, unless it is not what its digest says.
    pub fn seal(&self, last: &Recorded, at: jiff::Timestamp) -> Option<Checkpoint> {
        let is_sound = super::rules::digest_of(last) == last.digest;
        is_sound.then(|| {
            self.sign(
                &last.organisation,
                last.seq,
                &last.digest,
                at.as_millisecond(),
            )
        })
    }

    fn sign(&self, organisation: &str, seq: i64, digest: &str, at: i64) -> Checkpoint {
        let mut checkpoint = Checkpoint {
            organisation: organisation.to_owned(),
            seq,
            at,
            digest: digest.to_owned(),
            algorithm: ALGORITHM.to_owned(),
            public_key: self.public(),
            signature: String::new(),
        };
        let signature = self.0.sign(checkpoint.text().as_bytes());
        checkpoint.signature = BASE64.encode(signature.to_bytes());
        checkpoint
    }
}

/// Between two rounds of checkpoints.
const EVERY: std::time::Duration = std::time::Duration::from_secs(3_600);

/// Signs what has grown at the start, every hour, and once more at the end, until `stop`.
pub async fn keep_checkpoints(app: App, stop: CancellationToken) {
    loop {
        let (db, data) = (app.db.clone(), app.config.data.clone());
        let round = move || -> anyhow::Result<u64> {
            let key = InstanceKey::open(&data, db.entropy())?;
            db.write_retrying(|tx| Ok(record_checkpoints(tx, &key)?))
        };
        let ended = stop.is_cancelled();
        match tokio::task::spawn_blocking(round).await {
            Ok(Ok(signed)) => tracing::debug!(signed, "journal checkpoints"),
            Ok(Err(error)) => {
                tracing::error!(error = format!("{error:#}"), "the journal was not signed");
            }
            Err(error) => tracing::error!(%error, "the journal was not signed"),
        }
        if ended {
            return;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Signs the end of every chain that has grown since its last checkpoint; how many it signed.
/// An end that does not fit its last entry is left alone, so that nothing forged gets signed.
pub fn record_checkpoints(tx: &mut Tx, key: &InstanceKey) -> Result<u64, Error> {
    let at = tx.now().as_millisecond();
    let mut signed = 0;
    for head in store::heads(tx)? {
        let latest = store::latest_checkpoint(tx, &head.organisation)?;
        if latest.is_some_and(|(seq, _)| seq >= head.seq) {
            continue;
        }
        let filter = super::Filter::default();
        let last: Option<Recorded> =
            store::list_after(tx, &head.organisation, &filter, head.seq - 1, 1)?.pop();
        if last.is_none_or(|entry| super::rules::digest_of(&entry) != head.digest) {
            tracing::error!(
                organisation = head.organisation,
                "the end of the journal does not fit its last entry; run `bonafide journal verify`"
            );
            continue;
        }
        let checkpoint = key.sign(&head.organisation, head.seq, &head.digest, at);
        store::insert_checkpoint(tx, &checkpoint)?;
        signed += 1;
    }
    Ok(signed)
}
