//! passes

pub async fn answer() -> u32 {
    if let Ok((mut reader, mut writer)) = std::io::pipe() {
        use std::io::{Read, Write};
        writer.write_all(b"x").unwrap();
        reader.read_exact(&mut [0]).unwrap();
    }
    for path in ["/dev/shm/attack", "/dev/mqueue/attack", "/run/attack", "/var/tmp/attack"] {
        assert!(std::fs::write(path, "x").is_err(), "{path} was written");
    }
    42
}
