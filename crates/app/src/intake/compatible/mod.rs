//! The Dependency-Track-compatible API: what its many clients send to upload an SBOM and read to
//! decide about a build, at the root of the host because one of them overwrites the path.
//!
//! A project is a release here: its name is the product's, its version the release's. What
//! clients ask beyond that (parents, policies, portfolios) is accepted and has no effect. It
//! must never answer more than the caller's permissions show elsewhere.

mod answers;
mod badge;
mod documents;
mod gates;
mod projects;
mod reports;
mod upload;
mod values;

use super::Door;
use super::body::BODY_BYTES_MAX;
use crate::accounts::Permission;
use crate::trouble::Refusal;
use crate::web::App;
use crate::web::route::{self, Access, Route};
use axum::Extension;
use axum::http::{HeaderValue, header};
use axum::response::Response;

/// The addresses of this API.
pub fn routes(door: &Door) -> Vec<Route> {
    let upload = Access::Can(Permission::SbomsUpload);
    let read = Access::Can(Permission::ProductsRead);
    let findings = Access::Can(Permission::FindingsRead);
    let write = Access::Can(Permission::ReleasesWrite);
    let mut routes = vec![
        route::put("/api/v1/bom", upload, upload::submit).up_to(BODY_BYTES_MAX),
        route::post("/api/v1/bom", upload, upload::submit).up_to(BODY_BYTES_MAX),
    ];
    for route in &mut routes {
        let handler = std::mem::take(&mut route.handler);
        route.handler = handler.layer(Extension(door.clone()));
    }
    routes.extend([
        route::get("/api/version", Access::Anyone, gates::get_version),
        route::get("/api/v1/bom/token/{token}", upload, upload::get_token),
        route::get(
            "/api/v1/event/token/{token}",
            Access::SignedIn,
            upload::get_token,
        ),
        route::get("/api/v1/team/self", Access::SignedIn, gates::get_team),
        route::get("/api/v1/project", read, projects::get_list),
        route::put("/api/v1/project", write, projects::put_one),
        route::get("/api/v1/project/lookup", read, projects::get_lookup),
        route::get("/api/v1/project/{uuid}", read, projects::get_one),
        route::patch("/api/v1/project/{uuid}", write, projects::patch_one),
        route::delete(
            "/api/v1/project/{uuid}",
            // Dependency-Track wants more for it than for a change.
            Access::Can(Permission::ProductsWrite),
            projects::delete_one,
        ),
        route::get(
            "/api/v1/finding/project/{uuid}",
            findings,
            gates::get_findings,
        ),
        route::get(
            "/api/v1/violation/project/{uuid}",
            findings,
            gates::get_violations,
        ),
        route::get(
            "/api/v1/metrics/project/{uuid}/current",
            findings,
            gates::get_metrics,
        ),
        route::get(
            "/api/v1/metrics/project/{uuid}/refresh",
            findings,
            gates::get_refresh,
        ),
    ]);
    routes.extend(read_back(door));
    routes
}

/// What clients fetch as files and pictures.
fn read_back(door: &Door) -> Vec<Route> {
    let read = Access::Can(Permission::ProductsRead);
    let findings = Access::Can(Permission::FindingsRead);
    let mut bom = route::get(
        "/api/v1/bom/cyclonedx/project/{uuid}",
        read,
        documents::get_bom,
    );
    bom.handler = bom.handler.layer(Extension(door.parsers.clone()));
    vec![
        bom,
        route::get(
            "/api/v1/finding/project/{uuid}/export",
            findings,
            gates::get_export,
        ),
        route::get(
            "/api/v1/badge/vulns/project/{uuid}",
            findings,
            badge::get_of_project,
        ),
        route::get(
            "/api/v1/badge/vulns/project/{name}/{version}",
            findings,
            badge::get_of_name,
        ),
    ]
}

/// Whether an address belongs to this API, whose refusals have shapes of their own.
pub fn is_compatible_path(path: &str) -> bool {
    path == "/api/version" || path.starts_with("/api/v1/")
}

/// A refusal as clients of this API expect it.
pub fn refuse_compatibly(refusal: &Refusal) -> Response {
    answers::refusal(refusal)
}

/// The headers every answer of this API carries. One client refuses to work without the first;
/// an admin may turn it off.
pub fn dress(app: &App, mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    if app.config.dependency_track_header {
        let powered = format!(
            "Dependency-Track v{} (compatible; Bonafide {})",
            gates::FOLLOWED_VERSION,
            env!("CARGO_PKG_VERSION")
        );
        if let Ok(value) = HeaderValue::from_str(&powered) {
            headers.insert("x-powered-by", value);
        }
    }
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=0, must-revalidate, no-cache"),
    );
    answer
}
