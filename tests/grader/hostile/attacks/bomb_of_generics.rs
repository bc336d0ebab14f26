//! is rejected
fn deeper<T: Clone>(value: T) {
    deeper((value.clone(), value));
}

pub async fn answer() -> u32 {
    deeper(());
    42
}
