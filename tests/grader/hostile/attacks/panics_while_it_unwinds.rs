//! fails: ended-early
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("a second one");
    }
}

pub async fn answer() -> u32 {
    let _bomb = Bomb;
    panic!("the first");
}
