//! passes

pub async fn answer() -> u32 {
    42
}

