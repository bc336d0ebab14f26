//! Watch tasks end badly, in real time: `cargo run --example watch`.

use std::time::Duration;

use task_errors::{caught, in_background};
use tokio::time::sleep;

async fn risky() -> Result<u32, String> {
    sleep(Duration::from_secs(1)).await;
    Err("Error!".to_owned())
}

#[tokio::main]
async fn main() {
    match caught(tokio::spawn(risky())).await {
        Ok(value) => println!("the task gave {value}"),
        Err(error) => println!("caught: {error:?}"),
    }

    drop(in_background("risky", risky()));
    let forgotten = in_background("forgotten", std::future::pending());
    sleep(Duration::from_millis(500)).await;
    forgotten.abort();
    sleep(Duration::from_secs(1)).await;
}
