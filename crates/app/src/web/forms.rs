//! The fields of a form, however they came: URL-encoded or multipart, with or without files.
//! What was typed is kept, so that a refused form is shown again as it was.

use super::App;
use crate::trouble::{Refusal, Trouble};
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use jiff::civil::Date;

const FIELDS_MAX: usize = 2_000;
/// The most that is read of what was typed, where the files of a form are not.
pub const TYPED_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A posted form.
#[derive(Debug, Default, Clone)]
pub struct Fields {
    values: Vec<(String, String)>,
    files: Vec<Upload>,
}

/// A file that came with a form.
#[derive(Debug, Clone)]
pub struct Upload {
    pub field: String,
    /// As the browser named it; never used as a path.
    pub file_name: String,
    pub bytes: Vec<u8>,
}

impl Fields {
    /// Fields made by hand, for tests and for showing a form with given values.
    pub fn from_pairs<K: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let values = pairs
            .into_iter()
            .map(|(k, v)| (k.into(), v.into()))
            .collect();
        Self {
            values,
            files: Vec::new(),
        }
    }

    /// The value of a field without surrounding white space; empty when it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.values
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// The value of a field exactly as it was typed: white space around a password is part of it.
    pub fn exact(&self, name: &str) -> &str {
        self.values
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// [`Fields::get`], absent when empty.
    pub fn opt(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }

    /// Every value of a field that may stand several times.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.values
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// Whether a check box is ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        matches!(self.get(name), "on" | "true" | "yes" | "1")
    }

    /// A value that must be there, at most `chars_max` characters long.
    pub fn required(&self, name: &'static str, chars_max: usize) -> Result<String, Trouble> {
        match self.text(name, chars_max)? {
            Some(value) => Ok(value),
            None => Err(Refusal::required(name).into()),
        }
    }

    /// A value that may be there, at most `chars_max` characters long.
    pub fn text(&self, name: &'static str, chars_max: usize) -> Result<Option<String>, Trouble> {
        let Some(value) = self.opt(name) else {
            return Ok(None);
        };
        if value.chars().count() > chars_max {
            return Err(Refusal::too_long(name, chars_max).into());
        }
        Ok(Some(value.replace("\r\n", "\n")))
    }

    /// A day, as a date field sends it (ISO 8601).
    pub fn day(&self, name: &'static str) -> Result<Option<Date>, Trouble> {
        match self.opt(name) {
            None => Ok(None),
            Some(value) => value.parse().map(Some).map_err(|_| {
                Refusal::field(name, "field-not-a-day")
                    .with("field", name)
                    .into()
            }),
        }
    }

    /// An instant as [`super::when::read`] reads it. The zone of its clock time is the one the form
    /// named beside the field (a hidden `<name>_zone`); without one it is UTC.
    pub fn instant(&self, name: &'static str) -> Result<Option<jiff::Timestamp>, Trouble> {
        let Some(value) = self.opt(name) else {
            return Ok(None);
        };
        let zone = match self.opt(&format!("{name}_zone")) {
            None => jiff::tz::TimeZone::UTC,
            Some(zone) => jiff::tz::TimeZone::get(zone)
                .map_err(|_| Refusal::field(name, "field-not-an-instant").with("field", name))?,
        };
        Ok(Some(super::when::read(value, &zone, name)?))
    }

    /// [`Fields::instant`], refused when there is none.
    pub fn required_instant(&self, name: &'static str) -> Result<jiff::Timestamp, Trouble> {
        Ok(self.instant(name)?.ok_or_else(|| Refusal::required(name))?)
    }

    /// The file of a field, if one was chosen.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files
            .iter()
            .find(|file| file.field == name && !file.bytes.is_empty())
    }

    /// Every name with its value, as they came.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.values
    }

    /// Every file that came.
    pub fn files(&self) -> &[Upload] {
        &self.files
    }
}

impl FromRequest<App> for Fields {
    type Rejection = Trouble;

    async fn from_request(request: Request, app: &App) -> Result<Self, Trouble> {
        read(request, app, Files::Kept).await
    }
}

impl Fields {
    /// What was typed into a form. Its files are read past and not held: each that is not empty
    /// stands there with its name and without its bytes.
    pub async fn typed(request: Request, app: &App) -> Result<Self, Trouble> {
        read(request, app, Files::Passed).await
    }

    /// Whether a request's body is a form of several parts, as those with files are.
    pub fn is_multipart(request: &Request) -> bool {
        let kind = request.headers().get(header::CONTENT_TYPE);
        kind.and_then(|v| v.to_str().ok())
            .is_some_and(|kind| kind.starts_with("multipart/form-data"))
    }
}

/// What happens to the files of a form.
#[derive(Clone, Copy, PartialEq)]
enum Files {
    Kept,
    Passed,
}

async fn read(request: Request, app: &App, files: Files) -> Result<Fields, Trouble> {
    if Fields::is_multipart(&request) {
        return multipart(request, app, files).await;
    }
    let axum::extract::Form(values) =
        axum::extract::Form::<Vec<(String, String)>>::from_request(request, app)
            .await
            .map_err(|rejection| unreadable(rejection.status()))?;
    if values.len() > FIELDS_MAX {
        return Err(Refusal::too_large("form-too-many-fields").into());
    }
    Ok(Fields {
        values,
        files: Vec::new(),
    })
}

fn unreadable(status: StatusCode) -> Refusal {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        Refusal::too_large("body-too-large")
    } else {
        Refusal::new(400, "form-unreadable")
    }
}

async fn multipart(request: Request, app: &App, files: Files) -> Result<Fields, Trouble> {
    let unreadable = |error: MultipartError| unreadable(error.status());
    let mut form = Multipart::from_request(request, app)
        .await
        .map_err(|_| Refusal::new(400, "form-unreadable"))?;
    let mut fields = Fields::default();
    let mut left = match files {
        Files::Kept => usize::MAX,
        Files::Passed => TYPED_BYTES_MAX,
    };
    while let Some(mut part) = form.next_field().await.map_err(unreadable)? {
        if fields.values.len() + fields.files.len() >= FIELDS_MAX {
            return Err(Refusal::too_large("form-too-many-fields").into());
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let is_passed = files == Files::Passed && file_name.is_some();
        let (mut bytes, mut is_empty) = (Vec::new(), true);
        while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
            is_empty &= chunk.is_empty();
            if !is_passed {
                left = left
                    .checked_sub(chunk.len())
                    .ok_or_else(|| Refusal::too_large("body-too-large"))?;
                bytes.extend_from_slice(&chunk);
            }
        }
        match file_name {
            Some(_) if is_passed && is_empty => {}
            Some(file_name) => fields.files.push(Upload {
                field: name,
                file_name,
                bytes,
            }),
            None => fields
                .values
                .push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(fields)
}
