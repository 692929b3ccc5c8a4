//! Wolfi: apk packages, rolling.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Wolfi", Order::Apk);
