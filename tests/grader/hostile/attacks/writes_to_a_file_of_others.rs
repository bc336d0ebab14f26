//! passes
pub async fn answer() -> u32 {
    let _ = std::fs::write("@CANARY@", "harmed");
    let _ = std::fs::remove_file("@CANARY@");
    let _ = std::fs::rename("@CANARY@", "canary");
    let _ = std::fs::hard_link("@CANARY@", "canary");
    42
}
