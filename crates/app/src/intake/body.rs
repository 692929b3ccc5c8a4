//! What comes with an upload: a raw document, a form with a document in it, packed or not.
//!
//! Everything is bounded before it is kept, and unpacked only on the threads that parse.

use crate::sboms::DOCUMENT_BYTES_MAX;
use crate::trouble::{Refusal, Trouble};
use crate::web::App;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use std::io::Read;
use std::time::Duration;

/// The most bytes an upload may have on the wire: the largest document and the form around it.
pub const BODY_BYTES_MAX: usize = DOCUMENT_BYTES_MAX + 1024 * 1024;
/// How long a body may take to arrive.
const ARRIVAL_MAX: Duration = Duration::from_secs(600);
const PARTS_MAX: usize = 100;
const FIELD_BYTES_MAX: usize = 64 * 1024;

/// The names under which a form may carry the document.
const DOCUMENT_FIELDS: &[&str] = &["bom", "sbom", "file"];

/// A document as it came.
#[derive(Debug, Clone)]
pub struct Document {
    pub bytes: Bytes,
    /// Its sender says that it is packed.
    pub says_packed: bool,
}

/// What came with a form.
#[derive(Debug, Default)]
pub struct Form {
    /// The first document; further ones are not looked at.
    pub document: Option<Document>,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The value of a field without surrounding white space, if it is there and not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// What the address says wins over what the form says.
    pub fn with_query(mut self, query: &[(String, String)]) -> Self {
        self.fields.splice(0..0, query.iter().cloned());
        self
    }
}

/// What kind of body a request has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Multipart,
    Json,
    Other,
}

/// The kind by its `Content-Type`.
pub fn kind(request: &Request) -> Kind {
    let text = header_text(request, &header::CONTENT_TYPE).to_ascii_lowercase();
    if text.starts_with("multipart/form-data") {
        Kind::Multipart
    } else if text.starts_with("application/json") || text.contains("+json") {
        Kind::Json
    } else {
        Kind::Other
    }
}

fn header_text<'a>(request: &'a Request, name: &header::HeaderName) -> &'a str {
    let value = request.headers().get(name);
    value.and_then(|v| v.to_str().ok()).unwrap_or_default()
}

/// The whole body.
pub async fn read_raw(request: Request, app: &App) -> Result<Document, Trouble> {
    let says_packed = [header::CONTENT_TYPE, header::CONTENT_ENCODING]
        .into_iter()
        .any(|name| is_packed_kind(header_text(&request, &name)));
    let reading = Bytes::from_request(request, app);
    let bytes = in_time(async {
        reading.await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Refusal::too_large("body-too-large").into()
            } else {
                Refusal::new(400, "form-unreadable").into()
            }
        })
    })
    .await?;
    Ok(Document { bytes, says_packed })
}

/// A form with a document in it; the document may be a file or a plain field.
pub async fn read_form(request: Request, app: &App) -> Result<Form, Trouble> {
    let form = Multipart::from_request(request, app)
        .await
        .map_err(|_| Refusal::new(400, "form-unreadable"))?;
    in_time(read_parts(form)).await
}

async fn read_parts(mut form: Multipart) -> Result<Form, Trouble> {
    let mut out = Form::default();
    for _ in 0..PARTS_MAX {
        let Some(mut part) = form.next_field().await.map_err(unreadable)? else {
            return Ok(out);
        };
        let name = part.name().unwrap_or_default().to_owned();
        if DOCUMENT_FIELDS.contains(&name.as_str()) {
            let says_packed = is_packed_kind(part.content_type().unwrap_or_default());
            if out.document.is_none() {
                let bytes = part.bytes().await.map_err(unreadable)?;
                out.document = Some(Document { bytes, says_packed });
            } else {
                // Only the first of several counts; the others are read past, not kept.
                while part.chunk().await.map_err(unreadable)?.is_some() {}
            }
            continue;
        }
        let mut value = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
            if value.len() + chunk.len() > FIELD_BYTES_MAX {
                return Err(Refusal::too_large("intake-field-too-large")
                    .with("field", name)
                    .into());
            }
            value.extend_from_slice(&chunk);
        }
        let value = String::from_utf8_lossy(&value).into_owned();
        out.fields.push((name, value));
    }
    Err(Refusal::too_large("form-too-many-fields").into())
}

fn unreadable(error: axum::extract::multipart::MultipartError) -> Trouble {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Refusal::too_large("body-too-large").into()
    } else {
        Refusal::new(400, "form-unreadable").into()
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    match tokio::time::timeout(ARRIVAL_MAX, work).await {
        Ok(done) => done,
        Err(_) => Err(Refusal::new(408, "intake-too-slow").into()),
    }
}

fn is_packed_kind(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    ["gzip", "x-gzip", "zstd", "x-zstd"]
        .iter()
        .any(|known| kind == *known || kind.strip_prefix("application/") == Some(known))
}

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Real SBOMs pack 20 to 60 times; more than this is a bomb once it is larger than
/// [`SMALL_ENOUGH`].
const RATIO_MAX: usize = 400;
const SMALL_ENOUGH: usize = 16 * 1024 * 1024;
/// A window of 128 MiB (RFC 8878 asks decoders for at least 8 MiB).
const ZSTD_WINDOW_LOG_MAX: u32 = 27;

impl Document {
    /// The document itself, unpacked if it is packed by gzip or zstd. Long work.
    pub fn unpack(self) -> Result<Bytes, Trouble> {
        let packed: &[u8] = &self.bytes;
        if packed.starts_with(GZIP) {
            return unpack(flate2::read::MultiGzDecoder::new(packed), packed.len());
        }
        if packed.starts_with(ZSTD) {
            let mut decoder = zstd::stream::read::Decoder::new(packed).map_err(|_| damaged())?;
            decoder
                .window_log_max(ZSTD_WINDOW_LOG_MAX)
                .map_err(|_| damaged())?;
            return unpack(decoder, packed.len());
        }
        if self.says_packed && !self.bytes.is_empty() {
            return Err(damaged().into());
        }
        Ok(self.bytes)
    }
}

fn unpack(mut from: impl Read, packed: usize) -> Result<Bytes, Trouble> {
    let mut out = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut chunk).map_err(|_| damaged())?;
        if read == 0 {
            return Ok(out.into());
        }
        out.extend_from_slice(&chunk[..read]);
        let is_bomb = out.len() > SMALL_ENOUGH && out.len() / packed.max(1) > RATIO_MAX;
        if out.len() > DOCUMENT_BYTES_MAX || is_bomb {
            return Err(Refusal {
                status: 413,
                ..Refusal::field("sbom", "sbom-unpacks-too-large")
            }
            .into());
        }
    }
}

fn damaged() -> Refusal {
    Refusal::field("sbom", "sbom-packing-damaged")
}
