//! is rejected
extern crate lab;
extern crate kit;

pub async fn answer() -> u32 {
    42
}
