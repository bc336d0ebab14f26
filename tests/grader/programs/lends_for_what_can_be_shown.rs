//! fails: does-not-fit
//! says: a program is refused for another reason: the body returns what it is lent

pub struct Lent(u32);

impl Lent {
    pub fn get(&self) -> u32 {
        self.0
    }
}

pub fn lend<T: ToString>(body: impl FnOnce(&Lent) -> T) -> T {
    body(&Lent(7))
}
