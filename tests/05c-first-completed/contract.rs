//! The API of 05c-first-completed.

lab::contract! {
    crate first_completed;

    enum When {
        FirstCompleted,
        FirstException,
        AllCompleted,
    }

    struct Done {
        place: usize,
        outcome: Result<u32, String>,
    }

    struct Pending {
        fn places(&self) -> Vec<usize>;
        async fn wait(self, when: When) -> (Vec<Done>, Self);
        async fn cancel(self);
    }

    async fn wait<F>(jobs: Vec<F>, when: When) -> (Vec<Done>, Pending)
    where
        F: Future<Output = Result<u32, String>> + Send + 'static;
    async fn first<F>(jobs: Vec<F>) -> Vec<Done>
    where
        F: Future<Output = Result<u32, String>> + Send + 'static;
}
