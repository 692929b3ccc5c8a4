//! Linux: the kernel.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Linux", Order::Kernel);
