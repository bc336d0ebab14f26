//! fails: cancel-unsafe
//! at: 26
//! What is given before it is taken is there twice, and a second transfer would repeat
//! it.
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
        self.theirs.set(self.theirs.get() + amount);
        let approved = approve(amount).await;
        let from = if approved.is_ok() { &self.ours } else { &self.theirs };
        from.set(from.get() - amount);
        approved
    }
}
