//! fails: blocked-executor
//! at: 11
//! says: a std channel stopped the runtime's thread for good
//! A task of a runtime that the program built waits in a std channel for what another would send.
use std::sync::mpsc::channel;
use tokio::runtime::Builder;

pub fn program() -> u64 {
    let runtime = Builder::new_current_thread().build().unwrap();
    let (sender, receiver) = channel::<u64>();
    let receives = async move { receiver.recv().unwrap() };
    runtime.block_on(async move {
        let received = tokio::spawn(receives);
        tokio::spawn(async move { sender.send(10).unwrap() });
        received.await.unwrap()
    })
}
