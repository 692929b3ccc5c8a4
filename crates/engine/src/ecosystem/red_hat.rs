//! Red Hat: RPMs, by product stream (the suffix is a part of a CPE).

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Red Hat", Order::Rpm);
