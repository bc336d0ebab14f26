//! Watch a roll of tickets being lent, in real time: `cargo run --example watch`.

use std::time::Duration;

use scoped_resource::with_resource;
use tokio::time::{Instant, sleep, timeout};

const PAUSE: Duration = Duration::from_millis(300);

#[tokio::main]
async fn main() {
    let began = Instant::now();
    let say = move |what: String| println!("{:5} ms  {what}", began.elapsed().as_millis());
    for (how, patience) in [("to its end", 20), ("dropped", 3)] {
        println!("{how}:");
        let acquire = async || {
            say("acquiring".to_owned());
            sleep(PAUSE).await;
            "blue".to_owned()
        };
        let release = move |name, torn_off| async move {
            say(format!("releasing {name}, {torn_off} torn off"));
            sleep(PAUSE).await;
            say("released".to_owned());
        };
        let scope = with_resource(acquire, release, async |r| {
            say(format!("ticket {} of {}", r.next(), r.name()));
            sleep(PAUSE).await;
            r.next()
        });
        let given = timeout(patience * PAUSE / 2, scope).await;
        say(format!("the user goes on with {given:?}"));
        sleep(2 * PAUSE).await;
    }
}
