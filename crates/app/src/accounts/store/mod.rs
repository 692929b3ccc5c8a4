//! The SQL of this room, a file for each kind of thing.

pub mod attempts;
pub mod invitations;
pub mod links;
pub mod organisations;
pub mod people;
pub mod sessions;
pub mod tokens;
