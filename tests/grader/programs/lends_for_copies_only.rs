//! fails: does-not-fit
//! at: 14
//! says: a program that must compile does not: the body returns a text
//! looks like: escapes

pub struct Lent(u32);

impl Lent {
    pub fn get(&self) -> u32 {
        self.0
    }
}

pub fn lend<T: Copy>(body: impl FnOnce(&Lent) -> T) -> T {
    body(&Lent(7))
}
