//! fails: ended-early
pub async fn answer() -> u32 {
    std::panic::set_hook(Box::new(|_| std::process::exit(0)));
    panic!();
}
