//! Statements over many keys or rows. The text is a whole statement for one key or one row, so
//! that the test that prepares every statement sees it as it is; here it is widened.

use super::{Error, Row, Tx, Val};

/// Both engines take more parameters (SQLite 32,766, PostgreSQL 65,535); smaller texts prepare
/// faster.
const KEYS_MAX: usize = 500;
const PARAMETERS_MAX: usize = 4_000;

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
        for batch in keys.chunks(KEYS_MAX) {
            let text = widened(sql, fixed.len(), batch.len())?;
            let values: Vec<Val> = fixed.iter().chain(batch).cloned().collect();
            rows.extend(self.query_values(&text, &values)?);
        }
        Ok(rows)
    }

    /// [`Tx::query_keys`] for a statement that changes rows; how many it changed.
    pub fn execute_keys(&mut self, sql: &str, fixed: &[Val], keys: &[Val]) -> Result<u64, Error> {
        let mut changed = 0;
        for batch in keys.chunks(KEYS_MAX) {
            let text = widened(sql, fixed.len(), batch.len())?;
            let values: Vec<Val> = fixed.iter().chain(batch).cloned().collect();
            changed += self.execute_values(&text, &values)?;
        }
        Ok(changed)
    }

    /// Runs an insert of one row, `… values ($1, …, $n) …`, for many rows in few statements, and
    /// gathers what it returns.
    pub fn insert_rows(&mut self, sql: &str, rows: &[Vec<Val>]) -> Result<Vec<Row>, Error> {
        let Some(columns) = rows.first().map(Vec::len) else {
            return Ok(Vec::new());
        };
        let mut returned = Vec::new();
        for batch in rows.chunks((PARAMETERS_MAX / columns.max(1)).clamp(1, KEYS_MAX)) {
            let text = many_rows(sql, columns, batch.len())?;
            let values: Vec<Val> = batch.iter().flatten().cloned().collect();
            if sql.contains("returning") {
                returned.extend(self.query_values(&text, &values)?);
            } else {
                self.execute_values(&text, &values)?;
            }
        }
        Ok(returned)
    }
}

fn widened(sql: &str, fixed: usize, keys: usize) -> Result<String, Error> {
    let mark = format!("in (${})", fixed + 1);
    let Some((head, tail)) = sql.split_once(&mark) else {
        return Err(Error::Engine(format!("no {mark} in: {sql}")));
    };
    let list: Vec<String> = (1..=keys).map(|n| format!("${}", fixed + n)).collect();
    Ok(format!("{head}in ({}){tail}", list.join(",")))
}

fn many_rows(sql: &str, columns: usize, rows: usize) -> Result<String, Error> {
    let wrong = || Error::Engine(format!("not an insert of one row: {sql}"));
    let (head, rest) = sql.split_once("values (").ok_or_else(wrong)?;
    let (_, tail) = rest.split_once(')').ok_or_else(wrong)?;
    let mut text = format!("{head}values ");
    for row in 0..rows {
        if row > 0 {
            text.push(',');
        }
        let list: Vec<String> = (1..=columns)
            .map(|n| format!("${}", row * columns + n))
            .collect();
        text.push('(');
        text.push_str(&list.join(","));
        text.push(')');
    }
    text.push_str(tail);
    Ok(text)
}
