pub fn lend() -> u32 {
    lent::lend(|lent| lent.get())
}
