//! is rejected: `proc_macro` is refused
extern crate proc_macro;

pub async fn answer() -> u32 {

    42
}
