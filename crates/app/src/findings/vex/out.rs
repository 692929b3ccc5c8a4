//! The document of a release: one statement for each judgement in force. The same state gives the
//! same bytes; each change of what is said gives a higher version under the same id.

use super::store::{self, InForce};
use crate::accounts::{self, Caller, Organisation, Permission};
use crate::findings::LIST_MAX;
use crate::ids::ReleaseId;
use crate::releases::{self, Release};
use crate::sboms;
use crate::store::Tx;
use crate::trouble::{Refusal, Trouble};
use bonafide_engine::vex::{
    Format, Frame, Identity, Justification, Loss, Product, Statement, Status, Written, write,
};
use jiff::Timestamp;

/// What is said of a release at this moment.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub release: Release,
    /// When each version came to be; its length is the version.
    pub revisions: Vec<Timestamp>,
    pub statements: Vec<Statement>,
    /// Open findings of which nothing is said.
    pub unsaid: i64,
    organisation: Organisation,
    /// The console's address of the release.
    address: String,
}

/// A document in one format.
#[derive(Debug, Clone)]
pub struct Said {
    pub id: String,
    pub bytes: Vec<u8>,
    pub losses: Vec<Loss>,
}

/// What is in force on the open findings of a release. `base_url` is where this program answers.
pub fn outgoing(
    tx: &mut Tx,
    caller: &Caller,
    id: ReleaseId,
    base_url: &str,
) -> Result<Outgoing, Trouble> {
    caller.require(Permission::FindingsRead)?;
    let release = releases::get_release(tx, caller, id)?;
    let organisation = accounts::get_organisation(tx, caller.organisation)?;
    let serial = sboms::find_current(tx, caller, id)?.and_then(|sbom| sbom.serial_number);
    let judged = store::in_force(tx, caller.organisation, id, LIST_MAX)?;
    let flaws: Vec<i64> = judged.iter().map(|one| one.vulnerability_id).collect();
    let aliases = store::aliases(tx, &flaws)?;
    let address = format!("{}/releases/{id}", base_url.trim_end_matches('/'));
    let product = Product {
        identities: vec![Identity::Iri {
            iri: address.clone(),
        }],
        name: Some(release.product_name.clone()),
        version: Some(release.version.clone()),
        ..Product::default()
    };
    let mut statements = Vec::with_capacity(judged.len());
    for one in &judged {
        let known = aliases.get(&one.vulnerability_id);
        let known = known.map(Vec::as_slice).unwrap_or_default();
        statements.extend(statement(one, known, &product, serial.as_deref()));
    }
    let open = store::open(tx, caller.organisation, id)?;
    Ok(Outgoing {
        revisions: store::changes(tx, caller.organisation, id)?,
        unsaid: open.saturating_sub(i64::try_from(statements.len()).unwrap_or(i64::MAX)),
        release,
        statements,
        organisation,
        address,
    })
}

/// A judgement as a statement; none for a status that is no answer.
fn statement(
    judged: &InForce,
    aliases: &[String],
    product: &Product,
    serial: Option<&str>,
) -> Option<Statement> {
    let status = Status::from_label(&judged.status)?;
    let component = Product {
        identities: vec![Identity::Purl {
            purl: judged.purl.clone(),
        }],
        ..Product::default()
    };
    let mut aliases = aliases.to_vec();
    aliases.retain(|alias| *alias != judged.vulnerability);
    let words = (!judged.detail.is_empty()).then(|| judged.detail.clone());
    let (impact, remark) = match status {
        Status::NotAffected => (words, None),
        _ => (None, words),
    };
    let sbom = serial.map(|serial| format!("SBOM: {serial}."));
    let by = Some(format!("Judged by {}.", judged.by));
    let notes: Vec<String> = [remark, by, sbom].into_iter().flatten().collect();
    Some(Statement {
        vulnerability: judged.vulnerability.clone(),
        aliases,
        products: vec![Product {
            subcomponents: vec![component],
            ..product.clone()
        }],
        status,
        justification: judged
            .justification
            .as_deref()
            .and_then(Justification::from_label),
        impact,
        action: None,
        responses: Vec::new(),
        notes: Some(notes.join("\n")),
        timestamp: Some(judged.at.to_string()),
        original_status: judged.status.clone(),
        original_justification: judged.justification.clone(),
        place: String::new(),
    })
}

impl Outgoing {
    /// From 1; 0 while nothing was ever said.
    pub fn version(&self) -> usize {
        self.revisions.len()
    }

    /// The document; refused where nothing is said.
    pub fn document(&self, format: Format) -> Result<Said, Trouble> {
        let Some(last) = self.revisions.last() else {
            return Err(nothing());
        };
        // One document a release and format: its versions share the id.
        let words = [&self.address, "vex", format.as_str()];
        let serial = sboms::serial_of(&[], &words);
        let id = format!("urn:uuid:{}", serial.hyphenated());
        let website = self.organisation.website.as_deref();
        let namespace = website.unwrap_or(&self.address).to_owned();
        let frame = Frame {
            id: id.clone(),
            author: self.organisation.name.clone(),
            namespace,
            timestamp: last.to_string(),
            version: self.revisions.len() as u64,
            title: format!(
                "{} {}: VEX",
                self.release.product_name, self.release.version
            ),
            revisions: self.revisions.iter().map(ToString::to_string).collect(),
        };
        let Ok(Written { document, losses }) = write(format, &frame, &self.statements) else {
            return Err(nothing());
        };
        let mut bytes = serde_json::to_vec_pretty(&document).map_err(anyhow::Error::from)?;
        bytes.push(b'\n');
        Ok(Said { id, bytes, losses })
    }
}

fn nothing() -> Trouble {
    Refusal::new(404, "vex-nothing-said").into()
}
