//! A few first tests: `cargo test`. A thread that sleeps does so on the real clock, so they take a moment.
//!
//! They are a beginning: the grader looks at everything that `README.md` says, these do not.

use std::thread;
use std::time::{Duration, Instant};

use to_thread::{Pool, to_thread};

fn blocking_io() -> u32 {
    thread::sleep(Duration::from_millis(200));
    7
}

#[tokio::test]
async fn a_job_gives_its_value() {
    assert_eq!(to_thread(blocking_io).await, Ok(7));
}

#[tokio::test]
async fn a_pool_of_one_takes_the_sum() {
    let pool = Pool::new(1);
    let began = Instant::now();
    let both = tokio::join!(pool.run(blocking_io), pool.run(blocking_io));
    assert_eq!(both, (Ok(7), Ok(7)));
    assert!(began.elapsed() >= Duration::from_millis(400));
}
