//! A route is its method, its path and who may use it: nobody can add one and forget the last.

use super::App;
use crate::trouble::Trouble;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

/// Who may use a route. Checked before the body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not. Such a handler sees only what is published.
    Anyone,
    /// Everybody who is signed in.
    SignedIn,
    /// Whoever has this permission, by role or by token scope.
    Can(crate::accounts::Permission),
}

/// One line of the route table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    /// The most bytes a body may have.
    pub body_max: usize,
    pub handler: MethodRouter<App>,
}

/// What a form or a JSON body may have unless the route says otherwise.
pub const BODY_MAX: usize = 1024 * 1024;

/// Shows something; never writes.
pub fn get<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    Route {
        method: Method::GET,
        path,
        access,
        body_max: 0,
        handler: on(MethodFilter::GET, handler),
    }
}

/// Acts.
pub fn post<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    method(Method::POST, MethodFilter::POST, path, access, handler)
}

/// Puts something in its place.
pub fn put<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    method(Method::PUT, MethodFilter::PUT, path, access, handler)
}

/// Changes parts of something.
pub fn patch<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    method(Method::PATCH, MethodFilter::PATCH, path, access, handler)
}

/// Takes something away.
pub fn delete<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    method(Method::DELETE, MethodFilter::DELETE, path, access, handler)
}

fn method<H, T>(
    method: Method,
    filter: MethodFilter,
    path: &'static str,
    access: Access,
    handler: H,
) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    Route {
        method,
        path,
        access,
        body_max: BODY_MAX,
        handler: on(filter, handler),
    }
}

impl Route {
    /// Sets how many bytes a body may have.
    #[must_use]
    pub fn up_to(mut self, bytes: usize) -> Self {
        self.body_max = bytes;
        self
    }
}

/// Reads an id from a path; anything else is an unknown one.
pub fn id<I: std::str::FromStr>(text: &str) -> Result<I, Trouble> {
    text.parse()
        .map_err(|_| crate::trouble::Refusal::not_found().into())
}

/// A text made safe for a query value (RFC 3986 unreserved characters stay).
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut out, byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
            out
        })
}
