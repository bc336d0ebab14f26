//! passes
pub async fn answer() -> u32 {
    for file in ["environ", "cmdline", "maps", "status"] {
        for process in ["self", "1", "2", "thread-self"] {
            if let Ok(text) = std::fs::read_to_string(format!("/proc/{process}/{file}")) {
                panic!("{text}");
            }
        }
    }
    for (name, value) in std::env::vars() {
        assert!(!name.contains("SECRET"), "{value}");
    }
    42
}
