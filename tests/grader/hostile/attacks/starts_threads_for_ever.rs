//! fails
pub async fn answer() -> u32 {
    loop {
        let started = std::thread::Builder::new().spawn(|| loop {
            std::thread::park();
        });
        if started.is_err() {
            break;
        }
    }
    42
}
