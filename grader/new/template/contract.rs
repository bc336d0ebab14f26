//! The API of {ID}: what every submission must have. DESIGN.md lists the types that it can carry.

lab::contract! {
    crate {CRATE};

    async fn both<A, B>(one: A, other: B) -> (u32, u32)
    where
        A: Future<Output = u32> + Send + 'static,
        B: Future<Output = u32> + Send + 'static;
}
