//! is rejected: `global_asm` is refused
core::arch::global_asm!(".incbin \"@SECRET@\"");

pub async fn answer() -> u32 {

    42
}
