//! passes
#[no_implicit_prelude]
mod bare {
    pub enum Option {
        Some,
    }
    pub use Option::Some;
    pub fn number() -> u32 {
        match Some {
            Some => 42,
        }
    }
}

pub async fn answer() -> u32 {
    bare::number()
}
