//! is rejected
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: System = System;

pub async fn answer() -> u32 {
    42
}
