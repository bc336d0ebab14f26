//! fails: escapes
//! at: 14
//! says: a program that must not compile does: the body returns what it is lent
//! says: a program that must not compile does: the body keeps what it is lent

pub struct Lent(u32);

impl Lent {
    pub fn get(&self) -> u32 {
        self.0
    }
}

pub fn lend<T>(body: impl FnOnce(Lent) -> T) -> T {
    body(Lent(7))
}
