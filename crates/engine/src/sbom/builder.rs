//! What all readers share while a document is read: bounds, warnings with their place, component
//! slots, and the resolution of references.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{
    Component, Format, Identified, Limits, Sbom, SbomError, WARNINGS_MAX, Warning, origin,
};
use crate::ecosystem;
use crate::purl::Purl;

/// The state of one reading.
pub(super) struct Builder<'l> {
    pub limits: &'l Limits,
    pub sbom: Sbom,
    /// Why reading must stop; set before a parser error that only says "stop".
    pub fault: Option<SbomError>,
    /// Lists and indexes from the top to where the reader stands.
    pub path: Vec<(&'static str, usize)>,
}

impl<'l> Builder<'l> {
    pub(super) fn new(format: Format, limits: &'l Limits) -> Self {
        let sbom = Sbom {
            format,
            spec_version: String::new(),
            serial_number: None,
            document_version: None,
            name: None,
            created_at_text: None,
            tools: Vec::new(),
            subject: None,
            components: Vec::new(),
            dependencies: Vec::new(),
            contains: Vec::new(),
            warnings: Vec::new(),
            warnings_left_out: 0,
        };
        Self {
            limits,
            sbom,
            fault: None,
            path: Vec::new(),
        }
    }

    /// Where the reader stands, as a JSON pointer, with a field below it.
    pub(super) fn place(&self, field: &str) -> String {
        let mut place = String::new();
        for (list, index) in &self.path {
            place.push_str(&format!("/{list}/{index}"));
        }
        if !field.is_empty() {
            place.push('/');
            place.push_str(field);
        }
        place
    }

    pub(super) fn warn(&mut self, code: &'static str, field: &str, text: impl Into<String>) {
        if self.sbom.warnings.len() < WARNINGS_MAX {
            let place = self.place(field);
            self.sbom.warnings.push(Warning {
                code,
                place,
                text: text.into(),
            });
        } else {
            self.sbom.warnings_left_out += 1;
        }
    }

    /// Warns that a component has the name of another.
    pub(super) fn warn_twice(&mut self, list: &'static str, position: u32) {
        let component = self.sbom.components.get(position as usize);
        let name = component
            .and_then(|component| component.bom_ref.as_deref())
            .unwrap_or_default();
        let text =
            format!("Another entry has the same reference {name:?}; links lead to the first.");
        self.path = vec![(list, position as usize)];
        self.warn("bom-ref-twice", "", text);
        self.path.clear();
    }

    /// Takes the next place in the list of components.
    pub(super) fn reserve(&mut self) -> Result<u32, SbomError> {
        let index = self.sbom.components.len();
        if index >= self.limits.components_max {
            let max = self.limits.components_max;
            let text = format!(
                "The document has more than {max} components. Split it by module or image."
            );
            return Err(SbomError::new("too-many-components", text).at(self.place("")));
        }
        self.sbom.components.push(Component::unreadable());
        u32::try_from(index).map_err(|_| {
            SbomError::new(
                "too-many-components",
                "The document has more components than fit.",
            )
        })
    }

    /// The error for one reference more than allowed.
    pub(super) fn too_many_dependencies(&self) -> SbomError {
        let max = self.limits.dependencies_max;
        let text = format!("The document has more than {max} dependencies. Split it by module.");
        SbomError::new("too-many-dependencies", text).at(self.place(""))
    }

    /// The finished document: lists sorted, odd things warned of.
    pub(super) fn finish(mut self) -> Sbom {
        self.path.clear();
        origin::settle(&mut self.sbom);
        for list in [&mut self.sbom.dependencies, &mut self.sbom.contains] {
            list.sort_unstable();
            list.dedup();
        }
        if self.sbom.components.is_empty() {
            self.warn("no-components", "", "The document lists no components.");
        }
        if has_cycle(&self.sbom) {
            self.warn(
                "dependency-cycle",
                "",
                "Some components depend on each other in a circle.",
            );
        }
        self.sbom
    }
}

/// The names of all components, side by side: resolving references jumps about in them, and each
/// jump into a text of its own would miss the processor's cache.
pub(super) struct RefNames {
    text: String,
    /// Where each component's name ends; the subject comes first.
    ends: Vec<usize>,
}

impl RefNames {
    pub(super) fn of(sbom: &Sbom) -> Self {
        let subject = sbom
            .subject
            .as_ref()
            .and_then(|subject| subject.bom_ref.as_deref());
        let listed = sbom
            .components
            .iter()
            .map(|component| component.bom_ref.as_deref());
        let mut names = Self {
            text: String::new(),
            ends: Vec::new(),
        };
        for name in std::iter::once(subject).chain(listed) {
            names.text.push_str(name.unwrap_or_default());
            names.ends.push(names.text.len());
        }
        names
    }

    /// The component of every name, and the places of components whose name is taken: the first
    /// one keeps it.
    pub(super) fn index(&self) -> (HashMap<&str, u32>, Vec<u32>) {
        let mut index = HashMap::with_capacity(self.ends.len());
        let mut twice = Vec::new();
        let mut from = 0;
        let places = std::iter::once(Sbom::SUBJECT).chain(0..);
        for (place, end) in places.zip(&self.ends) {
            let name = &self.text[from..*end];
            from = *end;
            if name.is_empty() {
                continue;
            }
            match index.entry(name) {
                Entry::Vacant(free) => drop(free.insert(place)),
                Entry::Occupied(_) => twice.push(place),
            }
        }
        (index, twice)
    }
}

impl Component {
    /// An entry of which nothing is known yet: it stays so when it cannot be read, and is then
    /// counted as unknown.
    pub(super) fn unreadable() -> Self {
        Self {
            bom_ref: None,
            kind: String::new(),
            group: None,
            name: String::new(),
            version: None,
            purl: None,
            purl_text: None,
            cpe: None,
            supplier: None,
            licenses: Vec::new(),
            hashes: Vec::new(),
            identified: Identified::Unidentified("component-unreadable"),
            origin: None,
        }
    }

    /// A component that a lock file names: by its package URL, or else by nothing that advisories
    /// know, for the reason given.
    #[must_use]
    pub fn locked(name: &str, version: Option<&str>, purl: Result<String, &'static str>) -> Self {
        let mut component = Self::unreadable();
        name.clone_into(&mut component.name);
        component.version = version.map(str::to_owned);
        let reason = match purl {
            Ok(purl) => {
                component.purl_text = Some(purl);
                None
            }
            Err(code) => Some(code),
        };
        component.identify();
        if let Some(code) = reason {
            component.identified = Identified::Unidentified(code);
        }
        component
    }

    /// Reads the purl and says whether advisories can be looked up. Returns the code of a purl
    /// that cannot be read.
    pub(super) fn identify(&mut self) -> Option<&'static str> {
        if self.kind.is_empty() {
            self.kind.push_str("library");
        }
        let Some(text) = &self.purl_text else {
            let is_file = self.kind == "file";
            let code = if is_file {
                "component-is-file"
            } else {
                "purl-missing"
            };
            self.identified = Identified::Unidentified(code);
            return None;
        };
        match Purl::parse(text) {
            Ok(purl) => {
                self.identified = match ecosystem::key_of(&purl) {
                    Ok(key) => Identified::Package(key),
                    Err(reason) => Identified::Unidentified(reason.code()),
                };
                self.purl = Some(purl);
                None
            }
            Err(error) => {
                self.identified = Identified::Unidentified(error.code());
                Some(error.code())
            }
        }
    }
}

/// Whether the dependency graph has a circle; iterative, linear in components and dependencies.
fn has_cycle(sbom: &Sbom) -> bool {
    let count = sbom.components.len();
    // The subject is the last node.
    let node = |index: u32| {
        if index == Sbom::SUBJECT {
            count
        } else {
            index as usize
        }
    };
    let mut waiting = vec![0u32; count + 1];
    let mut first = vec![0usize; count + 2];
    for (from, to) in &sbom.dependencies {
        waiting[node(*to)] += 1;
        first[node(*from) + 1] += 1;
    }
    for at in 1..first.len() {
        first[at] += first[at - 1];
    }
    // Dependencies are sorted by their source, and the subject sorts last, so `first` cuts them.
    let mut ready: Vec<usize> = (0..=count).filter(|at| waiting[*at] == 0).collect();
    let mut done = 0;
    while let Some(at) = ready.pop() {
        done += 1;
        for (_, to) in &sbom.dependencies[first[at]..first[at + 1]] {
            let to = node(*to);
            waiting[to] -= 1;
            if waiting[to] == 0 {
                ready.push(to);
            }
        }
    }
    done <= count
}
