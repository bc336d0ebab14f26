//! fails
pub async fn answer() -> u32 {
    let caught = std::panic::catch_unwind(|| std::panic::panic_any(42_u32));
    *caught.unwrap_err().downcast::<u32>().unwrap() - 1
}
