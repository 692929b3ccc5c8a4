//! The rules of each purl type: which parts are compared without case, and whether a namespace
//! belongs there. From the type definitions published with ECMA-427 (package-url/purl-spec,
//! commit 16f3d0e39343); they change often, so they are a table and nothing but a table.

use super::Purl;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Namespace {
    Required,
    Optional,
    Prohibited,
}

#[derive(Clone, Copy)]
struct Rule {
    ty: &'static str,
    namespace: Namespace,
    /// Lower-case these parts: `n`amespace, na`m`e, `v`ersion; `U` upper-cases the namespace;
    /// `-` and `_` replace the other separators in the name.
    fold: &'static str,
}

const fn rule(ty: &'static str, namespace: Namespace, fold: &'static str) -> Rule {
    Rule {
        ty,
        namespace,
        fold,
    }
}

use Namespace::{Optional, Prohibited, Required};

/// Sorted by type.
const RULES: &[Rule] = &[
    rule("alpm", Required, "nm"),
    rule("apk", Required, "nm"),
    rule("bazel", Prohibited, ""),
    rule("bitbucket", Required, "nm"),
    rule("bitnami", Prohibited, "m"),
    rule("brew", Optional, "nm"),
    rule("cargo", Prohibited, ""),
    rule("chrome-extension", Prohibited, "m"),
    rule("cocoapods", Prohibited, ""),
    rule("composer", Required, "nm"),
    rule("conan", Optional, ""),
    rule("conda", Prohibited, ""),
    rule("cpan", Optional, "U"),
    rule("cran", Prohibited, ""),
    rule("deb", Required, "nm"),
    rule("docker", Optional, ""),
    rule("gem", Prohibited, ""),
    rule("generic", Optional, ""),
    rule("git", Required, ""),
    rule("github", Required, "nm"),
    // The definition says both "case sensitive" and "shall be lowercased"; advisories and tools
    // differ in case, so one form is needed. `go` names the standard library's own components
    // without a namespace, hence not required.
    rule("golang", Optional, "nm"),
    rule("hackage", Prohibited, ""),
    rule("hex", Optional, "nm"),
    rule("huggingface", Required, "v"),
    rule("julia", Prohibited, ""),
    rule("luarocks", Optional, "nm"),
    rule("maven", Required, ""),
    rule("mlflow", Prohibited, ""),
    rule("npm", Optional, ""),
    rule("nuget", Prohibited, ""),
    rule("oci", Prohibited, "mv"),
    rule("opam", Prohibited, ""),
    rule("otp", Prohibited, "m"),
    rule("pub", Prohibited, "m_"),
    rule("pypi", Prohibited, "mv-"),
    rule("qpkg", Required, "n"),
    rule("rpm", Required, "n"),
    rule("swid", Optional, ""),
    rule("swift", Required, ""),
    rule("vcpkg", Prohibited, ""),
    rule("vscode-extension", Required, "nmv"),
    rule("yocto", Optional, "n"),
];

fn rule_of(ty: &str) -> Option<&'static Rule> {
    RULES
        .binary_search_by(|rule| rule.ty.cmp(ty))
        .ok()
        .map(|index| &RULES[index])
}

pub(super) fn normalize(purl: &mut Purl) {
    let Some(rule) = rule_of(&purl.ty) else {
        return;
    };
    for step in rule.fold.bytes() {
        match step {
            b'n' => purl.namespace.iter_mut().for_each(lower),
            b'U' => purl
                .namespace
                .iter_mut()
                .for_each(|text| *text = text.to_uppercase()),
            b'm' => lower(&mut purl.name),
            b'v' => purl.version.iter_mut().for_each(lower),
            b'-' if purl.name.contains('_') => purl.name = purl.name.replace('_', "-"),
            b'_' if purl.name.contains(|c: char| !is_word(c)) => {
                purl.name = purl.name.replace(|c: char| !is_word(c), "_");
            }
            _ => {}
        }
    }
}

/// Qualifiers without which a type's purl names nothing.
const REQUIRED_QUALIFIERS: [(&str, &str); 2] = [("julia", "uuid"), ("swid", "tag_id")];

pub(super) fn violation(purl: &Purl) -> Option<&'static str> {
    let lacks = |(ty, key): &(&str, &str)| *ty == purl.ty && !purl.qualifiers.contains_key(*key);
    if REQUIRED_QUALIFIERS.iter().any(lacks) {
        return Some("purl-qualifier-missing");
    }
    match (rule_of(&purl.ty)?.namespace, &purl.namespace) {
        (Required, None) => Some("purl-namespace-missing"),
        (Prohibited, Some(_)) => Some("purl-namespace-not-allowed"),
        _ => None,
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

fn lower(text: &mut String) {
    if text.is_ascii() {
        text.make_ascii_lowercase();
    } else {
        *text = text.to_lowercase();
    }
}
