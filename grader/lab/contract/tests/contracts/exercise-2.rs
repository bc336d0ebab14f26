use lab::contract;

contract! {
    crate file_processing;

    /// What a file holds.
    struct Stats {
        lines: usize,
        words: usize,
        /// Also those that are no text.
        bytes: u64,
    }

    async fn process_files(paths: &[PathBuf], max_open: usize) -> Vec<io::Result<Stats>>;
    async fn word_totals(paths: &[PathBuf], max_open: usize) -> io::Result<BTreeMap<String, u64>>;
}
