//! fails: panicked
struct Bomb(u32);

impl Drop for Bomb {
    fn drop(&mut self) {
        if self.0 > 0 {
            std::panic::panic_any(Bomb(self.0 - 1));
        }
    }
}

pub async fn answer() -> u32 {
    let _ = tokio::spawn(async { std::panic::panic_any(Bomb(8)) }).await.map_err(std::mem::forget);
    drop(tokio::spawn(async { std::panic::panic_any(Bomb(8)) }));
    tokio::task::yield_now().await;
    41
}
