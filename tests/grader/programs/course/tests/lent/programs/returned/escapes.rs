//! must-not-compile: lifetime
//! what: the body returns what it is lent
//! about: lend

pub fn lends() {
    let kept = lent::lend(|lent| lent);
    kept.get();
}
