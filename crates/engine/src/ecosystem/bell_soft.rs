//! BellSoft Hardened Containers: apk packages.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem =
    Ecosystem::ordered("BellSoft Hardened Containers", Order::Apk);
