//! What a document may not exceed. Every limit is checked before memory is spent on it.

/// Bounds of one SBOM document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document, uncompressed.
    pub bytes_max: usize,
    /// Nesting of JSON lists and objects; real documents stay below 20.
    pub depth_max: usize,
    /// JSON values altogether.
    pub values_max: usize,
    /// Components, nested ones included.
    pub components_max: usize,
    /// Dependencies, and as many containments.
    pub dependencies_max: usize,
    /// Bytes of one text.
    pub string_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: 128 * 1024 * 1024,
            depth_max: 64,
            values_max: 40_000_000,
            components_max: 500_000,
            dependencies_max: 5_000_000,
            string_max: 4 * 1024 * 1024,
        }
    }
}
