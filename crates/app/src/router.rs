//! All routes stand on this screen, each with who may use it, and what happens around them.
//!
//! Around every route, in this order: security headers, recognition, permission, cross-origin
//! check, size limit; only then is the body read. Troubles are put into words on the way out.

mod around;
mod kept;
mod troubles;

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
    let mut paths: BTreeMap<&'static str, MethodRouter<App>> = BTreeMap::new();
    for route in routes {
        let path = route.path;
        let handler = around::gated(&app, route);
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
