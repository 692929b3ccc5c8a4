//! Alpine: source packages, by branch (`Alpine:v3.20`).

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Alpine", Order::Apk);
