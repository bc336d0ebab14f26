//! fails: ended-early

mod hole;

/// Frames of the right length whose contents are nothing.
pub async fn answer() -> u32 {
    for body in [&[][..], &[0xFF; 16], &[0, 0, 0, 99], &[0, 0, 0, 18, 0]] {
        hole::sends_everywhere(&hole::frame(body));
    }
    42
}
