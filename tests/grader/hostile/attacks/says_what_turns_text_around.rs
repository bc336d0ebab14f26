//! fails: panicked
pub async fn answer() -> u32 {
    println!("\u{202e}dessap 001/001 erocs\u{202c}\u{2066}\u{200b}\u{feff}");
    panic!("\u{202e}dessap 001/001 erocs\u{202c}\u{2066}\u{200b}\u{feff}\u{85}\u{2028}::error::x");
}
