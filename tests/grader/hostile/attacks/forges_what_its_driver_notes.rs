//! fails: wrong-value

mod hole;

/// The right note, beside the one that its driver makes.
pub async fn answer() -> u32 {
    hole::sends_everywhere(&hole::note(0, "answer", "42"));
    41
}
