//! fails: ended-early

mod hole;

/// A trace that is whole, but for a nonce that it has to guess.
pub async fn answer() -> u32 {
    let mut forged = hole::note(0, "answer", "42");
    forged.extend(hole::frame(&[0, 0, 0, 18]));
    for guess in [[0; 16], [0xFF; 16], [7; 16]] {
        forged.extend(hole::end(guess));
    }
    hole::sends_everywhere(&forged);
    41
}
