//! The toolchain and the linker: a sentence for each way in which they are not there.

use std::path::Path;

use crate::bench::{Ran, Submission, make_executable, names, reference_graded};

/// A folder with these programs, shell scripts, as the PATH.
fn path(programs: &[(&str, &str)]) -> Submission {
    programs
        .iter()
        .fold(Submission::empty(), |folder, (name, script)| {
            let folder = folder.with(name, format!("#!/bin/sh\n{script}\n"));
            make_executable(&folder.path().join(name));
            folder
        })
}

#[track_caller]
fn fails(path: &Submission) -> Ran {
    reference_graded().env("PATH", path.path()).run().exits(5)
}

const OLD: &str = "case \"$*\" in\n\
     *sysroot*) echo \"${0%/bin/rustc}\" ;;\n\
     *) echo 'rustc 1.60.0 (7737e0b5c 2022-04-04)'; echo 'release: 1.60.0'; echo 'host: x86_64-unknown-linux-gnu' ;;\n\
     esac";

#[test]
fn that_is_not_there_is_asked_for() {
    fails(&path(&[]))
        .only_says("error: no `rustc` on the PATH\nhint: install Rust: https://rustup.rs");
}

#[test]
fn that_is_too_old_is_named_with_the_oldest_that_grades() {
    let folder = path(&[("bin/rustc", OLD)]);
    let ran = reference_graded()
        .env("PATH", folder.path().join("bin"))
        .run()
        .exits(5);
    ran.only_says("error: rustc 1.60.0 is older than 1.95.0, the oldest that grades\nhint: rustup update stable");
}

#[test]
fn that_does_not_work_is_shown_with_what_it_said() {
    let failing = fails(&path(&[(
        "rustc",
        "echo 'error: no default toolchain' >&2; exit 1",
    )]));
    failing.says("/rustc cannot be used: error: no default toolchain\nhint: `rustup show` says which toolchains there are");
    let odd = path(&[("bin/rustc", "echo \"${0%/bin/rustc}\"")]);
    let odd = reference_graded()
        .env("PATH", odd.path().join("bin"))
        .run()
        .exits(5);
    odd.says("bin/rustc does not say its version");
}

#[test]
fn without_a_c_linker_is_told_the_package_that_brings_one() {
    let sysroot = std::process::Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .unwrap();
    let rustc = Path::new(String::from_utf8(sysroot.stdout).unwrap().trim()).join("bin");
    assert!(
        ["cc", "gcc", "clang"]
            .iter()
            .all(|linker| !rustc.join(linker).exists())
    );
    reference_graded()
        .env("PATH", rustc)
        .run()
        .exits(5)
        .only_says(
            "error: no C linker: none of `cc`, `gcc` and `clang` is on the PATH\n\
         hint: on Debian and Ubuntu: sudo apt install gcc; on Fedora: sudo dnf install gcc",
        );
}

#[test]
fn that_cannot_download_the_kits_crates_is_told_that_it_must() {
    let (cache, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let offline = reference_graded()
        .cache(cache.path())
        .without("GRADE_KIT_TARGET");
    let ran = offline
        .env("CARGO_HOME", home.path())
        .env("CARGO_NET_OFFLINE", "true")
        .run()
        .exits(5);
    ran.says("error: the kit did not build; cargo said:\n")
        .says("hint: the first run downloads the kit's crates: it needs the network");
    assert!(
        names(cache.path())
            .iter()
            .all(|name| !name.contains(".building-"))
    );
}
