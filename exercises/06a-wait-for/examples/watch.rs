//! Watch limits expire, in real time: `cargo run --example watch`.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use wait_for::{attempts, report, wait_but_let_run};

async fn operation(ms: u64) -> u32 {
    sleep(Duration::from_millis(ms)).await;
    println!("        an operation of {ms} ms is done");
    7
}

#[tokio::main]
async fn main() {
    let limit = Duration::from_millis(400);
    for ms in [300, 500] {
        let began = Instant::now();
        report(
            async move { format!("Done: {}", operation(ms).await) },
            limit,
        )
        .await;
        println!(
            "report: {ms} ms, waited for {} ms",
            began.elapsed().as_millis()
        );
    }

    let result = wait_but_let_run(operation(600), limit).await;
    println!("wait_but_let_run: {result:?}");
    sleep(Duration::from_millis(400)).await;

    // Every attempt is 150 ms faster than the one before.
    let result = attempts(3, limit, async |attempt| {
        operation(650 - 150 * u64::from(attempt)).await
    })
    .await;
    println!("attempts: {result:?}");
}
