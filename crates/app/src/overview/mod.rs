//! Home and search: what needs a person now, and "are we affected?" for whatever is pasted.
//! Reads everything of the caller's organisation; writes nothing; nothing imports it.

mod pages;
mod rules;
mod store;

pub use store::STATEMENTS;

use crate::accounts::{Caller, Permission};
use crate::store::Tx;
use crate::trouble::Trouble;
use jiff::Timestamp;

/// This room's addresses.
pub fn routes() -> Vec<crate::web::Route> {
    pages::routes()
}

/// What home shows.
#[derive(Debug, Clone, Default)]
pub struct Home {
    /// Running deadlines, the nearest first; not all when there are many.
    pub clocks: Vec<Clock>,
    pub clocks_total: i64,
    /// Signals that wait for a person, the oldest first; not all when there are many.
    pub waiting: Vec<Waiting>,
    /// What nobody could be told of.
    pub unreached: Option<crate::notices::Unreached>,
    pub waiting_total: i64,
    pub coverage: Coverage,
}

/// A running deadline.
#[derive(Debug, Clone)]
pub struct Clock {
    pub case: String,
    pub title: String,
    /// `early-warning`, `notification`, `final-report`.
    pub stage: String,
    pub due_at: Timestamp,
    pub citation: String,
}

/// A watch item nobody has decided.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub item: String,
    pub title: String,
    pub vulnerability: Option<String>,
    /// `waiting`, `assessing`, `watching`.
    pub state: String,
    pub first_signal_at: Timestamp,
    pub releases: i64,
}

/// What is there and what is missing, so that every number says what it did not see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    pub products: i64,
    pub inbox: i64,
    pub without_support: i64,
    pub without_member_states: i64,
    pub on_market: i64,
    pub without_sbom: i64,
    pub components: i64,
    /// Components without an identifier, and those whose ecosystem's feed is missing or too old:
    /// of neither anything can be called known.
    pub unchecked: i64,
    /// Flaws known to be exploited in releases that are or were on the market, without those a
    /// person has judged not to affect them.
    pub exploited: i64,
    pub tokens: i64,
    pub channels: i64,
    pub trust_published: bool,
}

/// Gathers home in a constant number of statements.
pub fn home(tx: &mut Tx, caller: &Caller) -> Result<Home, Trouble> {
    caller.require(Permission::CasesRead)?;
    let (clocks, clocks_total) = store::list_clocks(tx, caller.organisation)?;
    let (waiting, waiting_total) = store::list_waiting(tx, caller.organisation)?;
    let mut coverage = store::coverage(tx, caller.organisation)?;
    let blind = crate::advisories::blind_ecosystems(tx)?;
    coverage.unchecked += store::components_of(tx, caller.organisation, &blind)?;
    Ok(Home {
        clocks,
        clocks_total,
        waiting,
        waiting_total,
        unreached: crate::notices::unreached(tx, caller.organisation)?,
        coverage,
    })
}

/// Hits of one kind that a search shows; one more is looked for, to say that there is more.
const HITS_SHOWN: usize = 50;

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    pub products: Vec<Hit>,
    pub releases: Vec<Hit>,
    pub packages: Vec<Hit>,
    pub cases: Vec<Hit>,
}

impl Hits {
    /// The parts of the answer: the key of its heading, what is shown, whether there is more.
    pub fn sections(&self) -> [(&'static str, &[Hit], bool); 4] {
        [
            ("search-products", &self.products),
            ("search-releases", &self.releases),
            ("search-packages", &self.packages),
            ("search-cases", &self.cases),
        ]
        .map(|(key, hits)| {
            let most = hits.len().min(HITS_SHOWN);
            (key, &hits[..most], hits.len() > HITS_SHOWN)
        })
    }

    pub fn is_empty(&self) -> bool {
        self.sections().iter().all(|(_, hits, _)| hits.is_empty())
    }
}

/// One line of the answer.
#[derive(Debug, Clone)]
pub struct Hit {
    pub href: String,
    pub text: String,
    pub place: String,
}

/// Looks for a text in the products, releases, components and cases the caller may see.
pub fn search(tx: &mut Tx, caller: &Caller, text: &str) -> Result<Hits, Trouble> {
    caller.require(Permission::FindingsRead)?;
    let pattern = crate::products::pattern(text);
    let cases = if caller.may(Permission::CasesRead) {
        store::find_cases(tx, caller, &pattern)?
    } else {
        Vec::new()
    };
    Ok(Hits {
        products: store::find_products(tx, caller, &pattern)?,
        releases: store::find_releases(tx, caller, &pattern)?,
        packages: store::find_packages(tx, caller, &pattern)?,
        cases,
    })
}
