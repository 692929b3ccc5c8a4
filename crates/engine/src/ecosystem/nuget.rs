//! NuGet: .NET packages; ids are compared without case.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("nuget"),
    normalize_name: names::lower,
    name_of: names::bare,
    ..Ecosystem::registry("NuGet", Order::NuGet)
};
