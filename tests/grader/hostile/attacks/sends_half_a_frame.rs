//! fails: ended-early

mod hole;

/// The beginning of a frame, which swallows what the lab sends next.
pub async fn answer() -> u32 {
    let mut frame = 64_u32.to_le_bytes().to_vec();
    frame.push(0);
    hole::sends_everywhere(&frame);
    42
}
