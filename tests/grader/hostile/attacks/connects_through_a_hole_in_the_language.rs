//! passes

mod hole;

/// Makes sockets of every kind by system calls, and connects one.
pub async fn answer() -> u32 {
    assert!(hole::is_open());
    for family in [1, 2, 10, 16, 17] {
        for kind in [1, 2, 3] {
            let socket = hole::call(41, family, kind, 0);
            let Ok(socket) = usize::try_from(socket) else {
                continue;
            };
            if (family, kind) == (2, 1) {
                let std::net::SocketAddr::V4(to) = "@TCP@".parse().unwrap() else {
                    unreachable!()
                };
                let mut address = [0_u8; 16];
                address[0] = 2;
                address[2..4].copy_from_slice(&to.port().to_be_bytes());
                address[4..8].copy_from_slice(&to.ip().octets());
                hole::call(42, socket, address.as_ptr() as usize, address.len());
            }
        }
    }
    let mut pair = [0_u32; 2];
    hole::call(53, 1, 1, 0);
    hole::call(22, pair.as_mut_ptr() as usize, 0, 0);
    42
}
