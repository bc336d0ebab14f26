//! fails: never-finishes
//! Output without end is cut off.
pub async fn scenario() -> u64 {
    loop {
        println!("{}", "x".repeat(1000));
    }
}
