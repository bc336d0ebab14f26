//! The API of 11b-lock.

lab::contract! {
    crate shared_value;

    struct State {
        value: u32,
        updates: u32,
    }

    struct Shared {
        fn new(value: u32) -> Self;
        async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32;
        fn last(&self) -> State;
    }
}
