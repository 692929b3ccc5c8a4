//! Which order of versions each VERS type has: by convention the purl type of a registry, and a
//! few types of their own.

use crate::version::Order;

/// The order of a VERS type, or `None` when nothing says how its versions are ordered.
#[must_use]
pub fn order_of(scheme: &str) -> Option<Order> {
    Some(match scheme {
        "alpine" | "apk" => Order::Apk,
        "alpm" | "arch" => Order::Alpm,
        "bitnami" | "cargo" | "githubactions" | "hex" | "npm" | "semver" | "swift"
        | "vscode-extension" => Order::Semver,
        "composer" => Order::Composer,
        "conan" => Order::Conan,
        "cran" | "bioconductor" => Order::R,
        "datetime" => Order::Datetime,
        "deb" => Order::Dpkg,
        "ebuild" | "gentoo" => Order::Gentoo,
        "freebsd" => Order::FreeBsd,
        "gem" => Order::RubyGems,
        "go" | "golang" => Order::Go,
        "hackage" => Order::Haskell,
        "intdot" | "nginx" => Order::IntDot,
        "julia" | "pub" => Order::SemverBuilt,
        "lexicographic" => Order::Lexicographic,
        "linux" | "kernel" => Order::Kernel,
        "maven" => Order::Maven,
        "nuget" => Order::NuGet,
        "opam" => Order::Opam,
        "openssl" => Order::OpenSsl,
        "pypi" => Order::Pep440,
        "rpm" => Order::Rpm,
        _ => return None,
    })
}
