//! The API of 08b-async-generator.

lab::contract! {
    crate async_generator;

    fn async_range(start: i64, end: i64) -> impl Stream<Item = i64>;
    fn through(
        numbers: impl Stream<Item = i64>,
        step: impl FnMut(i64) -> impl Future<Output = i64>,
    ) -> impl Stream<Item = i64>;
    fn until(
        numbers: impl Stream<Item = i64>,
        stop: impl FnMut(i64) -> bool,
    ) -> impl Stream<Item = i64>;
}
