//! MinimOS: apk packages.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("MinimOS", Order::Apk);
