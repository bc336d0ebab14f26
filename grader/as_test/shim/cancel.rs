impl Lab {
    pub async fn cancel_everywhere(&self, most: u32, scenario: impl AsyncFn(Cancel)) {
        for suspension in 1..=most {
            self.note("suspension", suspension);
            let dropped = Arc::new(Mutex::new(false));
            scenario(Cancel(suspension, dropped.clone())).await;
            if !*dropped.lock().unwrap() {
                break;
            }
        }
    }
}

/// Drops a future at its nth suspension.
pub struct Cancel(u32, Arc<Mutex<bool>>);

impl Cancel {
    pub async fn run<T>(self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = Box::pin(future);
        let mut polls = 0;
        let output = poll_fn(|cx| {
            polls += 1;
            match future.as_mut().poll(cx) {
                Poll::Ready(output) => Poll::Ready(Some(output)),
                Poll::Pending if polls < self.0 => Poll::Pending,
                Poll::Pending => Poll::Ready(None),
            }
        })
        .await;
        *self.1.lock().unwrap() = output.is_none();
        output
    }
}
