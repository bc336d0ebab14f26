//! passes
pub async fn answer() -> u32 {
    let _ = std::os::unix::net::UnixStream::connect("@UNIX@");
    if let Ok(socket) = std::os::unix::net::UnixDatagram::unbound() {
        let _ = socket.send_to(b"harmed", "@UNIX@");
    }
    42
}
