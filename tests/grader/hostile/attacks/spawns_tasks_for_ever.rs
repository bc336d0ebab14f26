//! fails: never-finishes
pub async fn answer() -> u32 {
    fn more() {
        tokio::spawn(async {
            more();
            more();
        });
    }
    more();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    42
}
