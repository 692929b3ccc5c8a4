//! Pictures drawn as SVG on the server, each with words for who cannot see it and a table twin.

pub mod clock_bar;
pub mod exposure;
