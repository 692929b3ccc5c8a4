//! What software contains and what is wrong with it: identities (purl), version orders, SBOM and
//! advisory formats, exploitation catalogues, matching, aliases and severity.
//!
//! This crate is pure: bytes and plain values in, plain values out. It knows no database, clock,
//! network, file or thread, and it never panics on anything that comes from outside. Unknown is
//! never "safe": what cannot be decided carries a stable kebab-case code that says why.
//!
//! Order, each module may use those before it: `json` (bounds and tolerant values) → `purl` →
//! `ecosystem`, `package`, `lookup`, `cpe` → `version` → `vers`, `severity` → `advisory` → `sbom` →
//! `matching`, `exploitation`, `alias`, `ssvc`, `csaf` → `vex`;
//! `sbom` → `quality`, `export`, `diff`; `matching`, `sbom` → `scan`.

pub mod advisory;
pub mod alias;
pub mod cpe;
pub mod csaf;
pub mod diff;
pub mod ecosystem;
pub mod exploitation;
pub mod export;
mod json;
pub mod lookup;
pub mod matching;
pub mod package;
pub mod purl;
pub mod quality;
pub mod sbom;
pub mod scan;
pub mod severity;
pub mod ssvc;
pub mod vers;
pub mod version;
pub mod vex;
