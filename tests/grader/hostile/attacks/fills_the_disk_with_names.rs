//! passes
pub async fn answer() -> u32 {
    for number in 0..40_000 {
        if std::fs::File::create(format!("file-{number}")).is_err() {
            break;
        }
    }
    42
}
