//! A program: whatever a test wants to see in the lab.

lab::contract! {
    crate scenario;

    async fn scenario() -> u64;
}
