//! is rejected
trait Deep {
    const DEPTH: u32;
}

struct More<T>(T);

impl<T> Deep for T
where
    More<T>: Deep,
{
    const DEPTH: u32 = 1 + <More<T> as Deep>::DEPTH;
}

pub async fn answer() -> u32 {
    <u32 as Deep>::DEPTH
}
