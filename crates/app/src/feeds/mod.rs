//! The one way out: every request to another machine goes through [`Egress`], which refuses
//! private addresses unless the admin allows them. Bytes in, no meaning.

use crate::config::EgressRules;
use std::sync::Arc;

/// The outgoing HTTP client.
#[derive(Clone)]
pub struct Egress {
    pub(crate) rules: Arc<EgressRules>,
}

impl Egress {
    pub fn new(rules: EgressRules) -> Self {
        Self {
            rules: Arc::new(rules),
        }
    }
}
