//! The API of 08a-async-range.

lab::contract! {
    crate async_range;

    struct AsyncRange {
        fn new(start: i64, end: i64) -> Self;
        fn iter(&self) -> Numbers;
    }

    struct Numbers {
        impl Stream<Item = i64>;
    }
}
