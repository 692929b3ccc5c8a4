//! Docker Hardened Images: packages of the distribution that the suffix names
//! (`Docker Hardened Images:Alpine:3.23`), with that distribution's versions.

use super::{Ecosystem, order_of_plain};

pub(super) static ECOSYSTEM: Ecosystem =
    Ecosystem::by_suffix("Docker Hardened Images", order_of_plain);
