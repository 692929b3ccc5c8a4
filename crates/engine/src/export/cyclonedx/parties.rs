//! People, organisations and tools.

use crate::export::object::Object;
use crate::export::{Stamp, mend, words};
use crate::sbom::document::{Claim, Document, Party};
use serde_json::{Value, json};

/// An `organizationalEntity`. What is no URL or e-mail address stands as a contact's name.
pub(super) fn entity(party: &Party) -> Value {
    let mut entity = Object::new();
    entity.some("name", party.name.as_deref());
    let urls = party.urls.iter().filter(|url| mend::is_iri_reference(url));
    entity.list("url", urls.map(String::as_str).collect());
    let mut contacts: Vec<Value> = party
        .emails
        .iter()
        .map(|email| contact(None, email))
        .collect();
    let odd = party.urls.iter().filter(|url| !mend::is_iri_reference(url));
    contacts.extend(odd.map(|url| json!({"name": url})));
    entity.list("contact", contacts);
    entity.into()
}

/// The party of a claim; one that is declared unknown is called so.
pub(super) fn claimed(claim: &Claim<Party>) -> Option<Value> {
    let unknown = words::unknown(claim).map(|word| json!({"name": word}));
    claim.known().map(entity).or(unknown)
}

/// An `organizationalContact` for each address of a party, at least one.
pub(super) fn contacts(party: &Party) -> Vec<Value> {
    let name = words::party_name(party);
    if party.emails.is_empty() {
        return name.map(|name| json!({"name": name})).into_iter().collect();
    }
    let emails = party.emails.iter();
    emails
        .map(|email| contact(party.name.as_deref(), email))
        .collect()
}

fn contact(name: Option<&str>, email: &str) -> Value {
    let mut contact = Object::new();
    if mend::is_email(email) {
        contact.some("name", name).put("email", email);
    } else {
        let text = name.map_or_else(|| email.to_owned(), |name| format!("{name} ({email})"));
        contact.put("name", text);
    }
    contact.into()
}

/// This program first, then what made the source.
pub(super) fn tools(document: &Document, stamp: &Stamp) -> Value {
    let mut list = vec![json!({
        "type": "application", "name": stamp.tool_name, "version": stamp.tool_version,
    })];
    for tool in &document.tools {
        let mut entry = Object::new();
        entry.put("type", "application");
        let maker = tool.vendor.as_ref().map(|vendor| json!({"name": vendor}));
        entry.some("manufacturer", maker);
        entry.put("name", tool.name.as_str());
        entry.some("version", version(tool.version.as_deref()));
        let entry = Value::from(entry);
        // The schema wants each only once.
        if !list.contains(&entry) {
            list.push(entry);
        }
    }
    json!({"components": list})
}

/// A version that CycloneDX allows.
pub(super) fn version(version: Option<&str>) -> Option<&str> {
    version.filter(|version| version.chars().count() <= super::component::VERSION_MAX)
}
