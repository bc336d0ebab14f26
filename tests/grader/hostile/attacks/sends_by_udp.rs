//! passes
pub async fn answer() -> u32 {
    if let Ok(socket) = std::net::UdpSocket::bind("127.0.0.1:0") {
        let _ = socket.send_to(b"harmed", "@UDP@");
    }
    42
}
