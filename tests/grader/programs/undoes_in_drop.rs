//! passes
//! What was taken is given back when the transfer is dropped.
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
        let mut taken = Taken { from: &self.ours, amount };
        taken.from.set(taken.from.get() - amount);
        approve(amount).await?;
        tokio::task::yield_now().await;
        taken.amount = 0;
        self.theirs.set(self.theirs.get() + amount);
        Ok(())
    }
}

struct Taken<'a> {
    from: &'a Cell<u64>,
    amount: u64,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.from.set(self.from.get() + self.amount);
    }
}
