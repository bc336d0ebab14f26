//! fails: ended-early
pub async fn answer() -> u32 {
    let block = vec![1_u8; 1 << 20];
    for number in 0..4 {
        let Ok(mut file) = std::fs::File::create(format!("file-{number}")) else {
            break;
        };
        for _ in 0..300 {
            if std::io::Write::write_all(&mut file, &block).is_err() {
                break;
            }
        }
    }
    42
}
