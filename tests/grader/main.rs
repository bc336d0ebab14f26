//! The grader's own tests: one file a feature, real runs of `grade`.

mod bad_input;
mod bench;
mod bugs;
mod cache;
mod cli;
mod config;
mod determinism;
mod disclosure;
mod exercises;
mod explain;
mod facade;
mod help;
mod hostile;
mod isolation;
mod lifecycle;
mod list;
mod must_not_compile;
mod new;
mod plain_tokio;
mod programs;
mod reports;
mod schedules;
mod start;
mod timelines;
mod toolchain;
mod verify;
