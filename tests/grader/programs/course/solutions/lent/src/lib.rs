pub struct Lent(u32);

impl Lent {
    pub fn get(&self) -> u32 {
        self.0
    }
}

pub fn lend<T>(body: impl FnOnce(&Lent) -> T) -> T {
    body(&Lent(7))
}
