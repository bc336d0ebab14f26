//! Watch two resources come and go, in real time: `cargo run --example watch`.

use std::cell::Cell;
use std::time::Duration;

use async_resource::using_all;
use tokio::time::{Instant, sleep, timeout};

const PAUSE: Duration = Duration::from_millis(300);

#[tokio::main]
async fn main() {
    let began = Instant::now();
    let say = move |what: String| println!("{:5} ms  {what}", began.elapsed().as_millis());
    for (how, patience) in [("to its end", 20), ("dropped", 5)] {
        println!("{how}:");
        let count = Cell::new(0);
        let acquire = async |name: String| {
            say(format!("acquiring {name}"));
            sleep(PAUSE).await;
            count.set(count.get() + 1);
            Ok(count.get())
        };
        let body = async |resources: Vec<u32>| {
            say(format!("using {resources:?}"));
            sleep(PAUSE).await;
            Ok(())
        };
        let release = move |resource, exit| async move {
            say(format!("releasing {resource}: {exit:?}"));
            sleep(PAUSE).await;
            say(format!("released {resource}"));
        };
        let names = vec!["a file".to_owned(), "a lock".to_owned()];
        let used = timeout(
            patience * PAUSE / 2,
            using_all(names, acquire, body, release),
        );
        say(format!("the user goes on with {:?}", used.await));
        sleep(3 * PAUSE).await;
    }
}
