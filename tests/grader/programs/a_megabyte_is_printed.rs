//! passes
//! looks like: never-finishes
//! Output is bounded, but a megabyte of it is no offence.
pub async fn scenario() -> u64 {
    for n in 0..10_000 {
        println!("{n} {}", "x".repeat(95));
    }
    0
}
