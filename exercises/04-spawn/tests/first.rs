//! A few first tests: `cargo test`. They run on a paused clock, so they take no real time.
//!
//! They are a beginning: the grader looks at everything that `README.md` says, these do not.

use std::time::Duration;

use spawn_tasks::{run, start, task};
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn a_task_waits_and_gives_its_name_back() {
    let began = Instant::now();
    assert_eq!(task("A".to_owned(), SECOND).await, "A");
    assert_eq!(began.elapsed(), SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_started_task_can_be_awaited_like_any_future() {
    assert_eq!(start("A", SECOND).await.unwrap(), "A");
}

#[tokio::test(start_paused = true)]
async fn two_tasks_take_as_long_as_the_slower_one() {
    let began = Instant::now();
    let results = run(("A", 2 * SECOND), ("B", SECOND), async || {
        sleep(SECOND).await
    })
    .await;
    assert_eq!(results, ("A".to_owned(), "B".to_owned()));
    assert_eq!(began.elapsed(), 2 * SECOND);
}
