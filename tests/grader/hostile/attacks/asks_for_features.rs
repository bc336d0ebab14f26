//! is rejected: `feature` is refused
#![feature(rustc_private)]

pub async fn answer() -> u32 {

    42
}
