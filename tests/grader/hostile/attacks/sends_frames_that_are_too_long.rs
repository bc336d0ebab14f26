//! fails: ended-early

mod hole;

/// A frame that claims four gigabytes, and sends some.
pub async fn answer() -> u32 {
    let mut frame = u32::MAX.to_le_bytes().to_vec();
    frame.resize(1 << 16, 0);
    hole::sends_everywhere(&frame);
    42
}
