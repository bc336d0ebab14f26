//! A few first tests: `cargo test`. They run on a paused clock, so they take no real time.
//!
//! They are a beginning: the grader looks at everything that `README.md` says, these do not.

use std::time::Duration;

use shared_value::{Shared, State};
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

async fn one_more(value: u32) -> u32 {
    sleep(SECOND).await;
    value + 1
}

#[tokio::test(start_paused = true)]
async fn three_updates_of_a_second_take_three_seconds() {
    let began = Instant::now();
    let shared = Shared::new(4);
    let all = tokio::join!(
        shared.update("A", one_more),
        shared.update("B", one_more),
        shared.update("C", one_more),
    );
    assert_eq!(all.0 + all.1 + all.2, 5 + 6 + 7);
    assert_eq!(began.elapsed(), 3 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn the_last_state_is_seen_while_a_step_is_on_its_way() {
    let shared = Shared::new(4);
    let look = async {
        sleep(SECOND / 2).await;
        shared.last()
    };
    let (_, seen) = tokio::join!(shared.update("A", one_more), look);
    let (value, updates) = (4, 0);
    assert_eq!(seen, State { value, updates });
}
