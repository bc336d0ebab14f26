//! fails: deadlock
//! says: here for good for a tokio `Mutex`
//! says: here for good for a tokio `RwLock`
//! says: here for good for a permit of a `Semaphore`
//! says: here for good for a `Barrier`
//! says: here for good for a `Notify`
//! says: here for good for an mpsc channel
//! says: here for good for a oneshot channel
//! says: here for good for a watch channel
//! says: here for good for a broadcast channel
//! says: here for good for the other end of a pipe
//! says: here for good for another task
//! Tasks that wait for good, each on something else of tokio's.
use std::sync::Arc;
use tokio::sync::{Barrier, Mutex, Notify, RwLock, Semaphore, broadcast, mpsc, oneshot, watch};
use tokio::task::JoinSet;

pub async fn scenario() -> u64 {
    let mutex = Arc::new(Mutex::new(0));
    let rwlock = Arc::new(RwLock::new(0));
    let semaphore = Arc::new(Semaphore::new(0));
    let barrier = Arc::new(Barrier::new(2));
    let notify = Arc::new(Notify::new());
    let (many, mut of_many) = mpsc::channel::<u64>(1);
    let (full, _of_full) = mpsc::channel::<u64>(1);
    let (_one, of_one) = oneshot::channel::<u64>();
    let (_told, mut watched) = watch::channel(0);
    let (_all, mut of_all) = broadcast::channel::<u64>(1);
    let (mut near, _far) = tokio::io::duplex(8);
    full.send(1).await.unwrap();
    let (held, read) = (mutex.clone().lock_owned().await, rwlock.clone().read_owned().await);
    let mut set = JoinSet::new();
    set.spawn(async move { drop(mutex.lock().await) });
    set.spawn(async move { drop(rwlock.write().await) });
    set.spawn(async move { drop(semaphore.acquire().await) });
    set.spawn(async move { drop(barrier.wait().await) });
    set.spawn(async move { notify.notified().await });
    set.spawn(async move { drop(of_many.recv().await) });
    set.spawn(async move { drop(full.send(2).await) });
    set.spawn(async move { drop(of_one.await) });
    set.spawn(async move { drop(watched.changed().await) });
    set.spawn(async move { drop(of_all.recv().await) });
    set.spawn(async move {
        use tokio::io::AsyncReadExt;
        drop(near.read_u8().await);
    });
    set.join_next().await;
    drop((held, read, many));
    0
}
