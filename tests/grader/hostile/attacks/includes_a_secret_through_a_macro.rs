//! is rejected: `include_str` is refused
macro_rules! take {
    ($include:ident, $path:literal) => {
        $include!($path)
    };
}

pub async fn answer() -> u32 {
    panic!("{}", take!(include_str, "@SECRET@"));
}
