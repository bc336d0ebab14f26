//! is rejected: compiling took longer
#![allow(long_running_const_eval)]

pub async fn answer() -> u32 {
    const {
        let mut n = 1_u32;
        while n > 0 {
            n = n % 7 + 1;
        }
    }
    42
}
