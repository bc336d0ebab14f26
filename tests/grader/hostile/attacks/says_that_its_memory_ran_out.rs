//! fails: ended-early

pub async fn answer() -> u32 {
    std::alloc::handle_alloc_error(std::alloc::Layout::new::<u64>())
}
