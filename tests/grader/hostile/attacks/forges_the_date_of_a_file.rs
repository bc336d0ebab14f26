//! passes
pub async fn answer() -> u32 {
    for path in ["/", "..", "../..", "/tmp", "/usr"] {
        let _ = std::fs::File::open(path).and_then(|file| file.set_modified(std::time::SystemTime::UNIX_EPOCH));
        let _ = std::fs::remove_dir_all(path);
        let _ = std::fs::rename(path, "elsewhere");
    }
    42
}
