//! Each task sends its result through a channel of its own, and nobody keeps a handle.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::sleep;

pub async fn task(name: String, wait: Duration) -> String {
    print!("{name} ");
    println!("starting");
    sleep(wait).await;
    println!("{name} done");
    name
}

pub fn start(name: &str, wait: Duration) -> JoinHandle<String> {
    tokio::spawn(task(name.to_owned(), wait))
}

fn start_and_send(name: &str, wait: Duration) -> oneshot::Receiver<String> {
    let (send, result) = oneshot::channel();
    let task = task(name.to_owned(), wait);
    tokio::spawn(async move { send.send(task.await) });
    result
}

pub async fn run(
    first: (&str, Duration),
    second: (&str, Duration),
    meanwhile: impl AsyncFn(),
) -> (String, String) {
    let second = start_and_send(second.0, second.1);
    let first = start_and_send(first.0, first.1);
    println!("Tasks created");
    meanwhile().await;
    let second = second.await.unwrap();
    let first = first.await.unwrap();
    println!("Results: {first}, {second}");
    (first, second)
}
