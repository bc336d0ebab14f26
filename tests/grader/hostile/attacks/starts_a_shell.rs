//! passes
pub async fn answer() -> u32 {
    for program in ["sh", "/bin/sh", "sudo", "/proc/self/exe"] {
        let started = std::process::Command::new(program)
            .args(["-c", "echo harmed > @CANARY@"])
            .spawn();
        assert!(started.is_err(), "{program} was started");
    }
    42
}
