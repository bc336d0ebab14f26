//! Files that are no code.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::bench::{Submission, cache_copy, is_root, make_executable, not_checked, reference};

#[test]
fn that_are_not_utf_8_are_named_with_the_line() {
    let mut bytes = reference()
        .replace("The reference", "The gr\u{f6}\u{df}te")
        .into_bytes();
    let submission = Submission::new("pub mod umlaut;").with("src/umlaut.rs", {
        // As Latin-1 has them.
        let at = bytes.iter().position(|byte| *byte == 0xc3).unwrap();
        bytes.splice(at..at + 4, [0xf6, 0xdf]);
        bytes.splice(0..0, *b"\n\n");
        bytes
    });
    insta::assert_snapshot!(submission.is_rejected().stdout, @"
    probe · Probe
      error: src/umlaut.rs is not UTF-8: the byte at 12 begins no character
        at src/umlaut.rs:3
      help: save the file as UTF-8

    not graded: no check ran
    ");
}

#[test]
fn that_are_empty_are_no_crate() {
    for nothing in ["", " \n\n"] {
        Submission::new(nothing)
            .is_rejected()
            .reports("error: the crate is empty: src/lib.rs has no code");
    }
}

#[test]
fn that_are_links_are_refused() {
    let elsewhere = Submission::new(&reference());
    let target = elsewhere.path().join("src/lib.rs");

    let file = Submission::empty().with("src/other.rs", "");
    symlink(&target, file.path().join("src/lib.rs")).unwrap();
    file.is_rejected()
        .reports("error: src/lib.rs is a symbolic link: only plain files and folders are graded");

    let dangling = Submission::empty().with("src/other.rs", "");
    symlink("nowhere", dangling.path().join("src/lib.rs")).unwrap();
    dangling
        .is_rejected()
        .reports("error: src/lib.rs is a symbolic link");

    let folder = Submission::empty();
    symlink(elsewhere.path().join("src"), folder.path().join("src")).unwrap();
    folder
        .is_rejected()
        .reports("error: src is a symbolic link");

    let module = Submission::new(&reference());
    symlink(
        elsewhere.path().join("src"),
        module.path().join("src/module"),
    )
    .unwrap();
    module
        .is_rejected()
        .reports("error: src/module is a symbolic link");
}

#[test]
fn that_an_editor_locks_are_graded() {
    let submission = Submission::new(&reference());
    symlink(
        "somebody@somewhere.4711:1700000000",
        submission.path().join("src/.#lib.rs"),
    )
    .unwrap();
    submission.graded().run().exits(0);
}

#[test]
fn that_are_no_files_are_refused_without_being_opened() {
    let submission = Submission::new(&reference());
    let pipe = submission.path().join("src/pipe.rs");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        0o600.into(),
        0,
    )
    .unwrap();
    submission
        .is_rejected()
        .reports("error: src/pipe.rs is not a regular file");
}

#[test]
fn that_are_too_large_are_refused() {
    let mebibyte = "/".repeat(1 << 20);
    Submission::new(&format!("{mebibyte}/"))
        .is_rejected()
        .reports("error: src/lib.rs is larger than 1024 KiB");

    let mut many = Submission::new(&reference());
    for number in 0..9 {
        many = many.with(&format!("src/a{number}.rs"), &mebibyte);
    }
    many.is_rejected()
        .reports("error: the submission is larger than 8 MiB");

    let mut more = Submission::new(&reference());
    for number in 0..500 {
        more = more.with(&format!("src/m{number}.rs"), "");
    }
    more.is_rejected()
        .reports("error: the submission has more than 500 files");

    let deep = format!("src{}/mod.rs", "/deep".repeat(40));
    Submission::new(&reference())
        .with(&deep, "")
        .is_rejected()
        .reports("lies 32 folders deep");
}

#[test]
fn that_cargo_would_run_are_ignored() {
    let toolchain = "[toolchain]\nchannel = \"1.0.0\"\n";
    let config = "[build]\nrustc = \"/bin/false\"\nrustflags = [\"--cfg\", \"cheat\"]\n[env]\nCHEAT = \"1\"\n";
    let code = "#[cfg(cheat)] compile_error!(\"a cheat\");\n";
    let submission = Submission::new(&(reference() + code))
        .with("build.rs", "fn main() { std::fs::write(\"ran\", \"\").unwrap(); println!(\"cargo::rustc-cfg=cheat\"); }")
        .with("Cargo.toml", "[package]\nname = \"probe\"\nbuild = \"build.rs\"\n[lints.rust]\nunused = \"deny\"\n")
        .with(".cargo/config.toml", config)
        .with("rust-toolchain.toml", toolchain)
        .with("rust-toolchain", toolchain)
        .with("src/main.rs", "compile_error!(\"not a library\");");
    // A `rustc` that obeys a toolchain file where it stands, as rustup's does: it is not asked there.
    let (shim, path) =
        rustc_shim("if ls rust-toolchain* >/dev/null 2>&1; then echo obeyed >&2; exit 1; fi");
    let run = submission
        .graded()
        .from(submission.path())
        .cache(cache_copy(|_| true).path())
        .env("PATH", path)
        .run();
    run.exits(0)
        .reports("score 100/100")
        .keeps_quiet_about("obeyed");
    drop(shim);
}

#[test]
fn that_nobody_may_read_are_named() {
    if is_root() {
        not_checked(
            "a submission that nobody may read",
            "root may read everything",
        );
        return;
    }
    let submission = Submission::new(&reference());
    let file = submission.path().join("src/lib.rs");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    submission
        .graded()
        .run()
        .exits(2)
        .says("src/lib.rs cannot be read: Permission denied");
}

/// A folder with a `rustc` that runs a line of shell first, and a PATH on which it comes first.
fn rustc_shim(line: &str) -> (Submission, String) {
    let path = std::env::var("PATH").unwrap();
    let rustc = std::env::split_paths(&path)
        .map(|folder| folder.join("rustc"))
        .find(|rustc| rustc.is_file())
        .unwrap();
    let script = format!("#!/bin/sh\n{line}\nexec '{}' \"$@\"\n", rustc.display());
    let shim = Submission::empty().with("rustc", script);
    make_executable(&shim.path().join("rustc"));
    let path = format!("{}:{path}", shim.path().display());
    (shim, path)
}
