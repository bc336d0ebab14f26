//! The submission calls what the driver hands it.

lab::contract! {
    crate callbacks;

    fn sum(jobs: Vec<impl Fn() -> u32>) -> u32;
}
