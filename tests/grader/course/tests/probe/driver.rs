//! What happens to a probe. No expected value is in here.

use contract::{Counter, answer};
use lab::{Lab, drive};

lab::driver!(contract);

#[drive]
async fn it_answers(lab: Lab) {
    lab.note("answer", answer().await);
}

#[drive]
async fn it_counts(lab: Lab) {
    let counter = Counter::new();
    lab.note("counts", [counter.count(), counter.count(), counter.count()]);
}
