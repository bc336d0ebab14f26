//! What the tests stand on: runs of the built `grade` over a course of their own, with one cache for all.
//!
//! Every run has a temporary directory of its own, which must be empty when the run is over, and must
//! leave the folders it was shown as they were.

mod cache;
mod folder;
mod machine;
mod program;
mod ran;
mod run;
mod submission;

pub use cache::{cache_copy, kits, shared_cache};
pub use folder::{copy_folder, make_executable, names, tree};
#[cfg(target_os = "linux")]
pub use machine::running_in;
pub use machine::{is_root, may_mount, not_checked, until, until_within};
pub use program::{PROGRAMS, graded_program};
pub use ran::Ran;
pub use run::{Grade, Started, grade, installed, reference_graded};
pub use submission::{Submission, answering, course, course_copy, reference};
