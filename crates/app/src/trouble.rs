//! The three kinds of trouble never mix: *findings* are data with a code and live in the rooms;
//! a *refusal* is something the user can act on, said in a sentence; a *failure* is something
//! we must act on, logged once and shown without its inside.

use crate::store;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Something the user can act on. Its sentence stands in the message files under
/// `refusal-<code>`, in every language, with `args` filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status that says it to a machine.
    pub status: u16,
    /// Stable, kebab-case, unique, one heading each in the manual.
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
    /// The form field it is about, if it is about one.
    pub field: Option<&'static str>,
    /// What else is wrong with the same form or body, so that a person is told all at once.
    pub also: Vec<Refusal>,
}

impl Refusal {
    pub fn new(status: u16, code: &'static str) -> Self {
        Self {
            status,
            code,
            args: Vec::new(),
            field: None,
            also: Vec::new(),
        }
    }

    /// Everything that is wrong as one refusal, the first of each field in the order given; none
    /// when nothing is wrong.
    pub fn together(refusals: Vec<Self>) -> Option<Self> {
        let mut fields = BTreeSet::new();
        let mut all = refusals
            .into_iter()
            .filter(|refusal| refusal.field.is_none_or(|field| fields.insert(field)));
        let mut first = all.next()?;
        first.also.extend(all);
        Some(first)
    }

    /// The request cannot be understood or lacks something.
    pub fn invalid(code: &'static str) -> Self {
        Self::new(422, code)
    }

    /// A named field of a form or a JSON body is not right.
    pub fn field(field: &'static str, code: &'static str) -> Self {
        Self {
            field: Some(field),
            ..Self::new(422, code)
        }
    }

    /// A field holds more characters than are kept.
    pub fn too_long(field: &'static str, chars_max: usize) -> Self {
        Self::field(field, "field-too-long")
            .with("field", field)
            .with("max", chars_max)
    }

    /// A field that must be filled is empty.
    pub fn required(field: &'static str) -> Self {
        Self::field(field, "field-required").with("field", field)
    }

    /// There is nothing here for this caller: unknown ids and other tenants' ids alike.
    pub fn not_found() -> Self {
        Self::new(404, "not-found")
    }

    /// It would contradict what stands already.
    pub fn conflict(code: &'static str) -> Self {
        Self::new(409, code)
    }

    pub fn forbidden() -> Self {
        Self::new(403, "forbidden")
    }

    pub fn unauthenticated() -> Self {
        Self::new(401, "unauthenticated")
    }

    pub fn too_large(code: &'static str) -> Self {
        Self::new(413, code)
    }

    /// Fills a placeholder of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// Why an operation did not happen.
#[derive(Debug)]
pub enum Trouble {
    Refusal(Refusal),
    Failure(anyhow::Error),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<store::Error> for Trouble {
    /// A database that is away or too busy is said to whoever waits: they can come back.
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Retry(_) | store::Error::Unavailable(_) => busy(),
            _ => Self::Failure(error.into()),
        }
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        if error.is::<crate::blobs::Unusable>() {
            tracing::error!(error = format!("{error:#}"), "a file cannot be given out");
            return Refusal::new(500, "file-unusable").into();
        }
        match error.downcast_ref::<store::Error>() {
            Some(store::Error::Retry(_) | store::Error::Unavailable(_)) => busy(),
            // With its context, which says what was being done.
            _ => Self::Failure(error),
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Failure(error.into())
    }
}

fn busy() -> Trouble {
    Refusal::new(503, "database-busy").into()
}

impl Trouble {
    /// For jobs and the command line, where a refusal is an error like any other.
    pub fn into_error(self) -> anyhow::Error {
        match self {
            Self::Refusal(refusal) => {
                anyhow::anyhow!("{}", crate::web::words::Lang::En.refusal(&refusal))
            }
            Self::Failure(error) => error,
        }
    }
}

/// Says the same trouble once a minute at most, however often it happens: while a database is away
/// the log must not fill the disk.
#[derive(Debug, Default)]
pub struct Seldom {
    said: Option<Instant>,
    passed_over: u64,
}

/// How long nothing is said after something was.
const SILENCE: Duration = Duration::from_secs(60);

impl Seldom {
    pub const fn new() -> Self {
        Self {
            said: None,
            passed_over: 0,
        }
    }

    /// Calls `say` with how often it was silent since the last time, unless that is too recent.
    pub fn say(&mut self, say: impl FnOnce(u64)) {
        if self.said.is_some_and(|at| at.elapsed() < SILENCE) {
            self.passed_over += 1;
            return;
        }
        self.said = Some(Instant::now());
        say(std::mem::take(&mut self.passed_over));
    }
}

/// What a panic said.
pub fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words")
}
