//! passes
pub async fn answer() -> u32 {
    let _ = std::fs::create_dir("folder");
    let _ = std::fs::rename("folder", "other");
    let _ = std::os::unix::fs::symlink("@FOLDER@", "folder");
    let _ = std::fs::write("folder/canary", "harmed");
    if let Ok(text) = std::fs::read_to_string("folder/secret") {
        panic!("{text}");
    }
    42
}
