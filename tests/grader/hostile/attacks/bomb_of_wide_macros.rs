//! is rejected
macro_rules! a {
    ($e:expr) => {
        ($e, $e, $e, $e, $e, $e, $e, $e, $e, $e)
    };
}

pub async fn answer() -> u32 {
    a!(a!(a!(a!(a!(a!(a!(a!(1))))))));
    42
}
