//! passes
pub async fn answer() -> u32 {
    tokio::fs::create_dir("folder").await.unwrap();
    tokio::fs::write("folder/a", "text").await.unwrap();
    tokio::fs::copy("folder/a", "folder/b").await.unwrap();
    tokio::fs::rename("folder/b", "c").await.unwrap();
    assert_eq!(tokio::fs::read_to_string("c").await.unwrap(), "text");
    assert_eq!(std::fs::read_dir("folder").unwrap().count(), 1);
    tokio::fs::remove_dir_all("folder").await.unwrap();
    42
}
