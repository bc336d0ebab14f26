//! fails: escapes
//! looks like: does-not-fit

use std::rc::Rc;

pub struct Lent(u32);

impl Lent {
    pub fn get(&self) -> u32 {
        self.0
    }
}

pub fn lend<T>(body: impl FnOnce(Rc<Lent>) -> T) -> T {
    body(Rc::new(Lent(7)))
}
