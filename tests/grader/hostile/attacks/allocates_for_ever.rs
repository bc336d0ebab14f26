//! fails
pub async fn answer() -> u32 {
    let mut all = Vec::new();
    loop {
        all.push(vec![1_u8; 64 << 20]);
    }
}
