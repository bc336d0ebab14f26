//! passes
pub async fn answer() -> u32 {
    use std::os::linux::net::SocketAddrExt;
    let name = std::os::unix::net::SocketAddr::from_abstract_name("@ABSTRACT@");
    let _ = name.and_then(|name| std::os::unix::net::UnixStream::connect_addr(&name));
    42
}
