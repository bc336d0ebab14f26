//! passes
pub async fn answer() -> u32 {
    let left = std::process::Command::new("/bin/sh")
        .args(["-c", "setsid sh -c 'sleep 30; echo harmed > @CANARY@' &"])
        .spawn();
    assert!(left.is_err(), "it was started");
    42
}
