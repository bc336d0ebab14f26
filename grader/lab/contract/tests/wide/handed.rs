//! Stands in for a crate that students are handed.
#[derive(Clone)]
pub struct Client(pub u32);
pub struct Session(pub u32);
