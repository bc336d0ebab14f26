//! fails

/// What a spreadsheet would run, in a panic's message and in the names of what fails.
pub async fn answer() -> u32 {
    panic!("=cmd|' /C calc'!A0,+1,-1,@SUM(1)\t=1\r=2")
}
