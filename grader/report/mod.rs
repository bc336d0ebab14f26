//! Reports: pure renderers of a verdict, one a file.

pub mod json;
pub mod terminal;
