//! fails: panicked

struct Endless;

impl Drop for Endless {
    fn drop(&mut self) {
        loop {
            std::thread::sleep(std::time::Duration::from_secs(1));
        }
    }
}

pub async fn answer() -> u32 {
    std::panic::panic_any(Endless)
}
