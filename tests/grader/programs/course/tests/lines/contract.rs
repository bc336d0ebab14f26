//! A file, line by line.

lab::contract! {
    crate lines;

    async fn longest_line(path: &Path) -> io::Result<usize>;
}
