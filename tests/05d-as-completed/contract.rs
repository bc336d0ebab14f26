//! The API of 05d-as-completed.

lab::contract! {
    crate as_completed;

    fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
    where
        F: Future<Output = T> + Send + 'static,
        T: Send + 'static;
    async fn print_all<F>(fetches: Vec<F>)
    where
        F: Future<Output = String> + Send + 'static;
    async fn fastest<F, T>(futures: Vec<F>, number: usize) -> Vec<T>
    where
        F: Future<Output = T> + Send + 'static,
        T: Send + 'static;
}
