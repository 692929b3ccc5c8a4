//! Home, search, calendar. Reads everything; writes nothing; nothing imports it.

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}
