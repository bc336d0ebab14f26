//! Scenes to draw: each does something else with its fetches.

lab::contract! {
    crate scenes;

    async fn scene<F>(name: &str, fetches: Vec<F>)
    where
        F: Future<Output = u64> + Send + 'static;
}
