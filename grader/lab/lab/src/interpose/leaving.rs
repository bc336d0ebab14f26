//! Ways out of the process: recorded as the submission's own doing. The trace stays without its end
//! record, so the check has failed.
#![expect(unsafe_code, reason = "these are libc's functions")]

use libc::c_int;
use trace::Kind;

use super::{hidden, leave};
use crate::recorder::{self, Role, inside, record, role};
use crate::signal_stack;

#[unsafe(no_mangle)]
extern "C" fn exit(code: c_int) -> ! {
    if role() == Role::Outside {
        let real = hidden!(c"exit" as extern "C" fn(c_int) -> !);
        real(code)
    }
    left(&format!("std::process::exit({code})"));
    leave(code)
}

#[unsafe(no_mangle)]
extern "C" fn abort() -> ! {
    if signal_stack::is_in_use() {
        recorder::overflowed();
    } else if role() != Role::Outside {
        left("abort");
    }
    let real = hidden!(c"abort" as extern "C" fn() -> !);
    real()
}

fn left(how: &str) {
    if let Some(why) = crate::stuck::halts_already() {
        recorder::halt(why);
    }
    record(Kind::Exited {
        how: how.to_owned(),
        place: inside(crate::place::here),
    });
    recorder::flush();
}
