//! fails: ended-early
//! says: a value of more than 256 KiB ended the process before the check was over
//! A value that the driver notes is larger than a trace takes.
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
        let Err(why) = approve(amount).await else {
            self.ours.set(self.ours.get() - amount);
            self.theirs.set(self.theirs.get() + amount);
            return Ok(());
        };
        Err(why.repeat(1 << 16))
    }
}
