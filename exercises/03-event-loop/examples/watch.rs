//! Watch your loops run, in real time: `cargo run --example watch`.

use std::thread;
use std::time::{Duration, Instant};

use event_loop::{current_loop, program, run, run_threaded, start};
use tokio::time::sleep;

const STEP: Duration = Duration::from_millis(300);

/// Says which loop runs here, and on which thread.
fn show_loop(place: &str) {
    let which = match current_loop() {
        Ok(handle) => format!("{:?}", handle.runtime_flavor()),
        Err(none) => format!("{none:?}"),
    };
    println!("{place}: {which} on {:?}", thread::current().id());
}

/// An ordinary `main`: it is sync code.
fn main() {
    show_loop("outside");
    let main = async || {
        show_loop("the main future");
        let task = start(async {
            show_loop("a task");
            42
        });
        let _ = task.expect("a loop runs here").await;
        println!("another loop: {:?}", run(async {}));
    };
    let _ = run(main());
    let _ = run_threaded(main());

    let began = Instant::now();
    let _ = run(async {
        tokio::spawn(async {
            sleep(10 * STEP).await;
            println!("nobody waits for this");
        });
        tokio::task::spawn_blocking(|| thread::sleep(2 * STEP));
        sleep(STEP).await;
    });
    println!("closed after {} ms\n", began.elapsed().as_millis());

    program(vec![("A".to_owned(), 2 * STEP), ("B".to_owned(), STEP)]);
}
