//! passes
pub async fn answer() -> u32 {
    let _ = std::net::TcpStream::connect("@TCP@");
    42
}
