//! A whole program, on runtimes of its own.

lab::contract! {
    crate program;

    fn program() -> u64;
}
