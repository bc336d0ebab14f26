//! passes
//! looks like: ended-early
//! A thousand calls deep fits the stack.
fn depth(left: u32) -> u32 {
    if left == 0 { 0 } else { 1 + std::hint::black_box(depth(left - 1)) }
}

pub async fn scenario() -> u64 {
    assert_eq!(depth(1000), 1000);
    0
}
