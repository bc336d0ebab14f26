lab::contract! {
    crate lent;

    fn lend() -> u32;
}
