lab_macros::contract! {
    crate limiter;

    struct Limiter {
        fn new() -> Self;
    }

    async fn share(limiter: Arc<Limiter>);
}

fn main() {}
