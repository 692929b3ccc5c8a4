//! The words of one standard in those of another.

use crate::sbom::document::{Claim, License, Part, Party, Tool};

/// The kinds of components that CycloneDX 1.6 and 1.7 know.
pub(super) const CYCLONEDX_KINDS: [&str; 13] = [
    "application",
    "framework",
    "library",
    "container",
    "platform",
    "operating-system",
    "device",
    "device-driver",
    "firmware",
    "file",
    "machine-learning-model",
    "data",
    "cryptographic-asset",
];

/// `primaryPackagePurpose` of SPDX 2.3 (§7.24).
pub(super) fn spdx2_purpose(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "application" => "APPLICATION",
        "framework" => "FRAMEWORK",
        "library" => "LIBRARY",
        "container" => "CONTAINER",
        "operating-system" => "OPERATING_SYSTEM",
        "device" => "DEVICE",
        "firmware" => "FIRMWARE",
        "source" => "SOURCE",
        "archive" => "ARCHIVE",
        "file" => "FILE",
        "install" => "INSTALL",
        "other" => "OTHER",
        _ => return None,
    })
}

/// `software_primaryPurpose` of SPDX 3.0.1.
pub(super) fn spdx3_purpose(kind: &str) -> Option<&'static str> {
    const SAME: [&str; 26] = [
        "application",
        "archive",
        "bom",
        "configuration",
        "container",
        "data",
        "device",
        "documentation",
        "evidence",
        "executable",
        "file",
        "firmware",
        "framework",
        "install",
        "library",
        "manifest",
        "model",
        "module",
        "other",
        "patch",
        "platform",
        "requirement",
        "source",
        "specification",
        "test",
        "diskImage",
    ];
    Some(match kind {
        "operating-system" => "operatingSystem",
        "device-driver" => "deviceDriver",
        "machine-learning-model" => "model",
        "disk-image" => "diskImage",
        "filesystem-image" => "filesystemImage",
        other => return SAME.into_iter().find(|word| *word == other),
    })
}

/// SPDX 2.3 checksum algorithms (§7.10) for CycloneDX spellings.
pub(super) fn spdx2_algorithm(algorithm: &str) -> Option<&'static str> {
    const SAME: [&str; 13] = [
        "SHA3-256",
        "SHA3-384",
        "SHA3-512",
        "BLAKE2b-256",
        "BLAKE2b-384",
        "BLAKE2b-512",
        "BLAKE3",
        "MD2",
        "MD4",
        "MD5",
        "MD6",
        "ADLER32",
        "SHA1",
    ];
    Some(match algorithm {
        "SHA-1" => "SHA1",
        "SHA-224" => "SHA224",
        "SHA-256" => "SHA256",
        "SHA-384" => "SHA384",
        "SHA-512" => "SHA512",
        other => return SAME.into_iter().find(|word| *word == other),
    })
}

/// SPDX 3.0.1 hash algorithms for CycloneDX spellings.
pub(super) fn spdx3_algorithm(algorithm: &str) -> Option<&'static str> {
    Some(match algorithm {
        "MD2" => "md2",
        "MD4" => "md4",
        "MD5" => "md5",
        "MD6" => "md6",
        "ADLER32" => "adler32",
        "SHA-1" => "sha1",
        "SHA-224" => "sha224",
        "SHA-256" => "sha256",
        "SHA-384" => "sha384",
        "SHA-512" => "sha512",
        "SHA3-224" => "sha3_224",
        "SHA3-256" => "sha3_256",
        "SHA3-384" => "sha3_384",
        "SHA3-512" => "sha3_512",
        "BLAKE2b-256" => "blake2b256",
        "BLAKE2b-384" => "blake2b384",
        "BLAKE2b-512" => "blake2b512",
        "BLAKE3" => "blake3",
        _ => return None,
    })
}

/// `NOASSERTION` or `NONE` for a claim without a value.
pub(super) fn unknown<T>(claim: &Claim<T>) -> Option<&'static str> {
    match claim {
        Claim::Unknown => Some("NOASSERTION"),
        Claim::None => Some("NONE"),
        Claim::Absent | Claim::Known(_) => None,
    }
}

/// The licences of a claim.
pub(super) fn licenses(claim: &Claim<Vec<License>>) -> &[License] {
    claim.known().map(Vec::as_slice).unwrap_or_default()
}

/// The best name of a party: its own, else its first address.
pub(super) fn party_name(party: &Party) -> Option<&str> {
    let own = party.name.as_deref().filter(|name| !name.trim().is_empty());
    own.or_else(|| party.emails.first().map(String::as_str))
        .or_else(|| party.urls.first().map(String::as_str))
}

/// A tool in one text, as SPDX 2 writes it: `vendor name-version`.
pub(super) fn tool_text(tool: &Tool) -> String {
    let mut text = String::new();
    if let Some(vendor) = &tool.vendor {
        text.push_str(vendor);
        text.push(' ');
    }
    text.push_str(&tool.name);
    if let Some(version) = &tool.version {
        text.push('-');
        text.push_str(version);
    }
    one_line(&text)
}

/// A text on one line: SPDX 2 values end at the end of a line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What CycloneDX says of a component and SPDX has no field for, as names and values.
pub(super) fn cyclonedx_only(part: &Part) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            facts.push((format!("cyclonedx:{name}"), value.to_owned()));
        }
    };
    fact("group", part.group.as_deref());
    fact("publisher", part.publisher.as_deref());
    fact("scope", part.scope.as_deref());
    fact("versionRange", part.version_range.as_deref());
    fact("isExternal", part.is_external.then_some("true"));
    for author in &part.authors {
        fact("author", party_name(author));
    }
    facts
}

/// SPDX 3 SBOM types and CycloneDX phases, side by side (CISA, Types of SBOM Documents, 2023).
const LIFECYCLES: [(&str, &str); 6] = [
    ("design", "design"),
    ("pre-build", "source"),
    ("build", "build"),
    ("post-build", "analyzed"),
    ("operations", "deployed"),
    ("discovery", "runtime"),
];

/// The CycloneDX phase for a word of either standard.
pub(super) fn phase(word: &str) -> Option<&'static str> {
    if word == "decommission" {
        return Some("decommission");
    }
    let pair = LIFECYCLES
        .iter()
        .find(|(phase, ty)| *phase == word || *ty == word);
    pair.map(|(phase, _)| *phase)
}

/// The SPDX 3 SBOM type for a word of either standard.
pub(super) fn sbom_type(word: &str) -> Option<&'static str> {
    let pair = LIFECYCLES
        .iter()
        .find(|(phase, ty)| *phase == word || *ty == word);
    pair.map(|(_, ty)| *ty)
}
