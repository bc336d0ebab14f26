//! passes
use std::os::unix::net::{UnixDatagram, UnixStream};

pub async fn answer() -> u32 {
    let pairs = (0..4096).map(|_| (UnixStream::pair().is_ok(), UnixDatagram::pair().is_ok()));
    if pairs.into_iter().any(|made| made != (false, false)) { 41 } else { 42 }
}
