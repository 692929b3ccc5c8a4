//! BellSoft Alpaquita Linux: apk packages.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Alpaquita", Order::Apk);
