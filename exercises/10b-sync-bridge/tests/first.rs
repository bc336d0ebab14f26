//! A few first tests: `cargo test`. Your runtime has a real clock, so they take a moment.
//!
//! They are a beginning: the grader looks at everything that `README.md` says, these do not.

use std::time::{Duration, Instant};

use sync_bridge::{Bridge, InsideRuntime};
use tokio::time::sleep;

const STEP: Duration = Duration::from_millis(50);

#[test]
fn sync_code_waits_for_a_future() {
    let bridge = Bridge::new().unwrap();
    let began = Instant::now();
    let told = bridge.run(async {
        sleep(STEP).await;
        "Result"
    });
    assert_eq!(told, Ok("Result"));
    assert!(began.elapsed() >= STEP);
}

#[test]
fn a_task_is_still_there_in_the_next_call() {
    let bridge = Bridge::new().unwrap();
    let task = bridge.run(async { tokio::spawn(async { 6 * 7 }) }).unwrap();
    assert_eq!(bridge.run(task).unwrap().unwrap(), 42);
}

#[tokio::test]
async fn async_code_is_told_to_await() {
    let bridge = Bridge::new().unwrap();
    assert_eq!(bridge.run(async { 42 }), Err(InsideRuntime));
}

#[tokio::test]
async fn a_callback_gives_its_value() {
    let bridge = Bridge::new().unwrap();
    assert_eq!(bridge.call(|| 42).await, 42);
}
