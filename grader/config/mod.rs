//! What is in force when something is graded, and where each value comes from: the command line before the
//! environment, that before `grade.toml`, that before what is built in.

mod environment;
mod extensions;
mod file;
mod in_force;
pub mod range;
mod reader;
mod render;
mod said;

pub use environment::{Late, VARIABLES, near_misses, said as said_by_environment};
pub use file::{File, NAME};
pub use in_force::InForce;
pub use render::{Shown, json, text};
pub use said::{Said, SaidOfLate, Source, Told};
