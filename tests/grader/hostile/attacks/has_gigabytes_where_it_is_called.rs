//! is rejected: memory

struct Large<J>(J);

impl<J> Large<J> {
    const BYTES: &'static [u8; 3 << 30] = &[1; 3 << 30];
}

pub fn sum<J: Fn() -> u32>(jobs: Vec<J>) -> u32 {
    jobs.iter().map(|job| job() + u32::from(Large::<J>::BYTES[7])).sum()
}
