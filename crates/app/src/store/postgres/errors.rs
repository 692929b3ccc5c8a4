//! What PostgreSQL's errors mean to us, by SQLSTATE (PostgreSQL manual, appendix A).

use crate::store::Error;

/// A statement of a transaction failed; nothing of it was kept.
pub fn error(error: &postgres::Error) -> Error {
    let text = words(error);
    if is_broken(error) {
        return Error::Retry(text);
    }
    match error.code().map(postgres::error::SqlState::code) {
        Some("23505") => Error::Unique(text),
        // Not serialisable, deadlock.
        Some("40001" | "40P01") => Error::Retry(text),
        // A lock did not come free in all the time there was, a statement ran longer than it may,
        // or the server has no connection left: waiting again would only keep people longer.
        Some("55P03" | "57014" | "53300") => Error::Unavailable(text),
        _ => Error::Engine(text),
    }
}

/// The word `commit` failed. When the connection broke just then, nobody knows whether the
/// server kept the transaction, so it must not be tried again.
pub fn commit_error(failed: &postgres::Error) -> Error {
    if is_broken(failed) {
        return Error::Unavailable(format!(
            "the connection broke at the commit: {}",
            words(failed)
        ));
    }
    error(failed)
}

/// There is no connection to be had.
pub fn connect_error(error: &postgres::Error) -> Error {
    let words = words(error);
    let advice = if words.contains("invalid peer certificate") {
        "; name the certificate of its authority by sslrootcert=FILE in the address of the \
         database, or, on a network you trust, say sslmode=disable"
    } else {
        ""
    };
    Error::Unavailable(format!("connect to PostgreSQL: {words}{advice}"))
}

/// Whether the connection is of no use any more (class 08, the server going down, no network).
pub fn is_broken(error: &postgres::Error) -> bool {
    let code = error.code().map_or("", postgres::error::SqlState::code);
    let io = std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>());
    error.is_closed() || io || code.starts_with("08") || matches!(code, "57P01" | "57P02" | "57P03")
}

fn words(error: &postgres::Error) -> String {
    if let Some(said) = error.as_db_error() {
        return said.to_string();
    }
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
