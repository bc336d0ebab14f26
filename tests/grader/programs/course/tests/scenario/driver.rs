//! Runs a program.

use contract::scenario;
use lab::{Lab, drive};

lab::driver!(contract);

#[drive]
async fn runs(lab: Lab) {
    let value = scenario().await;
    lab.note("value", value);
}
