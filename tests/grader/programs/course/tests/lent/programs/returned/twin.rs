//! must-compile
//! what: the body returns a text

pub fn lends() {
    let _: String = lent::lend(|lent| lent.get().to_string());
}
