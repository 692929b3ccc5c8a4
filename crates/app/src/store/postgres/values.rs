//! Values and rows between us and PostgreSQL.

use super::errors::error;
use crate::store::{Error, Row, Val};
use postgres::types::{IsNull, Kind, ToSql, Type, to_sql_checked};

pub fn read_row(row: &postgres::Row) -> Result<Row, Error> {
    let mut out = Vec::with_capacity(row.len());
    for (index, column) in row.columns().iter().enumerate() {
        let value = match *column.type_() {
            Type::INT8 => row
                .try_get::<_, Option<i64>>(index)
                .map(|v| v.map(Val::Int)),
            Type::INT4 => row
                .try_get::<_, Option<i32>>(index)
                .map(|v| v.map(|n| Val::Int(n.into()))),
            Type::BOOL => row
                .try_get::<_, Option<bool>>(index)
                .map(|v| v.map(Val::Bool)),
            Type::FLOAT8 => row
                .try_get::<_, Option<f64>>(index)
                .map(|v| v.map(Val::Real)),
            Type::BYTEA => row
                .try_get::<_, Option<Vec<u8>>>(index)
                .map(|v| v.map(Val::Blob)),
            Type::TEXT | Type::VARCHAR | Type::NAME => row
                .try_get::<_, Option<String>>(index)
                .map(|v| v.map(Val::Text)),
            ref other => {
                return Err(Error::Engine(format!(
                    "column {} has type {other}; cast it to bigint, text, boolean or real",
                    column.name()
                )));
            }
        };
        out.push(value.map_err(|e| error(&e))?.unwrap_or(Val::Null));
    }
    Ok(Row(out))
}

/// A value goes out in the type the server asks for.
impl ToSql for Val {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(kind, out),
            (Self::Int(number), &Type::BOOL) => (*number != 0).to_sql(kind, out),
            #[expect(
                clippy::cast_precision_loss,
                reason = "a whole number given for a real"
            )]
            (Self::Int(number), &Type::FLOAT8) => (*number as f64).to_sql(kind, out),
            (Self::Int(number), _) => number.to_sql(kind, out),
            (Self::Bool(yes), &Type::INT8) => i64::from(*yes).to_sql(kind, out),
            (Self::Bool(yes), _) => yes.to_sql(kind, out),
            (Self::Real(number), _) => number.to_sql(kind, out),
            // PostgreSQL's text cannot hold NUL; U+FFFD says that something stood there.
            (Self::Text(text), _) if text.contains('\0') => {
                text.replace('\0', "\u{fffd}").to_sql(kind, out)
            }
            (Self::Text(text), _) => text.to_sql(kind, out),
            (Self::Blob(bytes), _) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// Values that go out as one array.
#[derive(Debug)]
pub struct Array<'a>(Vec<&'a Val>);

impl<'a> Array<'a> {
    pub fn of(values: impl Iterator<Item = &'a Val>) -> Self {
        Self(values.collect())
    }
}

impl ToSql for Array<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        let Kind::Array(_) = kind.kind() else {
            return Err(format!("an array goes to a parameter of type {kind}").into());
        };
        self.0.to_sql(kind, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
