//! fails: wrong-value

/// Says of a job that panicked that it gave what it should.
pub fn sum(jobs: Vec<impl Fn() -> u32>) -> u32 {
    let caught = jobs.iter().map(|job| std::panic::catch_unwind(std::panic::AssertUnwindSafe(job)));
    caught.map(|result| result.unwrap_or(3)).sum()
}
