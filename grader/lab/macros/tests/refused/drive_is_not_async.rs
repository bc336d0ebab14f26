use lab_macros::drive;

struct Lab;

#[drive]
fn waits(_: Lab) {}

fn main() {}
