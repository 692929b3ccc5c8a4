//! Where a distribution's package comes from, as far as the document says: its release from the
//! operating system among the components, its source package from properties of scanners and from
//! SPDX `sourceInfo`. All of it ends in the qualifiers of the component's purl, which is what
//! matching reads.
//!
//! Nothing that a purl says itself is overruled, and an operating system lends its release only to
//! packages of its own distribution.

use super::{Component, Identified, Sbom};
use crate::ecosystem;
use crate::ecosystem::distribution;

/// What properties say of the source package, piece by piece as they come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Origin {
    name: Option<String>,
    version: Option<String>,
    release: Option<String>,
    /// Of the source package.
    source_epoch: Option<String>,
    /// Of the installed package.
    epoch: Option<String>,
    /// As in `audit-3.0.7-5.el8.src.rpm`.
    rpm: Option<String>,
}

/// How SPDX documents of Trivy name the source package and its version.
const BUILT_FROM: &str = "built package from:";

impl Component {
    /// Takes a property if it says something of the source package (Syft's and Trivy's names).
    pub(super) fn note_property(&mut self, name: &str, value: &str) {
        let slot: fn(&mut Origin) -> &mut Option<String> = match name {
            "aquasecurity:trivy:SrcName"
            | "syft:metadata:source"
            | "syft:metadata:originPackage" => |origin| &mut origin.name,
            "aquasecurity:trivy:SrcVersion" | "syft:metadata:sourceVersion" => {
                |origin| &mut origin.version
            }
            "aquasecurity:trivy:SrcRelease" => |origin| &mut origin.release,
            "aquasecurity:trivy:SrcEpoch" => |origin| &mut origin.source_epoch,
            "syft:metadata:epoch" => |origin| &mut origin.epoch,
            "syft:metadata:sourceRpm" => |origin| &mut origin.rpm,
            // `bsdutils@1:2.37.2-4ubuntu3.4`: the installed version with its epoch.
            "aquasecurity:trivy:PkgID" => {
                let version = value.split_once('@').map(|(_, version)| version);
                let epoch = version.and_then(|version| version.split_once(':'));
                if let Some((epoch, _)) = epoch {
                    self.origin.get_or_insert_default().epoch = Some(epoch.to_owned());
                }
                return;
            }
            _ => return,
        };
        let value = value.trim();
        if !value.is_empty() {
            *slot(self.origin.get_or_insert_default()) = Some(value.to_owned());
        }
    }

    /// Takes SPDX `sourceInfo` if it names the source package: `built package from: xz 5.4.6-3`.
    pub(super) fn note_source_info(&mut self, text: &str) {
        let Some(rest) = text.trim().strip_prefix(BUILT_FROM) else {
            return;
        };
        let mut words = rest.split_whitespace();
        let Some(name) = words.next() else { return };
        let origin = self.origin.get_or_insert_default();
        origin.name = Some(name.to_owned());
        origin.version = words.next().map(str::to_owned);
    }
}

/// Brings what the document says into the purls of distributions' packages, and looks them up
/// again. Called once, when everything is read.
pub(super) fn settle(sbom: &mut Sbom) {
    let systems = operating_systems(sbom);
    for component in sbom.subject.iter_mut().chain(&mut sbom.components) {
        let origin = component.origin.take();
        let Some(purl) = &mut component.purl else {
            continue;
        };
        if !distribution::is_type(&purl.ty) {
            continue;
        }
        if purl.version.is_none() {
            purl.version.clone_from(&component.version);
        }
        if !purl.qualifiers.contains_key("distro")
            && let Some(distro) = only_one(&systems, purl)
        {
            purl.qualifiers.insert("distro".to_owned(), distro);
        }
        if let Some(epoch) = origin.as_ref().and_then(|origin| origin.epoch.as_deref()) {
            distribution::set_epoch(purl, epoch);
        }
        distribution::settle(purl);
        if let Some(origin) = origin
            && !purl.qualifiers.contains_key("upstream")
        {
            origin.lend(purl);
        }
        component.identified = match ecosystem::key_of(purl) {
            Ok(key) => Identified::Package(key),
            Err(reason) => Identified::Unidentified(reason.code()),
        };
    }
}

/// Every operating system of the document with its release, each once.
fn operating_systems(sbom: &Sbom) -> Vec<String> {
    let all = sbom.components.iter().chain(&sbom.subject);
    let mut found: Vec<String> = all
        .filter(|component| component.kind == "operating-system")
        .filter_map(|system| distribution::distro_named(&system.name, system.version.as_deref()))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The operating system a package can belong to; none when there are several.
fn only_one(systems: &[String], purl: &crate::purl::Purl) -> Option<String> {
    let mut fitting = systems
        .iter()
        .filter(|distro| distribution::is_of(distro, purl));
    let first = fitting.next()?;
    fitting.next().is_none().then(|| first.clone())
}

impl Origin {
    fn lend(&self, purl: &mut crate::purl::Purl) {
        if let Some((name, version)) = self.rpm.as_deref().and_then(distribution::rpm_file) {
            distribution::set_source(purl, name, Some(version));
            return;
        }
        let Some(name) = &self.name else { return };
        let mut version = self.version.clone();
        if let (Some(version), Some(release)) = (&mut version, &self.release) {
            version.push('-');
            version.push_str(release);
        }
        if let (Some(version), Some(epoch)) = (&mut version, &self.source_epoch)
            && epoch != "0"
        {
            version.insert_str(0, &format!("{epoch}:"));
        }
        distribution::set_source(purl, name, version.as_deref());
    }
}
