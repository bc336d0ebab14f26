//! A few first tests: `cargo test`. They run on a paused clock, so they take no real time.
//!
//! They are a beginning: the grader looks at everything that `README.md` says, these do not.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use scoped_resource::with_resource;
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn the_caller_goes_on_when_the_resource_is_released() {
    let began = Instant::now();
    let released = Arc::new(Mutex::new(Vec::new()));
    let list = released.clone();
    let release = move |name, torn_off| async move {
        sleep(SECOND).await;
        list.lock().unwrap().push((name, torn_off));
    };
    let given = with_resource(
        async || "blue".to_owned(),
        release,
        async |r| {
            sleep(SECOND).await;
            (r.name().to_owned(), r.next(), r.next())
        },
    );
    assert_eq!(given.await, ("blue".to_owned(), 1, 2));
    assert_eq!(began.elapsed(), 2 * SECOND);
    assert_eq!(*released.lock().unwrap(), [("blue".to_owned(), 2)]);
}

// This must not compile: take the slashes away to see.
//
// #[tokio::test]
// async fn the_resource_does_not_leave_its_scope() {
//     let mut kept = None;
//     let acquire = async || "blue".to_owned();
//     with_resource(acquire, |_, _| async {}, async |r| kept = Some(r)).await;
//     kept.unwrap().next();
// }
