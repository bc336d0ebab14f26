//! fails

pub async fn answer() -> u32 {
    let lock = std::sync::Mutex::new(42);
    let held = lock.lock().unwrap();
    *lock.lock().unwrap() + *held
}
