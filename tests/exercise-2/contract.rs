//! The API of exercise-2.

lab::contract! {
    crate file_processing;

    struct Stats {
        lines: usize,
        words: usize,
        bytes: u64,
    }

    async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>>;
    async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>>;
}
