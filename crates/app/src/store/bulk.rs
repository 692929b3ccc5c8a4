//! Statements over many keys or rows. The text is a whole statement for one key or one row, so
//! that the test that prepares every statement sees it as it is; here it is done for many.
//!
//! Each engine gets them as it is fastest: PostgreSQL as arrays in one statement whatever their
//! number; SQLite, which is a function call away, row by row with one prepared statement, and keys
//! in lists of few lengths, so that their statements stay prepared.

use super::tx::Inner;
use super::{Error, Row, Tx, Val};

/// Most keys of one list on SQLite, which takes 32,766 parameters; smaller texts prepare faster.
const KEYS_MAX: usize = 512;
/// Most keys or rows of one statement on PostgreSQL, for the sake of memory.
const ARRAY_MAX: usize = 20_000;

impl Tx<'_> {
    /// Runs a statement that holds `in ($k)` once for each batch of `keys` and gathers the rows;
    /// `fixed` are the parameters `$1…$(k-1)`. Rows of different batches are not sorted together.
    pub fn query_keys(
        &mut self,
        sql: &str,
        fixed: &[Val],
        keys: &[Val],
    ) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        for batch in keys.chunks(self.keys_at_once()) {
            self.statements += 1;
            let done = match &mut self.inner {
                Inner::Sqlite(connection) => {
                    let (text, values) = listed(sql, fixed, batch)?;
                    super::sqlite::query(connection, &text, &values)
                }
                Inner::Postgres { tx, prepared } => {
                    let text = arrayed(sql, fixed.len())?;
                    super::postgres::query_array(tx, prepared, &text, fixed, batch)
                }
            };
            rows.extend(self.noted(done)?);
        }
        Ok(rows)
    }

    /// [`Tx::query_keys`] for a statement that changes rows; how many it changed.
    pub fn execute_keys(&mut self, sql: &str, fixed: &[Val], keys: &[Val]) -> Result<u64, Error> {
        let mut changed = 0;
        for batch in keys.chunks(self.keys_at_once()) {
            self.statements += 1;
            let done = match &mut self.inner {
                Inner::Sqlite(connection) => {
                    let (text, values) = listed(sql, fixed, batch)?;
                    super::sqlite::execute(connection, &text, &values)
                }
                Inner::Postgres { tx, prepared } => {
                    let text = arrayed(sql, fixed.len())?;
                    super::postgres::execute_array(tx, prepared, &text, fixed, batch)
                }
            };
            changed += self.noted(done)?;
        }
        Ok(changed)
    }

    /// Runs an insert of one row, `… values ($1, …, $n) …`, for many rows in few statements, and
    /// gathers what it returns.
    pub fn insert_rows(&mut self, sql: &str, rows: &[Vec<Val>]) -> Result<Vec<Row>, Error> {
        let Some(columns) = rows.first().map(Vec::len) else {
            return Ok(Vec::new());
        };
        if rows.iter().any(|row| row.len() != columns) {
            return Err(Error::Engine(format!("rows of different lengths: {sql}")));
        }
        let mut returned = Vec::new();
        for batch in rows.chunks(ARRAY_MAX) {
            self.statements += 1;
            let done = match &mut self.inner {
                Inner::Sqlite(connection) => super::sqlite::insert(connection, sql, batch),
                Inner::Postgres { tx, prepared } => {
                    super::postgres::insert(tx, prepared, sql, batch)
                }
            };
            returned.extend(self.noted(done)?);
        }
        Ok(returned)
    }

    fn keys_at_once(&self) -> usize {
        match self.inner {
            Inner::Sqlite(_) => KEYS_MAX,
            Inner::Postgres { .. } => ARRAY_MAX,
        }
    }
}

/// The statement for a list of as many keys as the next power of two, and its values: the last
/// key stands in it several times, which says nothing new.
fn listed(sql: &str, fixed: &[Val], keys: &[Val]) -> Result<(String, Vec<Val>), Error> {
    let (head, tail) = around_keys(sql, fixed.len())?;
    let places = keys.len().next_power_of_two();
    let mut text = String::with_capacity(sql.len() + places * 6);
    text.push_str(head);
    text.push_str("in (");
    for place in 1..=places {
        if place > 1 {
            text.push(',');
        }
        text.push('$');
        text.push_str(&(fixed.len() + place).to_string());
    }
    text.push(')');
    text.push_str(tail);
    let mut values = Vec::with_capacity(fixed.len() + places);
    values.extend_from_slice(fixed);
    values.extend_from_slice(keys);
    if let Some(last) = keys.last() {
        values.resize(fixed.len() + places, last.clone());
    }
    Ok((text, values))
}

/// The statement for one array of keys.
fn arrayed(sql: &str, fixed: usize) -> Result<String, Error> {
    let (head, tail) = around_keys(sql, fixed)?;
    Ok(format!("{head}= any(${}){tail}", fixed + 1))
}

fn around_keys(sql: &str, fixed: usize) -> Result<(&str, &str), Error> {
    let mark = format!("in (${})", fixed + 1);
    sql.split_once(&mark)
        .ok_or_else(|| Error::Engine(format!("no {mark} in: {sql}")))
}

/// An insert of one row as an insert of columns of values; `kinds` are the types of its
/// parameters.
pub(super) fn unnested(sql: &str, kinds: &[&str]) -> Result<String, Error> {
    let list: Vec<String> = (1..=kinds.len()).map(|n| format!("${n}")).collect();
    let mark = format!("values ({})", list.join(", "));
    let (head, tail) = sql
        .split_once(&mark)
        .ok_or_else(|| Error::Engine(format!("no {mark} in: {sql}")))?;
    let columns: Vec<String> = (1..)
        .zip(kinds)
        .map(|(n, kind)| format!("${n}::{kind}[]"))
        .collect();
    Ok(format!(
        "{head}select * from unnest({}){tail}",
        columns.join(", ")
    ))
}
