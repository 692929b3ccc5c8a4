//! The public face: pages of the organisation and its products, `security.txt`, JSON twins. Reads what is published; writes nothing.

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    Vec::new()
}
