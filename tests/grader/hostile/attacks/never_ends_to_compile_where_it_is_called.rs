//! is rejected: compiling took longer than 6 s

struct Endless<J>(J);

impl<J> Endless<J> {
    const SUM: u64 = {
        let mut sum = 0_u64;
        while sum < u64::MAX {
            sum += 1;
        }
        sum
    };
}

#[allow(long_running_const_eval)]
pub fn sum<J: Fn() -> u32>(jobs: Vec<J>) -> u32 {
    let _ = Endless::<J>::SUM;
    jobs.iter().map(|job| job()).sum()
}
