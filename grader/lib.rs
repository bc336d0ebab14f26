//! A deterministic autograder for asynchronous Rust.
//!
//! One file a stage, in the order data flows; each is a function from the last stage's type to the
//! next's. Nothing before [`report`] prints.
//!
//! ```text
//! Exercise + Submission → intake → compile → drive → Trace → judging → Verdict → report
//! ```
#![cfg(unix)]

pub mod cli;
pub mod course;
pub mod error;
pub mod exit_code;
pub mod explain;
mod export;
pub mod grade;
pub mod interrupt;
mod licences;
pub mod list;
pub mod output;
pub mod report;
pub mod sandbox;
pub mod start;
pub mod verdict;
pub mod verify;

mod api;
mod as_test;
mod bundle;
mod cache;
mod compile;
pub mod config;
pub mod counterexample;
mod decide;
pub mod diagnostic;
mod difference;
mod discarded;
pub mod disclosure;
mod disk_space;
pub mod doctor;
mod drive;
mod driver_digest;
mod explore;
mod facts;
mod front_page;
#[doc(hidden)]
pub mod fuzz;
pub mod glue;
mod guards;
mod help;
mod instant;
mod instantiated;
mod intake;
mod judging;
mod kit;
pub mod lateness;
mod locate;
mod mismatch;
pub mod moment;
mod must_not_compile;
mod mutants;
mod mutate;
mod new;
mod own_course;
mod parallel;
mod patient;
pub mod perfetto;
mod pictures;
pub mod plan;
mod prebuild;
mod process;
mod processors;
mod programs;
mod progress;
mod reach;
mod reference;
mod rejudge;
pub mod results;
mod rustc;
mod scan;
mod scratch;
mod shrink;
pub mod so_far;
mod standing;
mod steps;
pub mod stored;
mod suggestion;
mod text;
pub mod timeline;
pub mod timings;
mod toolchain;
mod transcript;
mod unawaited;
mod withheld;
mod workers;
mod workshop;
