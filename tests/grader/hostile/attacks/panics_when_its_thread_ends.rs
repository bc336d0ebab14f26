//! passes
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("too late");
    }
}

thread_local! {
    static BOMB: Bomb = const { Bomb };
}

pub async fn answer() -> u32 {
    BOMB.with(|_| ());
    42
}
