//! passes
pub async fn answer() -> u32 {
    let map: std::collections::HashMap<u32, u32> = (0..1000).map(|n| (n, n)).collect();
    assert_eq!(map.values().sum::<u32>(), 499_500);
    42
}
