//! fails: wrong-value
//! advice: never-awaited
//! at: 25
//! A call to a service of the lab's, made through the driver's closure and never polled.
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
        let _ = approve(amount);
        self.ours.set(self.ours.get() - amount);
        self.theirs.set(self.theirs.get() + amount);
        Ok(())
    }
}
