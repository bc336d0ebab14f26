//! fails: ended-early

mod hole;

struct Late;

impl Drop for Late {
    fn drop(&mut self) {
        hole::sends_everywhere(&hole::end([0; 16]));
    }
}

thread_local! {
    static LATE: Late = const { Late };
}

/// Another end, when the drive has ended.
pub async fn answer() -> u32 {
    LATE.with(|_| ());
    42
}
