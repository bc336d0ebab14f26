//! is rejected: `link_section` is refused
#[unsafe(link_section = ".init_array")]
pub static FIRST: fn() = || std::process::exit(0);

pub async fn answer() -> u32 {

    42
}
