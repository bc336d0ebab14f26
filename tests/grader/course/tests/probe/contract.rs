//! The API of the probe: a type, a method and a future are enough for every way to get it wrong.

lab::contract! {
    crate probe;

    struct Counter {
        fn new() -> Self;
        fn count(&self) -> u32;
    }

    async fn answer() -> u32;
}
