//! opam: OCaml packages.

use super::{Ecosystem, names};
use crate::version::Order;

pub(super) static ECOSYSTEM: Ecosystem = Ecosystem {
    purl_type: Some("opam"),
    normalize_name: names::exact,
    name_of: names::bare,
    ..Ecosystem::registry("opam", Order::Opam)
};
