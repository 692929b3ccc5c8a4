//! What we publish about vulnerabilities: advisories, users informed, reports received.

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}
