//! Work that is begun every 100 ms, and told of in a line when it is done.

lab::contract! {
    crate ticks;

    async fn tick(times: u64, work: impl AsyncFn(u64));
}
