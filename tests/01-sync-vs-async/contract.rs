//! The API of 01-sync-vs-async.

lab::contract! {
    crate sync_vs_async;

    enum Kind {
        IoBound,
        CpuBound,
    }

    async fn in_turn(tasks: &[(&str, Duration)]);
    async fn together(tasks: &[(&str, Duration)]);
    async fn blocking_together(tasks: &[(&str, Duration)]);
    async fn compare(times: u32, job: impl AsyncFn()) -> (Duration, Duration);
    async fn kind_of(job: impl AsyncFn()) -> Kind;
}
