//! GIT: commits of a repository. Their order is the graph of commits, which no text holds.

use super::Ecosystem;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem::unordered("GIT");
