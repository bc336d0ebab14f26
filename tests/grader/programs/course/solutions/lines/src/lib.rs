pub async fn longest_line(_path: &std::path::Path) -> std::io::Result<usize> { todo!() }
