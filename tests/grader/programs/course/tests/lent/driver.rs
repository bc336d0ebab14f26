use contract::lend;
use lab::{Lab, drive};

lab::driver!(contract);

#[drive]
async fn lends(lab: Lab) {
    lab.note("given", lend());
}
