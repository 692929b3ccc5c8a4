//! Downloads into a file that go on where they were broken off (RFC 9110 §14).
//!
//! Beside the file stands `<file>.part` with what came so far and `<file>.part.json` with where
//! it is from. A part is continued only if the server confirms by `If-Range` that the document
//! is still the same; otherwise it starts again. The file itself appears whole or not at all.

use super::{
    Body, Conditions, Egress, EgressError, Limits, StatusCode, conditional, network_text,
    refused_by_server, too_large,
};
use reqwest::header::{self, HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;
use tokio::time::Instant;

/// What a download into a file came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    NotModified,
    File {
        /// What to send as [`Conditions`] next time.
        validators: Conditions,
        bytes: u64,
        /// How many of the bytes were there from a broken-off attempt.
        resumed_from: u64,
    },
}

/// Where a part is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Origin {
    url: String,
    etag: Option<String>,
    last_modified: Option<String>,
}

/// How often the answer may make us start again within one call.
const STARTS_MAX: usize = 2;

impl Egress {
    /// Gets a document into a file, going on from a part if there is one. `progress` is told the
    /// bytes that are there and, if the server said so, how many there will be.
    pub async fn get_to_file(
        &self,
        url: &str,
        path: &Path,
        conditions: &Conditions,
        limits: Limits,
        mut progress: impl FnMut(u64, Option<u64>) + Send,
    ) -> Result<Saved, EgressError> {
        let deadline = Instant::now() + limits.time_max;
        let part = Part::beside(path);
        for _ in 0..STARTS_MAX {
            let have = part.usable(url).await;
            let headers = ranged(conditions, have.as_ref());
            let response = self.follow(url, &headers, limits, deadline).await?;
            let offset = match (response.status(), &have) {
                (StatusCode::NOT_MODIFIED, _) => return Ok(Saved::NotModified),
                (StatusCode::OK, _) => 0,
                (StatusCode::PARTIAL_CONTENT, Some((bytes, _)))
                    if starts_at(response.headers(), *bytes) =>
                {
                    *bytes
                }
                (StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE, _) => {
                    part.forget().await;
                    continue;
                }
                _ => return Err(refused_by_server(&response)),
            };
            let mut body = Body::of(response, limits, deadline)?;
            if offset == 0 {
                part.begin(url, &body.validators).await?;
            }
            let bytes = part
                .append(&mut body, offset, limits, &mut progress)
                .await?;
            part.finish(path).await?;
            return Ok(Saved::File {
                validators: body.validators,
                bytes,
                resumed_from: offset,
            });
        }
        Err(network_text(
            "the server does not agree with itself about ranges",
        ))
    }
}

/// The two files beside the one that is being made.
struct Part {
    bytes: PathBuf,
    origin: PathBuf,
}

impl Part {
    fn beside(path: &Path) -> Self {
        let with = |end: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        Self {
            bytes: with(".part"),
            origin: with(".part.json"),
        }
    }

    /// The length of a part of this URL that can be asked to be continued, and its validator.
    async fn usable(&self, url: &str) -> Option<(u64, HeaderValue)> {
        let origin: Origin = serde_json::from_slice(&fs::read(&self.origin).await.ok()?).ok()?;
        let length = fs::metadata(&self.bytes).await.ok()?.len();
        if origin.url != url || length == 0 {
            return None;
        }
        // A weak validator cannot vouch for bytes (RFC 9110 §13.1.5).
        let strong = origin.etag.filter(|etag| !etag.starts_with("W/"));
        let validator = strong.or(origin.last_modified)?;
        Some((length, HeaderValue::from_str(&validator).ok()?))
    }

    async fn begin(&self, url: &str, validators: &Conditions) -> Result<(), EgressError> {
        let origin = Origin {
            url: url.to_owned(),
            etag: validators.etag.clone(),
            last_modified: validators.last_modified.clone(),
        };
        if let Some(folder) = self.bytes.parent() {
            fs::create_dir_all(folder).await?;
        }
        File::create(&self.bytes).await?;
        let text = serde_json::to_vec(&origin).map_err(std::io::Error::from)?;
        fs::write(&self.origin, text).await?;
        Ok(())
    }

    /// Writes the body behind what is there; the length of the whole.
    async fn append(
        &self,
        body: &mut Body,
        offset: u64,
        limits: Limits,
        progress: &mut (impl FnMut(u64, Option<u64>) + Send),
    ) -> Result<u64, EgressError> {
        let mut file = fs::OpenOptions::new()
            .append(true)
            .open(&self.bytes)
            .await?;
        let total = body.length.map(|length| offset + length);
        let mut bytes = offset;
        let result = loop {
            match body.chunk().await {
                Ok(Some(chunk)) => {
                    bytes += chunk.len() as u64;
                    if bytes > limits.bytes_max {
                        break Err(too_large(limits));
                    }
                    file.write_all(&chunk).await?;
                    progress(bytes, total);
                }
                Ok(None) => break Ok(bytes),
                Err(error) => break Err(error),
            }
        };
        // What came before a break is worth keeping, too.
        file.flush().await?;
        file.sync_all().await?;
        if matches!(result, Err(EgressError::TooLarge { .. })) {
            self.forget().await;
        }
        result
    }

    async fn finish(&self, path: &Path) -> Result<(), EgressError> {
        fs::rename(&self.bytes, path).await?;
        // Left behind, it would only name a part that is not there.
        let _ = fs::remove_file(&self.origin).await;
        Ok(())
    }

    async fn forget(&self) {
        for file in [&self.origin, &self.bytes] {
            let _ = fs::remove_file(file).await;
        }
    }
}

fn ranged(conditions: &Conditions, have: Option<&(u64, HeaderValue)>) -> HeaderMap {
    let mut headers = conditional(conditions);
    if let Some((bytes, validator)) = have
        && let Ok(range) = HeaderValue::from_str(&format!("bytes={bytes}-"))
    {
        headers.insert(header::RANGE, range);
        headers.insert(header::IF_RANGE, validator.clone());
    }
    headers
}

/// Whether a partial answer begins where we asked it to.
fn starts_at(headers: &HeaderMap, offset: u64) -> bool {
    headers
        .get(header::CONTENT_RANGE)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.strip_prefix("bytes "))
        .and_then(|text| text.split('-').next())
        .and_then(|first| first.trim().parse().ok())
        == Some(offset)
}
