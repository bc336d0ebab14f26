//! must-compile
//! what: the body keeps a number

pub fn lends() {
    let mut kept = None;
    lent::lend(|lent| {
        kept = Some(lent.get());
        0
    });
    let _: Option<u32> = kept;
}
