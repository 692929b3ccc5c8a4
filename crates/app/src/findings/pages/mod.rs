//! The pages of findings: the triage queue, a vulnerability over all products, one finding with
//! its reasons, the findings of a release. Every number stands with what is unknown beside it.

mod changes;
mod component;
mod finding;
mod marks;
mod release;
mod triage;
mod vex;
pub mod vulnerability;

pub use triage::whole_queue;

use super::api;
use crate::accounts::Permission;
use crate::sboms::Parsers;
use crate::web::Route;
use crate::web::route::{Access, get, post};
use axum::Extension;

/// This room's addresses.
pub fn routes() -> Vec<Route> {
    let read = Access::Can(Permission::FindingsRead);
    let assess = Access::Can(Permission::FindingsAssess);
    let mut changes = get("/releases/{id}/diff", read, changes::get_changes);
    changes.handler = changes.handler.layer(Extension(Parsers::default()));
    vec![
        get("/triage", read, triage::get_triage),
        get("/triage.csv", read, triage::get_triage_csv),
        get("/triage.json", read, triage::get_triage_json),
        get("/vulnerabilities", read, vulnerability::get_search),
        get(
            "/vulnerabilities/{name}",
            read,
            vulnerability::get_vulnerability,
        ),
        post(
            "/vulnerabilities/{name}/assess",
            assess,
            vulnerability::post_assess,
        ),
        get("/components", read, component::get_component),
        get(
            "/api/bonafide/components",
            read,
            component::get_component_json,
        ),
        get("/findings/{id}", read, finding::get_finding),
        changes,
        get("/releases/{id}/vex", read, vex::get_vex),
        get("/api/bonafide/releases/{id}/vex", read, vex::get_vex_json),
        get("/releases/{id}/findings", read, release::get_findings),
        get(
            "/releases/{id}/findings.csv",
            read,
            release::get_findings_csv,
        ),
        get(
            "/releases/{id}/findings.json",
            read,
            release::get_findings_json,
        ),
        get("/api/bonafide/findings", read, api::get_queue),
        get("/api/bonafide/findings/{id}", read, api::get_finding),
        get(
            "/api/bonafide/vulnerabilities/{name}",
            read,
            api::get_vulnerability,
        ),
        get(
            "/api/bonafide/releases/{id}/findings",
            read,
            release::get_findings_json,
        ),
        post("/api/bonafide/assessments", assess, api::post_assessments),
    ]
}
