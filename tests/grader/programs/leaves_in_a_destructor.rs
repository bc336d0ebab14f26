//! passes
//! looks like: ended-early
//! What runs when the thread ends is after the end of the trace: it changes nothing.
struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        std::process::exit(3);
    }
}

thread_local! {
    static LEAVES: Leaves = const { Leaves };
}

pub async fn scenario() -> u64 {
    LEAVES.with(|_| 0)
}
