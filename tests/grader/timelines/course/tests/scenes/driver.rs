//! Plays the scenes.

use std::convert::Infallible;

use contract::scene;
use lab::{Lab, drive};

lab::driver!(contract);

/// Plays a scene whose fetches take so long.
async fn play(lab: Lab, name: &str, lasting_ms: impl IntoIterator<Item = u64>) {
    let service = lab.service("fetch");
    let fetches = lasting_ms.into_iter().zip(1_u64..).map(|(ms, n)| {
        let service = service.clone();
        async move {
            let Ok(n) = service
                .call(&n.to_string(), ms, Ok::<_, Infallible>(n))
                .await;
            n
        }
    });
    scene(name, fetches.collect()).await;
}

#[drive]
async fn three_fetches_in_turn(lab: Lab) {
    play(lab, "in turn", [2_000; 3]).await;
}

#[drive]
async fn three_fetches_at_once(lab: Lab) {
    play(lab, "at once", [2_000; 3]).await;
}

#[drive]
async fn ten_tasks_and_three_permits(lab: Lab) {
    play(lab, "permits", (0..10).map(|n| 100 + 50 * (n % 3))).await;
}

#[drive]
async fn a_lock_convoy(lab: Lab) {
    play(lab, "convoy", [50; 6]).await;
}

#[drive]
async fn a_timeout_that_cancels(lab: Lab) {
    play(lab, "timeout", [60, 5_000, 80]).await;
}

#[drive]
async fn a_panic(lab: Lab) {
    play(lab, "panic", [20, 30, 40]).await;
}

#[drive]
async fn a_deadlock(lab: Lab) {
    play(lab, "deadlock", [10, 10]).await;
}

#[drive]
async fn a_blocked_executor(lab: Lab) {
    play(lab, "blocked", [40, 60]).await;
}

#[drive]
async fn three_hundred_tasks(lab: Lab) {
    play(lab, "many", (0..300).map(|n| 5 + n * 7 % 90)).await;
}

#[drive(virtual_limit_ms = 100_000_000)]
async fn one_virtual_day(lab: Lab) {
    play(lab, "day", [10, 15, 20]).await;
}
