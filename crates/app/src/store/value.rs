//! What goes into a statement and what comes out of a row, the same for both databases.

use crate::ids::Id;
use jiff::Timestamp;
use jiff::civil::Date;
use std::str::FromStr;

/// A value of one of the few types both databases share: TEXT, BIGINT, BOOLEAN, REAL, BLOB.
/// Instants are BIGINT milliseconds UTC, days are ISO text, ids are their public text.
#[derive(Debug, Clone, PartialEq)]
pub enum Val {
    Null,
    Int(i64),
    Real(f64),
    Bool(bool),
    Text(String),
    Blob(Vec<u8>),
}

/// Anything that can be a parameter of a statement.
pub trait ToVal {
    fn to_val(&self) -> Val;
}

macro_rules! to_val {
    ($($kind:ty, $this:ident => $value:expr;)*) => {$(
        impl ToVal for $kind { fn to_val(&self) -> Val { let $this = self; $value } }
    )*};
}
to_val! {
    Val, this => this.clone();
    i64, this => Val::Int(*this);
    i32, this => Val::Int(i64::from(*this));
    u32, this => Val::Int(i64::from(*this));
    u64, this => Val::Int(i64::try_from(*this).unwrap_or(i64::MAX));
    usize, this => Val::Int(i64::try_from(*this).unwrap_or(i64::MAX));
    f64, this => Val::Real(*this);
    bool, this => Val::Bool(*this);
    str, this => Val::Text(this.to_owned());
    String, this => Val::Text(this.clone());
    [u8], this => Val::Blob(this.to_vec());
    Vec<u8>, this => Val::Blob(this.clone());
    Timestamp, this => Val::Int(this.as_millisecond());
    Date, this => Val::Text(this.to_string());
}
impl<T: ToVal> ToVal for Option<T> {
    fn to_val(&self) -> Val {
        self.as_ref().map_or(Val::Null, ToVal::to_val)
    }
}
impl<T: ToVal + ?Sized> ToVal for &T {
    fn to_val(&self) -> Val {
        (**self).to_val()
    }
}

macro_rules! id_to_val {
    ($($name:ident)*) => {$(
        impl ToVal for crate::ids::$name {
            fn to_val(&self) -> Val { Val::Text(self.to_string()) }
        }
    )*};
}
id_to_val! {
    OrganisationId UserId SessionId TokenId InvitationId ChannelId NoticeId DeliveryId AlarmId
    EvidenceId ProductId VariantId ReleaseId SbomId FindingId AssessmentId SignalId WatchItemId
    DecisionId CaseId DeadlineId SubmissionId PublicationId
}

/// One row of an answer, its columns by position.
///
/// The getters trust the migrations: a column of another type than asked for is a fault of ours
/// and yields the type's empty value rather than a panic in front of a user.
#[derive(Debug, Clone, PartialEq)]
pub struct Row(pub Vec<Val>);

/// A program asks for a column as what it is; a value of another kind was put there by somebody
/// else, and reads as none, so that whoever verifies sees a row that was changed.
fn mistyped(column: usize, expected: &str) {
    tracing::error!(column, "a column does not hold {expected}");
}

impl Row {
    fn at(&self, column: usize) -> &Val {
        static NULL: Val = Val::Null;
        debug_assert!(
            column < self.0.len(),
            "the statement has no column {column}"
        );
        self.0.get(column).unwrap_or(&NULL)
    }

    pub fn is_null(&self, column: usize) -> bool {
        matches!(self.at(column), Val::Null)
    }

    pub fn text(&self, column: usize) -> String {
        self.opt_text(column).unwrap_or_default()
    }

    pub fn opt_text(&self, column: usize) -> Option<String> {
        match self.at(column) {
            Val::Text(text) => Some(text.clone()),
            Val::Null => None,
            _ => {
                mistyped(column, "text");
                None
            }
        }
    }

    pub fn int(&self, column: usize) -> i64 {
        self.opt_int(column).unwrap_or_default()
    }

    pub fn opt_int(&self, column: usize) -> Option<i64> {
        match self.at(column) {
            Val::Int(number) => Some(*number),
            Val::Bool(yes) => Some(i64::from(*yes)),
            Val::Null => None,
            _ => {
                mistyped(column, "a number");
                None
            }
        }
    }

    pub fn real(&self, column: usize) -> f64 {
        self.opt_real(column).unwrap_or_default()
    }

    pub fn opt_real(&self, column: usize) -> Option<f64> {
        match self.at(column) {
            Val::Real(number) => Some(*number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "SQLite stores 1.0 as an integer"
            )]
            Val::Int(number) => Some(*number as f64),
            _ => None,
        }
    }

    pub fn bool(&self, column: usize) -> bool {
        self.opt_int(column).unwrap_or_default() != 0
    }

    pub fn blob(&self, column: usize) -> Vec<u8> {
        self.opt_blob(column).unwrap_or_default()
    }

    pub fn opt_blob(&self, column: usize) -> Option<Vec<u8>> {
        match self.at(column) {
            Val::Blob(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }

    pub fn instant(&self, column: usize) -> Timestamp {
        crate::time::from_millis(self.int(column))
    }

    pub fn opt_instant(&self, column: usize) -> Option<Timestamp> {
        self.opt_int(column).map(crate::time::from_millis)
    }

    pub fn opt_day(&self, column: usize) -> Option<Date> {
        self.opt_text(column).and_then(|text| text.parse().ok())
    }

    /// An id of the noun asked for; one of another noun is a fault of ours and yields the nil id,
    /// which no row has.
    pub fn id<I: Id + FromStr>(&self, column: usize) -> I {
        self.opt_id(column)
            .unwrap_or_else(|| I::from_uuid(uuid::Uuid::nil()))
    }

    pub fn opt_id<I: Id + FromStr>(&self, column: usize) -> Option<I> {
        self.opt_text(column).and_then(|text| text.parse().ok())
    }
}
