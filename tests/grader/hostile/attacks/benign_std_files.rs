//! passes
pub async fn answer() -> u32 {
    std::fs::write("a", "text").unwrap();
    std::fs::copy("a", "b").unwrap();
    let file = std::fs::File::options().append(true).open("b").unwrap();
    file.set_len(2).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    file.sync_all().unwrap();
    assert_eq!(std::fs::metadata("b").unwrap().len(), 2);
    assert_eq!(std::fs::canonicalize("b").unwrap().file_name().unwrap(), "b");
    42
}
