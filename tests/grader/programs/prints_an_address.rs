//! undecided: nondeterministic
//! What lies where is another in every process.
pub async fn scenario() -> u64 {
    println!("the box lies at {:p}", Box::new(7));
    0
}
