//! All SQL on matches, findings and assessments.

pub mod assessments;
pub mod component;
pub mod lists;
pub mod matching;
pub mod release;
pub mod standing;
