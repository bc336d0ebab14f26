//! passes
//! Each `LocalSet` has an id of its own.
use tokio::task::LocalSet;

pub async fn scenario() -> u64 {
    let (one, other) = (LocalSet::new(), LocalSet::new());
    assert_eq!(one.id(), one.id());
    assert_ne!(one.id(), other.id());
    0
}
