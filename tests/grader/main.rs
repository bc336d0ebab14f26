//! The grader's own tests: one file a feature, real runs of `grade`.

mod bad_input;
mod bench;
mod cache;
mod cli;
mod determinism;
mod exercises;
mod facade;
mod lifecycle;
mod programs;
mod reports;
mod start;
mod toolchain;
mod verify;
