//! passes
pub async fn answer() -> u32 {
    for path in ["src/lib.rs", "../src/lib.rs", "../../submission/src/lib.rs", "../submission/src/lib.rs"] {
        assert!(std::fs::read(path).is_err(), "{path} can be read");
    }
    42
}
