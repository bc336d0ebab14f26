//! bug: a pool hands a connection to somebody who gave up waiting, and it is gone
//! finding: deadlock

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use service::Service;
use tokio::sync::oneshot;
use tokio::time::timeout;

struct Connection;

#[derive(Default)]
struct Pool {
    idle: Vec<Connection>,
    waiting: VecDeque<oneshot::Sender<Connection>>,
}

fn take(pool: &Mutex<Pool>) -> oneshot::Receiver<Connection> {
    let (sender, receiver) = oneshot::channel();
    let mut pool = pool.lock().unwrap();
    match pool.idle.pop() {
        Some(connection) => drop(sender.send(connection)),
        None => pool.waiting.push_back(sender),
    }
    receiver
}

fn give_back(pool: &Mutex<Pool>, connection: Connection) {
    let mut pool = pool.lock().unwrap();
    match pool.waiting.pop_front() {
        Some(next) => drop(next.send(connection)),
        None => pool.idle.push(connection),
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let pool = Mutex::new(Pool::default());
    pool.lock().unwrap().idle.push(Connection);
    let report = async {
        let connection = take(&pool).await.unwrap();
        service.call("long query", 20).await;
        give_back(&pool, connection);
    };
    let page = async {
        let limit = Duration::from_millis(24);
        if let Ok(connection) = timeout(limit, take(&pool)).await {
            give_back(&pool, connection.unwrap());
        }
    };
    tokio::join!(report, page);
    take(&pool).await?;
    Ok(())
}
