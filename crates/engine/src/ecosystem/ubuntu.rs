//! Ubuntu: source packages, by release (`Ubuntu:22.04:LTS`, `Ubuntu:Pro:18.04:LTS`).

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("Ubuntu", Order::Dpkg);
