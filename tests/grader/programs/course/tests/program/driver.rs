//! Runs a program outside every runtime.

use contract::program;
use lab::{Lab, drive};

lab::driver!(contract);

#[drive]
fn runs(lab: Lab) {
    let value = program();
    lab.note("value", value);
}
