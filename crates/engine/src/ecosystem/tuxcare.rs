//! TuxCare: patched packages of the ecosystem that the suffix names (`TuxCare:npm`,
//! `TuxCare:Red Hat`), with that ecosystem's versions. Without a name there is no order.

use super::{Ecosystem, order_of_plain};

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::by_suffix("TuxCare", order_of_plain);
