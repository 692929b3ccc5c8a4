//! OSS-Fuzz: projects as that service names them; their versions are tags and commits of each
//! project, without a common order.

use super::Ecosystem;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::unordered("OSS-Fuzz");
