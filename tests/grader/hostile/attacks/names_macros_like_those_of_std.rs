//! passes
macro_rules! assert {
    ($($any:tt)*) => {};
}
macro_rules! println {
    ($($any:tt)*) => {};
}
pub mod std {
    pub mod process {}
}

pub async fn answer() -> u32 {
    assert!(false);
    println!("{}", vec![1]);
    42
}
