//! passes
struct Endless;

impl Drop for Endless {
    fn drop(&mut self) {
        loop {
            std::hint::spin_loop();
        }
    }
}

thread_local! {
    static ENDLESS: Endless = const { Endless };
}

pub async fn answer() -> u32 {
    ENDLESS.with(|_| ());
    42
}
