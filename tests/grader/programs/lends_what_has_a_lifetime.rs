//! passes
//! looks like: escapes
//! looks like: does-not-fit

pub struct Lent<'scope>(&'scope u32);

impl Lent<'_> {
    pub fn get(&self) -> u32 {
        *self.0
    }
}

pub fn lend<T>(body: impl FnOnce(Lent<'_>) -> T) -> T {
    body(Lent(&7))
}
