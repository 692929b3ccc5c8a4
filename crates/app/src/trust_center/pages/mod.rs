//! The public pages, which need no account and no JavaScript, and the console's view of them.

mod console;
mod public;

use super::{Front, contact_uri, rules};
use crate::accounts::{Organisation, Permission};
use crate::web::Route;
use crate::web::route::{Access, get, post};

pub fn routes() -> Vec<Route> {
    let (anyone, read) = (Access::Anyone, Access::Can(Permission::ProductsRead));
    let publish = Access::Can(Permission::TrustPublish);
    vec![
        get("/trust", anyone, public::get_default_front),
        get("/trust.json", anyone, public::get_default_front_json),
        get("/trust/{org}", anyone, public::get_front),
        get("/trust/{org}/products/{slug}", anyone, public::get_sheet),
        get("/trust/{org}/advisories/{id}", anyone, public::get_notice),
        get(
            "/trust/{org}/security.txt",
            anyone,
            public::get_security_txt,
        ),
        get(
            "/.well-known/security.txt",
            anyone,
            public::get_default_security_txt,
        ),
        get("/trust-center/preview", read, console::get_preview),
        post("/trust-center/publish", publish, console::post_publish),
        get("/products/{id}/trust", read, console::get_product),
        post("/products/{id}/trust", publish, console::post_product),
    ]
}

/// A way to reach somebody: the text, and the link if it can be one.
pub struct Contact {
    pub text: String,
    pub uri: Option<String>,
}

impl Contact {
    fn of(text: Option<&String>) -> Option<Self> {
        text.map(|text| Self {
            text: text.clone(),
            uri: contact_uri(text),
        })
    }
}

fn security_contact(organisation: &Organisation) -> Option<Contact> {
    Contact::of(rules::security_contact(organisation))
}

fn report_address(organisation: &Organisation) -> Option<Contact> {
    Contact::of(rules::report_address(organisation))
}

impl Front {
    fn website(&self) -> Option<Contact> {
        Contact::of(self.organisation.website.as_ref())
    }
}
