//! GHC: parts of the Glasgow Haskell Compiler, by the compiler's version.

use super::Ecosystem;
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::ordered("GHC", Order::Semver);
