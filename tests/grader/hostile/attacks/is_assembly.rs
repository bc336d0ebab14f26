//! is rejected: `global_asm` is refused
std::arch::global_asm!(".globl attack", "attack: ret");

pub async fn answer() -> u32 {

    42
}
