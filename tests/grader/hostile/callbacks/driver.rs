//! Jobs of which one panics: what the submission makes of it is seen from both sides.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use contract::sum;
use lab::{Lab, drive};

lab::driver!(contract);

#[drive]
async fn a_panic_of_a_job_is_the_callers(lab: Lab) {
    let called: Rc<RefCell<Vec<u32>>> = Rc::default();
    let job = |number: u32| {
        let called = called.clone();
        move || {
            called.borrow_mut().push(number);
            if number == 3 {
                // A driver's own panic would be the grader's trouble.
                resume_unwind(Box::new("the third fails"));
            }
            number
        }
    };
    let jobs = (1..=4).map(job).collect();
    let summed = catch_unwind(AssertUnwindSafe(|| sum(jobs)));
    lab.note("called", called.take());
    lab.note("sum", summed.ok());
}
