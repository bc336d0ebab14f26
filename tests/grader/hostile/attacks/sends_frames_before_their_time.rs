//! fails: ended-early

mod hole;

/// A frame of the drive's future, before what the drive has to say of now.
pub async fn answer() -> u32 {
    hole::sends_everywhere(&hole::note(9, "later", "0"));
    42
}
