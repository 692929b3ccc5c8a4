//! Flaws that a CycloneDX document names (VDR) and what it says of them (VEX).

use super::Reader;
use crate::sbom::document::Statement;
use crate::sbom::document::fields::{Object, Place};

impl Reader<'_> {
    pub(super) fn statements(&mut self, top: &mut Object) -> Vec<Statement> {
        let within = Place::TOP.key("vulnerabilities");
        let list = self.notes.objects(&Place::TOP, top, "vulnerabilities");
        let mut statements = Vec::with_capacity(list.len());
        for (index, entry) in list {
            let here = within.index(index);
            statements.push(self.statement(&here, entry));
        }
        statements
    }

    fn statement(&mut self, place: &Place<'_>, mut from: Object) -> Statement {
        // Only its own name; nothing in the model refers to it.
        from.remove("bom-ref");
        let mut statement = Statement {
            id: self.notes.text(place, &mut from, "id").unwrap_or_default(),
            ..Statement::default()
        };
        if let Some(mut source) = self.notes.object(place, &mut from, "source") {
            let here = place.key("source");
            let name = self.notes.text(&here, &mut source, "name");
            // Without a name the address says who it is.
            let url = name
                .is_none()
                .then(|| self.notes.text(&here, &mut source, "url"));
            statement.source = name.or(url.flatten());
            self.notes.rest(&here, source);
        }
        for (index, mut affected) in self.notes.objects(place, &mut from, "affects") {
            let within = place.key("affects");
            let here = within.index(index);
            statement
                .affects
                .extend(self.notes.text(&here, &mut affected, "ref"));
            self.notes.rest(&here, affected);
        }
        if let Some(mut analysis) = self.notes.object(place, &mut from, "analysis") {
            let here = place.key("analysis");
            statement.state = self.notes.text(&here, &mut analysis, "state");
            statement.justification = self.notes.text(&here, &mut analysis, "justification");
            statement.responses = self.notes.texts(&here, &mut analysis, "response");
            statement.detail = self.notes.text(&here, &mut analysis, "detail");
            self.notes.rest(&here, analysis);
        }
        statement.kept = self.notes.kept(place, from);
        statement
    }
}
