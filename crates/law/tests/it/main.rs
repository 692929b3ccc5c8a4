//! Tests of what the law says: fixtures of one line a case, properties, and the data files.

mod agreement;
mod data;
mod deadlines;
mod fixtures;
mod form;
mod penalties;
mod properties;
mod rules;
