//! passes
struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        std::process::exit(0);
    }
}

thread_local! {
    static LEAVES: Leaves = const { Leaves };
}

pub async fn answer() -> u32 {
    LEAVES.with(|_| ());
    42
}
