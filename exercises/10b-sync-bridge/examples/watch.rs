//! Watch your bridge work, in real time: `cargo run --example watch`.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use sync_bridge::Bridge;
use tokio::time::sleep;

const STEP: Duration = Duration::from_millis(300);

/// An ordinary `main`: it is sync code.
fn main() {
    let began = Instant::now();
    let say = move |what: &str| println!("{:>5} ms  {what}", began.elapsed().as_millis());
    let bridge = Arc::new(Bridge::new().expect("the system has room for a bridge"));

    let task = bridge.run(async move {
        say("a call spawns a task, and returns");
        tokio::spawn(async move {
            sleep(2 * STEP).await;
            say("the task is done");
        })
    });
    thread::sleep(STEP);
    say("another call awaits it");
    let _ = bridge.run(task.expect("this is sync code"));

    let inner = Arc::clone(&bridge);
    let sandwich = async move {
        let callback = Arc::clone(&inner);
        let blocks = inner.call(move || {
            say("async code called back, into code that blocks");
            thread::sleep(STEP);
            say("... and waits for async code");
            callback.run(sleep(STEP))
        });
        let told = blocks.await;
        say(&format!("the callback was told {told:?}"));
        let told = inner.run(async {});
        say(&format!("async code is told {told:?}"));
    };
    let _ = bridge.run(sandwich);
}
