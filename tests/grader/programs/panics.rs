//! fails: panicked
//! at: 5
//! A panic that reaches the caller.
pub async fn scenario() -> u64 {
    todo!("the answer")
}
