//! passes
//! looks like: nondeterministic
//! prints: [3, 0, 6, 4, 2, 1, 5, 7]
//! The order of a `HashMap` and the branches of `select!` are the same in every run.
use std::collections::HashMap;

pub async fn scenario() -> u64 {
    let map: HashMap<u32, ()> = (0..8).map(|n| (n, ())).collect();
    println!("{:?}", map.keys().collect::<Vec<_>>());
    0
}
