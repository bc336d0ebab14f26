//! is rejected
use std::os::fd::{FromRawFd, OwnedFd};

pub async fn answer() -> u32 {
    for number in 0..256 {
        let _ = OwnedFd::from_raw_fd(number);
    }
    42
}
