//! Packages of distributions: which keys they lead to, what advisories say of them, and what a
//! document adds to a package URL.

use bonafide_engine::advisory::read_osv;
use bonafide_engine::matching::evaluate_all;
use bonafide_engine::purl::Purl;
use bonafide_engine::sbom::{Component, Identified, Limits, Sbom, read};

use crate::kit;
use crate::matches::shown;

fn keys(purl: &Purl) -> String {
    if let Some(reason) = purl.unmapped_reason() {
        return reason.code().to_owned();
    }
    let lookups = purl.lookups();
    assert_eq!(Some(lookups[0].key.clone()), purl.package(), "{purl}");
    let words: Vec<String> = lookups
        .iter()
        .map(|lookup| {
            let version = lookup.version.as_deref().unwrap_or("-");
            let code = lookup.basis.code().map(|code| format!(" {code}"));
            format!("{}@{version}{}", lookup.key, code.unwrap_or_default())
        })
        .collect();
    words.join(", ")
}

#[test]
fn a_purl_leads_to_the_keys_of_its_distribution_and_release() {
    for (number, line) in kit::cases("matches/distribution-keys.txt") {
        let (text, expected) = line
            .split_once(" | ")
            .unwrap_or_else(|| panic!("line {number}: {line}"));
        let purl = Purl::parse(text).unwrap_or_else(|error| panic!("line {number}: {error}"));
        assert_eq!(keys(&purl), expected, "line {number}: {line}");
        // What the database keeps leads to the same keys, and is its own short form.
        let kept = purl.matching_text();
        let again = Purl::parse(&kept).unwrap();
        assert_eq!(keys(&again), expected, "line {number}: {kept}");
        assert_eq!(again.matching_text(), kept, "line {number}");
    }
}

#[test]
fn every_case_of_a_distribution_has_its_answer() {
    for (number, line) in kit::cases("matches/distributions.txt") {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [purl, file, expected] = fields.as_slice() else {
            panic!("line {number}: {line}")
        };
        let purl = Purl::parse(purl).unwrap_or_else(|error| panic!("line {number}: {error}"));
        let text = kit::fixture(&format!("advisories/{file}.json"));
        let affected = read_osv(text.as_bytes()).unwrap().affected;
        let (outcome, at) = evaluate_all(&purl.lookups(), &affected);
        assert_eq!(shown(&outcome), *expected, "line {number}: {line}");
        assert_eq!(
            at.is_none(),
            expected.contains("package-not-named"),
            "line {number}: {line}"
        );
    }
}

#[test]
fn what_decides_stays_in_the_identity_and_the_rest_goes() {
    let text = |purl: &str| Purl::parse(purl).unwrap().matching_text();
    assert_eq!(
        text(
            "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12.5&upstream=openssl"
        ),
        "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?distro=debian-12&upstream=openssl"
    );
    assert_eq!(
        text(
            "pkg:rpm/rocky/gmp@6.1.2-10.el8?arch=x86_64&distro=rocky-8.9&epoch=1&package-id=1&upstream=gmp-6.1.2-10.el8.src.rpm"
        ),
        "pkg:rpm/rocky/gmp@1:6.1.2-10.el8?distro=rocky-8"
    );
    assert_eq!(
        text("pkg:npm/lodash@4.17.20?repository_url=x&distro=debian-12#lib"),
        "pkg:npm/lodash@4.17.20"
    );
}

#[track_caller]
fn check_component(document: &str, expected: &[&str]) {
    let sbom: Sbom = read(document.as_bytes(), &Limits::default()).unwrap();
    let got: Vec<String> = sbom
        .components
        .iter()
        .filter(|component| component.purl.is_some())
        .map(first_of)
        .collect();
    assert_eq!(got, expected);
}

fn first_of(component: &Component) -> String {
    match &component.identified {
        Identified::Package(key) => {
            let lookups = component.lookups();
            assert_eq!(lookups[0].key, *key);
            assert_eq!(lookups[0].version.as_deref(), component.version_to_match());
            format!("{key}@{}", component.version_to_match().unwrap_or("-"))
        }
        Identified::Unidentified(code) => (*code).to_owned(),
    }
}

fn cyclonedx(components: &str) -> String {
    format!(r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{components}]}}"#)
}

#[test]
fn properties_of_scanners_name_the_source_package() {
    check_component(
        &cyclonedx(
            r#"{"type":"library","name":"bsdutils","purl":"pkg:deb/ubuntu/bsdutils@2.39.3-9ubuntu6.4?arch=amd64&distro=ubuntu-24.04&epoch=1",
                "properties":[{"name":"aquasecurity:trivy:SrcName","value":"util-linux"},
                              {"name":"aquasecurity:trivy:SrcRelease","value":"9ubuntu6.4"},
                              {"name":"aquasecurity:trivy:SrcVersion","value":"2.39.3"}]},
               {"type":"library","name":"libgmp","purl":"pkg:rpm/rocky/gmp-c%2B%2B@6.1.2-10.el8?distro=rocky-8.9",
                "properties":[{"name":"syft:metadata:sourceRpm","value":"gmp-6.1.2-10.el8.src.rpm"},
                              {"name":"syft:metadata:epoch","value":"1"}]},
               {"type":"library","name":"libssl3","purl":"pkg:deb/debian/libssl3@3.0-1?distro=debian-12",
                "properties":[{"name":"syft:metadata:source","value":"openssl"}]},
               {"type":"library","name":"libcrypto3","purl":"pkg:apk/alpine/libcrypto3@3.1-r0?distro=alpine-3.18.1",
                "properties":[{"name":"syft:metadata:originPackage","value":"openssl"}]},
               {"type":"library","name":"kept","purl":"pkg:apk/alpine/kept@3.1-r0?distro=alpine-3.18.1&upstream=said",
                "properties":[{"name":"syft:metadata:originPackage","value":"another"}]},
               {"type":"library","name":"perl-base","purl":"pkg:deb/debian/perl-base@5.36-1?distro=debian-12",
                "properties":[{"name":"aquasecurity:trivy:PkgID","value":"perl-base@3:5.36-1"},
                              {"name":"aquasecurity:trivy:SrcName","value":"perl"}]}"#,
        ),
        &[
            "Ubuntu:24.04:LTS/util-linux@2.39.3-9ubuntu6.4",
            "Rocky Linux:8/gmp@1:6.1.2-10.el8",
            "Debian:12/openssl@3.0-1",
            "Alpine:v3.18/openssl@3.1-r0",
            "Alpine:v3.18/said@3.1-r0",
            "Debian:12/perl@3:5.36-1",
        ],
    );
}

#[test]
fn the_operating_system_of_a_document_lends_its_release() {
    let package = r#"{"type":"library","name":"bash","purl":"pkg:deb/debian/bash@5.2-1"},
                     {"type":"library","name":"curl","version":"8-1","purl":"pkg:deb/ubuntu/curl"},
                     {"type":"library","name":"lodash","purl":"pkg:npm/lodash@4"}"#;
    let system = |name: &str, version: &str| {
        let system = format!(
            r#"{{"type":"operating-system","name":"{name}","version":"{version}"}},{package}"#
        );
        cyclonedx(&system)
    };
    // Only to packages of its own distribution.
    for (name, version) in [
        ("debian", "12.5"),
        ("Debian GNU/Linux", "12 (bookworm)"),
        ("Debian GNU/Linux 12", ""),
    ] {
        check_component(
            &system(name, version),
            &["Debian:12/bash@5.2-1", "Ubuntu/curl@8-1", "npm/lodash@4"],
        );
    }
    // Of two that both fit nothing is said.
    let two = format!(
        r#"{{"type":"operating-system","name":"debian","version":"11"}},
           {{"type":"operating-system","name":"debian","version":"12"}},{package}"#
    );
    check_component(
        &cyclonedx(&two),
        &["Debian/bash@5.2-1", "Ubuntu/curl@8-1", "npm/lodash@4"],
    );
    let red_hat = r#"{"type":"operating-system","name":"Red Hat Enterprise Linux 9.4 Extended Update Support","version":"RHEL-9.4.0.Z.EUS"},
        {"type":"library","name":"bash","purl":"pkg:rpm/redhat/bash@5.1-9.el9?arch=src"}"#;
    check_component(
        &cyclonedx(red_hat),
        &["Red Hat:enterprise_linux:9::baseos/bash@5.1-9.el9"],
    );
}

#[test]
fn spdx_documents_name_the_source_package_in_words() {
    check_component(
        r#"{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"image","packages":[
            {"SPDXID":"SPDXRef-1","name":"debian","versionInfo":"12.13","primaryPackagePurpose":"OPERATING-SYSTEM"},
            {"SPDXID":"SPDXRef-2","name":"liblzma5","versionInfo":"5.4.1-1","sourceInfo":"built package from: xz-utils 5.4.1-1",
             "externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:deb/debian/liblzma5@5.4.1-1?arch=amd64"}]},
            {"SPDXID":"SPDXRef-3","name":"tar","versionInfo":"1.35-3","sourceInfo":"acquired package info from DPKG DB: /var/lib/dpkg/status",
             "externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:deb/debian/tar@1.35-3?distro=debian-11"}]}]}"#,
        &["Debian:12/xz-utils@5.4.1-1", "Debian:11/tar@1.35-3"],
    );
}
