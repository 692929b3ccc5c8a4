//! The shapes in which clients of Dependency-Track expect answers and refusals.

use crate::trouble::Refusal;
use crate::web::words::Lang;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Exactly 200: one client treats every other success as a failure.
pub fn ok(value: &Value) -> Response {
    of_kind(StatusCode::OK, "application/json", value.to_string())
}

/// A list with the number of all its items.
pub fn list(items: &[Value], total: usize) -> Response {
    let mut answer = ok(&Value::from(items.to_vec()));
    let total = HeaderValue::from(total);
    answer.headers_mut().insert("x-total-count", total);
    answer
}

/// A sentence.
pub fn text(status: StatusCode, words: &str) -> Response {
    of_kind(status, "text/plain", words.to_owned())
}

/// A problem (RFC 9457) with further members.
pub fn problem(status: u16, title: &str, detail: &str, more: &Value) -> Response {
    let mut value = json!({ "status": status, "title": title, "detail": detail });
    if let (Some(value), Some(more)) = (value.as_object_mut(), more.as_object()) {
        value.extend(more.clone());
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    of_kind(status, "application/problem+json", value.to_string())
}

/// What is wrong with one member of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub path: &'static str,
    pub message: &'static str,
    pub template: &'static str,
    pub value: Option<String>,
}

impl Fault {
    /// The member must be there.
    pub fn blank(path: &'static str) -> Self {
        Self {
            path,
            message: "must not be blank",
            template: "{jakarta.validation.constraints.NotBlank.message}",
            value: None,
        }
    }

    /// The member is no UUID.
    pub fn uuid(path: &'static str, value: &str) -> Self {
        Self {
            path,
            message: "The project must be a valid 36 character UUID",
            template: "The project must be a valid 36 character UUID",
            value: Some(value.chars().take(200).collect()),
        }
    }
}

/// Members that are not right, one object each.
pub fn invalid(faults: &[Fault]) -> Response {
    let list: Vec<Value> = faults
        .iter()
        .map(|fault| {
            json!({
                "message": fault.message,
                "messageTemplate": fault.template,
                "path": fault.path,
                "invalidValue": fault.value,
            })
        })
        .collect();
    of_kind(
        StatusCode::BAD_REQUEST,
        "application/json",
        Value::from(list).to_string(),
    )
}

/// The body is no JSON object of the expected members.
pub fn not_mapped(detail: &str) -> Response {
    let title = "The provided JSON payload could not be mapped";
    problem(400, title, detail, &Value::Null)
}

/// The words for a project that is not there, or not for this caller.
pub const NO_PROJECT: &str = "The project could not be found.";

/// Engine codes that mean "this is not even readable text in a known notation".
const NOT_PARSEABLE: &[&str] = &[
    "json-invalid",
    "document-cut-off",
    "document-empty",
    "encoding-not-utf8",
];

/// A refusal in these shapes. Our own code and sentence stand beside what the client looks for.
pub fn refusal(refusal: &Refusal) -> Response {
    let sentence = Lang::En.refusal(refusal);
    let ours = json!({ "code": refusal.code, "explanation": sentence });
    if refusal.code == "intake-may-not-create" {
        let words = "The principal does not have permission to create project.";
        return text(StatusCode::UNAUTHORIZED, words);
    }
    if refusal.field == Some("sbom") {
        let detail = if NOT_PARSEABLE.contains(&refusal.code) {
            "BOM is neither valid JSON nor XML"
        } else {
            sentence.as_str()
        };
        return problem(400, "The uploaded BOM is invalid", detail, &ours);
    }
    match refusal.status {
        401 => StatusCode::UNAUTHORIZED.into_response(),
        403 => {
            let detail = "Access to the requested project is forbidden";
            problem(403, "Project access denied", detail, &ours)
        }
        // The project is there, its document is not.
        404 if refusal.code == "bom-none" => text(StatusCode::NOT_FOUND, &sentence),
        404 => text(StatusCode::NOT_FOUND, NO_PROJECT),
        422 => problem(400, "Bad Request", &sentence, &ours),
        status => {
            let reason = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
            let title = reason.canonical_reason().unwrap_or("Refused");
            problem(status, title, &sentence, &ours)
        }
    }
}

/// A valid UUID (version 8, RFC 9562 §5.8) for a thing that has none of its own, always the same
/// for the same thing.
pub fn derived_uuid(kind: &str, name: &str) -> String {
    let digest = Sha256::digest(format!("{kind}\0{name}"));
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid_text(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// A UUID as clients write it: lower case, with dashes.
pub fn uuid_text(id: uuid::Uuid) -> String {
    id.hyphenated().to_string()
}

fn of_kind(status: StatusCode, kind: &'static str, body: String) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    (status, kind, body).into_response()
}
