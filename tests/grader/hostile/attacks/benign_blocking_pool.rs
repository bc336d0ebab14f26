//! passes
pub async fn answer() -> u32 {
    let jobs: Vec<_> = (0..8).map(|n| tokio::task::spawn_blocking(move || n * 2)).collect();
    let mut sum = 0;
    for job in jobs {
        sum += job.await.unwrap();
    }
    assert_eq!(sum, 56);
    42
}
