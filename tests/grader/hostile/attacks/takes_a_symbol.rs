//! is rejected: `no_mangle` is refused
#[unsafe(no_mangle)]
pub fn malloc(_: usize) -> usize {
    0
}

pub async fn answer() -> u32 {

    42
}
