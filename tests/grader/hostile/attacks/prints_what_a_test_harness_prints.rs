//! fails: wrong-value
pub async fn answer() -> u32 {
    println!("running 1 test\ntest it_answers ... ok\n\ntest result: ok. 1 passed; 0 failed");
    41
}
