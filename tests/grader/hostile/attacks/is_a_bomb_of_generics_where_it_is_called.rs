//! is rejected: reached the recursion limit

fn go<J: Fn() -> u32>(job: J, deeper: u32) -> u32 {
    if deeper == 0 { job() } else { go(move || job() + 1, deeper - 1) }
}

pub fn sum(jobs: Vec<impl Fn() -> u32>) -> u32 {
    jobs.into_iter().map(|job| go(job, 3)).sum()
}
