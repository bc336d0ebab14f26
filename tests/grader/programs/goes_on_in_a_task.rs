//! passes
//! A task of its own does the second half, whoever waits for it.
use std::cell::Cell;

pub struct Bank {
    ours: Cell<u64>,
    theirs: Cell<u64>,
}

impl Bank {
    pub fn new(ours: u64, theirs: u64) -> Self {
        Self { ours: Cell::new(ours), theirs: Cell::new(theirs) }
    }

    pub fn balances(&self) -> (u64, u64) {
        (self.ours.get(), self.theirs.get())
    }

    pub async fn transfer<A>(&self, amount: u64, approve: A) -> Result<(), String>
    where
        A: AsyncFn(u64) -> Result<(), String>,
    {
        approve(amount).await?;
        self.ours.set(self.ours.get() - amount);
        self.theirs.set(self.theirs.get() + amount);
        let _ = tokio::spawn(tokio::task::yield_now()).await;
        Ok(())
    }
}
