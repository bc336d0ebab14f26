//! is rejected
macro_rules! boom {
    ($($n:tt)*) => {
        boom!($($n)* $($n)*)
    };
}

pub async fn answer() -> u32 {
    boom!(1);
    42
}
