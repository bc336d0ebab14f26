//! fails: ended-early
struct List(#[allow(dead_code)] Option<Box<List>>);

pub async fn answer() -> u32 {
    let mut list = List(None);
    for _ in 0..1_000_000 {
        list = List(Some(Box::new(list)));
    }
    drop(list);
    42
}
