//! is rejected: couldn't read
macro_rules! module {
    ($($how:meta)*) => {
        $(#[$how])*
        mod secret;
    };
}

module!(path = "@SECRET@");

pub async fn answer() -> u32 {

    42
}
