//! Tests of the engine: fixtures of one line a case, properties, and the real data when it is
//! there.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod advisories;
mod aliases;
mod archives;
mod comparing;
mod conversions;
mod cpes;
mod csaf;
mod distributions;
mod documents;
mod exploitation;
mod exports;
mod fuzz;
mod gate;
mod hostile;
mod hostile_formats;
mod kit;
mod matches;
mod purls;
mod quality;
mod real_data;
mod records;
mod sbom_formats;
mod sboms;
mod scan;
mod schemas;
mod severities;
mod ssvc;
mod vers;
mod versions;
mod vex;
