//! fails: wrong-value

/// Calls until a job no longer panics.
pub fn sum(jobs: Vec<impl Fn() -> u32>) -> u32 {
    let mut sum = 0;
    for job in &jobs {
        let once = || std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
        sum += std::iter::repeat_with(once).take(100).find_map(Result::ok).unwrap_or(3);
    }
    sum
}
