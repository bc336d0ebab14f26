//! must-not-compile: E0521, lifetime
//! what: the body keeps what it is lent
//! about: lend

pub fn lends() {
    let mut kept = None;
    lent::lend(|lent| {
        kept = Some(lent);
        0
    });
    if let Some(lent) = kept {
        lent.get();
    }
}
