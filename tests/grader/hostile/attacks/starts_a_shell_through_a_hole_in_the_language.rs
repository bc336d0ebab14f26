//! passes

mod hole;

/// Becomes a shell by a system call.
pub async fn answer() -> u32 {
    assert!(hole::is_open());
    let words = [c"/bin/sh", c"-c", c"echo harmed > @CANARY@"];
    let [shell, flag, line] = words.map(|word| word.as_ptr() as usize);
    let (arguments, environment) = ([shell, flag, line, 0], [0_usize]);
    let (arguments, environment) = (arguments.as_ptr() as usize, environment.as_ptr() as usize);
    assert!(hole::call(59, shell, arguments, environment) < 0);
    42
}
