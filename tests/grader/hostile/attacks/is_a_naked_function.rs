//! is rejected: `naked` is refused
#[unsafe(naked)]
pub fn naked() {
    std::arch::naked_asm!("ret")
}

pub async fn answer() -> u32 {

    42
}
