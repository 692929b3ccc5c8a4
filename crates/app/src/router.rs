//! All routes stand on this screen, each with who may use it, and what happens around them.
//!
//! Around every route, in this order: security headers, size limit and least speed of the body,
//! recognition, permission, cross-origin check; only then is the body read. The one exception is a
//! form of our own page whose session has ended: what was typed into it is read and given back
//! (`router/kept.rs`). Troubles are put into words on the way out.

mod around;
mod arrival;
mod kept;
mod troubles;

pub use arrival::Pace;

use crate::web::{App, Route};
use axum::Router;
use axum::routing::MethodRouter;
use std::collections::BTreeMap;

/// Every route of the program.
pub fn routes() -> Vec<Route> {
    [
        crate::web::assets::routes(),
        crate::web::health::routes(),
        crate::accounts::routes(),
        crate::journal::routes(),
        crate::notices::routes(),
        crate::evidence::routes(),
        crate::products::routes(),
        crate::releases::routes(),
        crate::advisories::routes(),
        crate::sboms::routes(),
        crate::findings::routes(),
        crate::intake::routes(),
        crate::cases::routes(),
        crate::disclosures::routes(),
        crate::trust_center::routes(),
        crate::overview::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The whole service.
pub fn service(app: App) -> Router {
    service_of(app, routes())
}

/// These routes and what happens around them.
pub fn service_of(app: App, routes: Vec<Route>) -> Router {
    service_at(app, routes, Pace::default())
}

/// The same, with bodies that must come at this pace.
pub fn service_at(app: App, routes: Vec<Route>, pace: Pace) -> Router {
    let mut paths: BTreeMap<&'static str, MethodRouter<App>> = BTreeMap::new();
    for route in routes {
        let path = route.path;
        let handler = around::gated(&app, route, pace);
        let merged = match paths.remove(path) {
            Some(others) => others.merge(handler),
            None => handler,
        };
        paths.insert(path, merged);
    }
    let mut router = Router::new();
    for (path, handler) in paths {
        router = router.route(path, handler);
    }
    around::everything(&app, router).with_state(app)
}
