//! What software contains and what is wrong with it.
pub mod sbom {
    /// Stands in until the engine lands.
    pub struct Sbom;
}
