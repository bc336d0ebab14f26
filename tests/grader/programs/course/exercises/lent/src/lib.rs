pub struct Lent(u32);

impl Lent {
    pub fn get(&self) -> u32 {
        self.0
    }
}

pub fn lend<T>(_body: impl FnOnce(Lent) -> T) -> T {
    todo!("lend")
}
