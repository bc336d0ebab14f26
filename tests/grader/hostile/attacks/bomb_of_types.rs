//! is rejected
pub async fn answer() -> u32 {
    let f = || ();
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    let f = (f, f, f, f);
    std::hint::black_box(f);
    42
}
