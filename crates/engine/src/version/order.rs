//! The list of orders, and which strategy reads and compares each.

use std::cmp::Ordering;

use super::{
    alpm, android, apk, composer, conan, cpe, digits, dpkg, freebsd, gentoo, go, kernel, maven,
    nuget, openssl, pep440, plain, rpm, rubygems, semver,
};

/// A strategy by which versions are ordered; several ecosystems may share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Semantic Versioning 2.0 §11, tolerant of `v`, of fewer or more than three numbers.
    Semver,
    /// The same, with build metadata as the last word (Dart, Julia).
    SemverBuilt,
    /// The same, with `.root.io.N` for the builds of Root.
    Rooted,
    /// The same as [`Order::Semver`], plus Go's own spellings: `go1.21rc2`, `+incompatible`, pseudo-versions.
    Go,
    /// PEP 440.
    Pep440,
    /// Maven's version order (POM reference, "Version Order Specification").
    Maven,
    /// Debian Policy §5.6.12.
    Dpkg,
    /// opam's manual, "Version ordering": Debian's order.
    Opam,
    /// rpm-version(7).
    Rpm,
    /// apk-package(5).
    Apk,
    /// `Gem::Version`.
    RubyGems,
    /// NuGet documentation, "Package versioning".
    NuGet,
    /// Composer, for Packagist.
    Composer,
    /// R, `numeric_version`.
    R,
    /// Haskell Package Versioning Policy.
    Haskell,
    /// Numbers joined by dots; the rest says nothing (`vers:intdot`, nginx).
    IntDot,
    /// Conan 2.
    Conan,
    /// pkg-version(8).
    FreeBsd,
    /// The Linux kernel.
    Kernel,
    /// Platform version and security patch level.
    Android,
    /// vercmp(8). Not transitive: a missing release equals any.
    Alpm,
    /// Package Manager Specification.
    Gentoo,
    /// OpenSSL.
    OpenSsl,
    /// RFC 3339.
    Datetime,
    /// Bytes of the text (`vers:lexicographic`).
    Lexicographic,
    /// Versions in CPE names, by an order of our own: nobody defines one.
    Cpe,
}

/// A version as its strategy holds it; orders that share a strategy share the variant.
#[derive(Debug, Clone)]
pub(super) enum Parsed {
    Semver(semver::SemverVersion),
    Built(semver::BuiltVersion),
    Pep440(Box<pep440_rs::Version>),
    Maven(maven::MavenVersion),
    Dpkg(dpkg::DpkgVersion),
    Rpm(rpm::RpmVersion),
    Apk(apk::ApkVersion),
    Gem(rubygems::GemVersion),
    NuGet(nuget::NuGetVersion),
    Composer(composer::ComposerVersion),
    Numbers(Vec<digits::Digits>),
    Conan(conan::ConanVersion),
    FreeBsd(freebsd::FreeBsdVersion),
    Kernel(kernel::KernelVersion),
    Android(android::AndroidVersion),
    Alpm(alpm::AlpmVersion),
    Gentoo(gentoo::GentooVersion),
    OpenSsl(openssl::OpenSslVersion),
    Instant(jiff::Timestamp),
    Text(Box<str>),
    Cpe(cpe::CpeVersion),
}

impl Order {
    /// Every order there is.
    pub const ALL: &[Self] = &[
        Self::Semver,
        Self::SemverBuilt,
        Self::Rooted,
        Self::Go,
        Self::Pep440,
        Self::Maven,
        Self::Dpkg,
        Self::Opam,
        Self::Rpm,
        Self::Apk,
        Self::RubyGems,
        Self::NuGet,
        Self::Composer,
        Self::R,
        Self::Haskell,
        Self::IntDot,
        Self::Conan,
        Self::FreeBsd,
        Self::Kernel,
        Self::Android,
        Self::Alpm,
        Self::Gentoo,
        Self::OpenSsl,
        Self::Datetime,
        Self::Lexicographic,
        Self::Cpe,
    ];

    /// The rules in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Semver => "Semantic Versioning",
            Self::SemverBuilt => "Semantic Versioning with ordered builds",
            Self::Rooted => "Semantic Versioning with builds of Root",
            Self::Go => "Go modules",
            Self::Pep440 => "PEP 440",
            Self::Maven => "Maven",
            Self::Dpkg => "Debian packages",
            Self::Opam => "opam",
            Self::Rpm => "RPM packages",
            Self::Apk => "Alpine packages",
            Self::RubyGems => "RubyGems",
            Self::NuGet => "NuGet",
            Self::Composer => "Composer",
            Self::R => "R packages",
            Self::Haskell => "Haskell packages",
            Self::IntDot => "numbers joined by dots",
            Self::Conan => "Conan",
            Self::FreeBsd => "FreeBSD packages",
            Self::Kernel => "the Linux kernel",
            Self::Android => "Android",
            Self::Alpm => "Arch Linux packages",
            Self::Gentoo => "Gentoo packages",
            Self::OpenSsl => "OpenSSL",
            Self::Datetime => "instants of RFC 3339",
            Self::Lexicographic => "plain text",
            Self::Cpe => "versions in CPE names",
        }
    }
}

impl Parsed {
    /// Reads a text that is neither empty nor too long.
    pub(super) fn read(order: Order, text: &str) -> Option<Self> {
        match order {
            Order::Semver => semver::parse(text).map(Self::Semver),
            Order::SemverBuilt => semver::parse_built(text).map(Self::Built),
            Order::Rooted => semver::parse_rooted(text).map(Self::Built),
            Order::Go => go::parse(text).map(Self::Semver),
            Order::Pep440 => pep440::parse(text).map(|version| Self::Pep440(Box::new(version))),
            Order::Maven => maven::parse(text).map(Self::Maven),
            Order::Dpkg => dpkg::parse(text).map(Self::Dpkg),
            Order::Opam => dpkg::parse_opam(text).map(Self::Dpkg),
            Order::Rpm => rpm::parse(text).map(Self::Rpm),
            Order::Apk => apk::parse(text).map(Self::Apk),
            Order::RubyGems => rubygems::parse(text).map(Self::Gem),
            Order::NuGet => nuget::parse(text).map(Self::NuGet),
            Order::Composer => composer::parse(text).map(Self::Composer),
            Order::R => plain::parse_r(text).map(Self::Numbers),
            Order::Haskell => plain::parse_haskell(text).map(Self::Numbers),
            Order::IntDot => plain::parse_intdot(text).map(Self::Numbers),
            Order::Conan => conan::parse(text).map(Self::Conan),
            Order::FreeBsd => freebsd::parse(text).map(Self::FreeBsd),
            Order::Kernel => kernel::parse(text).map(Self::Kernel),
            Order::Android => android::parse(text).map(Self::Android),
            Order::Alpm => alpm::parse(text).map(Self::Alpm),
            Order::Gentoo => gentoo::parse(text).map(Self::Gentoo),
            Order::OpenSsl => openssl::parse(text).map(Self::OpenSsl),
            Order::Datetime => plain::parse_instant(text).map(Self::Instant),
            Order::Lexicographic => Some(Self::Text(text.into())),
            Order::Cpe => cpe::parse(text).map(Self::Cpe),
        }
    }

    /// `None` when the two were read by different strategies.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        Some(match (self, other) {
            (Self::Semver(a), Self::Semver(b)) => a.cmp(b),
            (Self::Built(a), Self::Built(b)) => a.cmp(b),
            (Self::Pep440(a), Self::Pep440(b)) => a.cmp(b),
            (Self::Maven(a), Self::Maven(b)) => a.cmp(b),
            (Self::Dpkg(a), Self::Dpkg(b)) => a.cmp(b),
            (Self::Rpm(a), Self::Rpm(b)) => a.cmp(b),
            (Self::Apk(a), Self::Apk(b)) => a.cmp(b),
            (Self::Gem(a), Self::Gem(b)) => a.cmp(b),
            (Self::NuGet(a), Self::NuGet(b)) => a.cmp(b),
            (Self::Composer(a), Self::Composer(b)) => a.cmp(b),
            (Self::Numbers(a), Self::Numbers(b)) => a.cmp(b),
            (Self::Conan(a), Self::Conan(b)) => a.cmp(b),
            (Self::FreeBsd(a), Self::FreeBsd(b)) => a.cmp(b),
            (Self::Kernel(a), Self::Kernel(b)) => a.cmp(b),
            (Self::Android(a), Self::Android(b)) => a.cmp(b),
            (Self::Alpm(a), Self::Alpm(b)) => a.compare(b),
            (Self::Gentoo(a), Self::Gentoo(b)) => a.cmp(b),
            (Self::OpenSsl(a), Self::OpenSsl(b)) => a.cmp(b),
            (Self::Instant(a), Self::Instant(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Cpe(a), Self::Cpe(b)) => a.compare(b),
            _ => return None,
        })
    }
}
