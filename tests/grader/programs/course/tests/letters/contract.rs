//! Letters from an inbox: one leaves it when it was sent.

lab::contract! {
    crate letters;
    use std::sync::Mutex;

    async fn forward(inbox: &Mutex<VecDeque<u64>>, send: impl AsyncFn(u64));
}
