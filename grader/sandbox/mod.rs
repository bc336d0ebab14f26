//! Where hostile code is compiled and run: every layer of isolation that the system offers.
//!
//! A sandbox is two processes of this program. The **outer** puts itself into namespaces and a control group
//! and starts the **inner**, which is the first process there: when it ends, everything in the sandbox ends. The
//! inner makes a file system that holds only what compiling and driving need, and starts **tasks**: rustc, the
//! linker, drivers. Each is started from a thread that gave up what the task must not have, so that the
//! launcher costs no program.
//!
//! ```text
//! grader ──socket──▶ outer: namespaces, cgroup
//!                      └─ inner: mounts, limits
//!                           └─ task: access (Landlock), calls (seccomp), privileges ─▶ exec
//!                                       driver: a second lock-down, then the submission
//! ```
//!
//! The inner ends when the grader's end of the socket closes. Elsewhere than on Linux there is no layer, and
//! tasks are plain children.
#![cfg_attr(
    not(target_os = "linux"),
    allow(
        dead_code,
        reason = "what the two processes say to each other is for Linux"
    )
)]

mod access;
#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod cgroup;
#[cfg(target_os = "linux")]
mod client;
#[cfg(target_os = "linux")]
mod descriptors;
#[cfg(not(target_os = "linux"))]
mod direct;
#[cfg(target_os = "linux")]
mod inner;
mod layer;
#[cfg(target_os = "linux")]
mod limits;
mod message;
#[cfg(target_os = "linux")]
mod outer;
#[cfg(target_os = "linux")]
mod task;
#[cfg(target_os = "linux")]
mod world;

pub use access::Access;
#[cfg(target_os = "linux")]
pub use client::{Confined, Sandbox};
#[cfg(not(target_os = "linux"))]
pub use direct::{Confined, Sandbox};
pub use layer::{Layer, Policy};
pub use message::{Missing, Surroundings};

use crate::exit_code::ExitCode;

/// The first argument with which this program is a part of a sandbox, and not the grader.
#[cfg(target_os = "linux")]
const OUTER: &str = "sandbox-outer";
#[cfg(target_os = "linux")]
const INNER: &str = "sandbox-inner";

/// Does what a part of a sandbox does, when this process was started as one.
#[cfg(target_os = "linux")]
pub fn part() -> Option<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next()?.as_str() {
        OUTER => Some(outer::run(&layer::of(arguments))),
        INNER => Some(inner::run(&layer::of(arguments))),
        _ => None,
    }
}

/// There is none here.
#[cfg(not(target_os = "linux"))]
pub fn part() -> Option<ExitCode> {
    None
}
