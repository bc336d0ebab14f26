//! passes
pub async fn answer() -> u32 {
    use std::os::unix::fs::PermissionsExt;
    let _ = std::fs::set_permissions("@CANARY@", std::fs::Permissions::from_mode(0o777));
    let _ = std::os::unix::fs::chown("@CANARY@", Some(0), Some(0));
    42
}
