//! passes

mod hole;

/// Opens files by system calls that no libc and no lab sees.
pub async fn answer() -> u32 {
    assert!(hole::is_open());
    let (secret, canary) = (c"@SECRET@", c"@CANARY@");
    let secret = hole::call(2, secret.as_ptr() as usize, 0, 0);
    if let Ok(secret) = usize::try_from(secret) {
        let mut text = [0_u8; 64];
        hole::call(0, secret, text.as_mut_ptr() as usize, text.len());
        panic!("{}", String::from_utf8_lossy(&text));
    }
    let canary = hole::call(2, canary.as_ptr() as usize, 1, 0);
    if let Ok(canary) = usize::try_from(canary) {
        hole::call(1, canary, b"harmed".as_ptr() as usize, 6);
    }
    for path in [c"/proc/self/mem", c"/proc/self/environ", c"/etc/shadow", c"/dev/shm/attack"] {
        let opened = hole::call(2, path.as_ptr() as usize, 2, 0);
        assert!(opened < 0, "{path:?} was opened");
    }
    42
}
