//! is rejected
pub static HUGE: [u8; 1 << 33] = [1; 1 << 33];

pub async fn answer() -> u32 {
    std::hint::black_box(&HUGE);
    42
}
