//! A runtime of one thread, driven by whoever waits in `run`; callbacks are on its own blocking threads.

use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::mem::ManuallyDrop;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::oneshot;

#[derive(Debug)]
pub struct InsideRuntime;

/// What the code of a thread is, the innermost last.
#[derive(PartialEq, Eq)]
enum Code {
    Sync,
    Async,
}

thread_local! {
    static CODE: RefCell<Vec<Code>> = const { RefCell::new(Vec::new()) };
}

fn as_code<T>(code: Code, work: impl FnOnce() -> T) -> T {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            CODE.with_borrow_mut(Vec::pop);
        }
    }
    CODE.with_borrow_mut(|codes| codes.push(code));
    let _leave = Leave;
    work()
}

pub struct Bridge {
    handle: Handle,
    /// Shut down by hand, where it may be.
    runtime: ManuallyDrop<Option<Runtime>>,
}

impl Bridge {
    pub fn new() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(Self {
            handle: runtime.handle().clone(),
            runtime: ManuallyDrop::new(Some(runtime)),
        })
    }

    pub fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, InsideRuntime> {
        let allowed = CODE.with_borrow(|codes| match codes.last() {
            Some(code) => *code == Code::Sync,
            None => Handle::try_current().is_err(),
        });
        let runtime = self.runtime.as_ref().filter(|_| allowed);
        let runtime = runtime.ok_or(InsideRuntime)?;
        Ok(as_code(Code::Async, || runtime.block_on(future)))
    }

    pub async fn call<T: Send + 'static>(
        &self,
        callback: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        let (answer, value) = oneshot::channel();
        self.handle.spawn_blocking(move || {
            let _ = answer.send(as_code(Code::Sync, callback));
        });
        value.await.expect("the callback does not panic")
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
