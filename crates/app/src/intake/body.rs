//! What comes with an upload: a raw document, a form with a document in it, packed or not.
//!
//! Everything is bounded before it is kept, and unpacked only on the threads that parse.

use super::arrival::Ticket;
use crate::sboms::DOCUMENT_BYTES_MAX;
use crate::trouble::{Refusal, Trouble};
use crate::web::App;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use futures_util::StreamExt as _;

/// The most bytes an upload may have on the wire: the largest document and the form around it.
pub const BODY_BYTES_MAX: usize = DOCUMENT_BYTES_MAX + 1024 * 1024;
const PARTS_MAX: usize = 100;
const FIELD_BYTES_MAX: usize = 64 * 1024;

/// The names under which a form may carry the document.
const DOCUMENT_FIELDS: &[&str] = &["bom", "sbom", "file"];

/// A document as it came.
#[derive(Clone)]
pub struct Document {
    pub bytes: Bytes,
    /// Its sender says that it is packed.
    pub says_packed: bool,
    /// Keeps the room its bytes take; documents of our own have none.
    pub ticket: Option<Ticket>,
}

/// What came with a form.
#[derive(Default)]
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
pub async fn read_raw(request: Request, ticket: &Ticket) -> Result<Document, Trouble> {
    let says_packed = [header::CONTENT_TYPE, header::CONTENT_ENCODING]
        .into_iter()
        .any(|name| is_packed_kind(header_text(&request, &name)));
    let mut bytes = Vec::new();
    let mut body = ticket.watch(request)?.into_body().into_data_stream();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| ticket.fault_or(Refusal::new(400, "form-unreadable")))?;
        if bytes.len() + chunk.len() > BODY_BYTES_MAX {
            return Err(Refusal::too_large("body-too-large").into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Document {
        bytes: bytes.into(),
        says_packed,
        ticket: Some(ticket.clone()),
    })
}

/// A form with a document in it; the document may be a file or a plain field.
pub async fn read_form(request: Request, app: &App, ticket: &Ticket) -> Result<Form, Trouble> {
    let form = Multipart::from_request(ticket.watch(request)?, app)
        .await
        .map_err(|_| Refusal::new(400, "form-unreadable"))?;
    match read_parts(form, ticket).await {
        Err(Trouble::Refusal(refusal)) => Err(ticket.fault_or(refusal)),
        read => read,
    }
}

async fn read_parts(mut form: Multipart, ticket: &Ticket) -> Result<Form, Trouble> {
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
                let ticket = Some(ticket.clone());
                out.document = Some(Document {
                    bytes,
                    says_packed,
                    ticket,
                });
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

fn is_packed_kind(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    ["gzip", "x-gzip", "zstd", "x-zstd"]
        .iter()
        .any(|known| kind == *known || kind.strip_prefix("application/") == Some(known))
}
