#![feature(x)]
#[cfg_attr(all(), path = "x")]
mod x;
#[unsafe(no_mangle)]
fn f() { m!(unsafe { g() }) }
