//! What a driver gives up before it loads the submission: the grader's first words to it.

use serde::{Deserialize, Serialize};

/// A seccomp filter. An instruction is `code`, `jt`, `jf`, `k` of the kernel's `struct sock_filter`.
pub type Filter = Vec<(u16, u8, u8, u32)>;

/// Stands in a filter for the driver's own process number, which is not known when the filter is made. No
/// process has it.
pub const OWN_PROCESS: u32 = 0xFFFF_FF01;

/// What is to be put in force.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lockdown {
    /// Whether the driver's standard output is a Landlock ruleset.
    pub has_ruleset: bool,
    /// Filters of system calls, in the order in which they are put in force.
    pub filters: Vec<Filter>,
    /// The one processor that it runs on; any where there is none.
    pub processor: Option<u32>,
}
