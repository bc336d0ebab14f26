//! is rejected: size_of::<J>() == 12345

pub fn sum<J: Fn() -> u32>(jobs: Vec<J>) -> u32 {
    const { assert!(size_of::<J>() == 12345) };
    jobs.iter().map(|job| job()).sum()
}
