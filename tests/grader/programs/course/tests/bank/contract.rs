//! A bank of two accounts.

lab::contract! {
    crate bank;

    struct Bank {
        fn new(ours: u64, theirs: u64) -> Self;
        async fn transfer(
            &self,
            amount: u64,
            approve: impl Fn(u64) -> (impl Future<Output = Result<(), String>>),
        ) -> Result<(), String>;
        fn balances(&self) -> (u64, u64);
    }
}
