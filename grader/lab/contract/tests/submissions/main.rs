//! Both halves compiled as the grader compiles them, with a submission in between.

mod misfits;
mod stage;

use stage::{Depth, Stage};

#[test]
fn every_carried_type_crosses_in_both_directions() {
    let stage = Stage::new(include_str!("../contracts/wide.rs"), Depth::Run);
    stage
        .submission(include_str!("../wide/student.rs"))
        .unwrap();
    stage.adapter().unwrap();
    assert_eq!(stage.drive(include_str!("../wide/driver.rs")), "done\n");
}
