//! fails: ended-early
struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        std::process::exit(0);
    }
}

pub async fn answer() -> u32 {
    let _leaves = Leaves;
    42
}
