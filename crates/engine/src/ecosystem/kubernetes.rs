//! Kubernetes: components named by their Go modules.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Kubernetes", Order::Semver);
