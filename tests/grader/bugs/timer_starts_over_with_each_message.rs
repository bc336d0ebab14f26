//! bug: a timer made in a branch of select! starts over with each message, and a busy line gets no heartbeat
//! finding: wrong-value

use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio::time::sleep;

const PERIOD: Duration = Duration::from_millis(30);

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (line, mut messages) = mpsc::channel(8);
    let keeper = tokio::spawn(async move {
        let (mut last_beat, mut longest_silence) = (Instant::now(), Duration::ZERO);
        loop {
            tokio::select! {
                message = messages.recv() => if message.is_none() {
                    return longest_silence;
                },
                () = sleep(PERIOD) => {
                    longest_silence = longest_silence.max(last_beat.elapsed());
                    last_beat = Instant::now();
                }
            }
        }
    });
    for message in 1..=5 {
        service.call("next message", 40).await;
        line.send(message).await?;
    }
    drop(line);
    let silence = keeper.await?;
    ensure!(silence <= 2 * PERIOD, "no heartbeat for {silence:?}");
    Ok(())
}
