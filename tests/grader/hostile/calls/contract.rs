//! What a submission is, does not matter here.

lab::contract! {
    crate calls;

    async fn answer() -> u32;
}
