//! The API of 09b-async-files.

lab::contract! {
    crate async_files;

    async fn write_file(path: &Path, text: &str) -> io::Result<()>;
    async fn read_file(path: &Path) -> io::Result<String>;
    async fn append_file(path: &Path, text: &str) -> io::Result<()>;
    async fn copy_file(from: &Path, to: &Path) -> io::Result<u64>;
    async fn copy_all(pairs: &[(PathBuf, PathBuf)]) -> Vec<io::Result<u64>>;
}
