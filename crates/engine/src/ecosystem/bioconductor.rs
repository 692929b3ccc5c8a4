//! Bioconductor: R packages for biology.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("bioconductor"),
    normalize_name: names::exact,
    name_of: names::bare,
    ..Ecosystem::registry("Bioconductor", Order::R)
};
