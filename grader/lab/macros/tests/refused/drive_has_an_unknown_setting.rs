use lab_macros::drive;

struct Lab;

#[drive(grace = 5)]
async fn waits(_: Lab) {}

fn main() {}
