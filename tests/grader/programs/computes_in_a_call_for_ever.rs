//! fails: never-finishes
//! at: 8
//! says: it came back here
//! Who called the loop is not to be seen to go round.
fn collatz(mut n: u64) -> u64 {
    let mut steps = 0;
    // It never gets to 0.
    while n != 0 {
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        steps += 1;
    }
    steps
}

pub async fn scenario() -> u64 {
    async { collatz(27) }.await
}
