//! is rejected: couldn't read
macro_rules! module {
    ($($how:meta)*) => {
        $(#[$how])*
        mod zeros;
    };
}

module!(path = "/dev/zero");

pub async fn answer() -> u32 {

    42
}
