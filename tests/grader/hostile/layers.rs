//! Each attack that several layers stop, with all of those off but one, and with all of them off: every layer
//! is enough by itself, and without any of them the attack succeeds, so that these tests can see.

use super::case::Case;
use super::prey::Prey;
use super::stage::{Stage, User};

/// An attack, and the layers that stop it. They are off while one of them is tried.
const STOPPED_BY: [(&str, &[&str]); 14] = [
    ("connects_by_tcp", &["seccomp", "net-namespace", "landlock"]),
    ("sends_by_udp", &["seccomp", "net-namespace"]),
    ("connects_to_a_unix_socket", &["seccomp", "mount-namespace"]),
    (
        "connects_to_an_abstract_socket",
        &["seccomp", "net-namespace", "landlock"],
    ),
    ("reads_a_secret", &["landlock", "mount-namespace"]),
    (
        "reads_what_it_was_started_with",
        &["landlock", "mount-namespace"],
    ),
    (
        "includes_a_secret_as_a_module_through_a_macro",
        &["landlock", "mount-namespace"],
    ),
    (
        "writes_to_a_file_of_others",
        &["landlock", "mount-namespace"],
    ),
    (
        "changes_the_rights_of_a_file_of_others",
        &["seccomp", "mount-namespace"],
    ),
    (
        "swaps_its_folder_for_a_link",
        &["landlock", "seccomp", "mount-namespace"],
    ),
    ("starts_a_shell", &["landlock", "seccomp"]),
    (
        "opens_files_through_a_hole_in_the_language",
        &["landlock", "mount-namespace"],
    ),
    (
        "connects_through_a_hole_in_the_language",
        &["seccomp", "net-namespace", "landlock"],
    ),
    (
        "starts_a_shell_through_a_hole_in_the_language",
        &["landlock", "seccomp"],
    ),
];

#[test]
fn every_layer_stops_its_attacks_by_itself_and_nothing_else_does() {
    let stage = Stage::new(User::Own);
    let mut wrong = Vec::new();
    for (name, layers) in STOPPED_BY {
        let case = Case::named(name);
        for kept in layers.iter().map(Some).chain([None]) {
            let off: Vec<_> = layers.iter().filter(|layer| Some(*layer) != kept).collect();
            let off: Vec<&str> = off.into_iter().copied().collect();
            let prey = Prey::new();
            let without = format!("--without-layers={}", off.join(","));
            let ran = stage.grades(&case, &prey, &[&without, "--allow-weak-isolation"]);
            let harm = case.differs(&ran).or_else(|| prey.is_harmed(&ran));
            if !matches!(ran.code, Some(0 | 1 | 3)) {
                wrong.push(format!("{name} is not graded without {off:?}\n{ran}"));
            }
            match (kept, harm) {
                (Some(layer), Some(harm)) => {
                    wrong.push(format!("{name}, with {layer} alone: {harm}\n{ran}"));
                }
                (None, None) => wrong.push(format!("{name} fails though nothing stops it\n{ran}")),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(target_arch = "x86_64")]
#[test]
fn no_call_beyond_those_that_are_allowed_gets_through_and_without_the_filter_they_do() {
    let stage = Stage::new(User::Own).with_calls();
    let whole = stage.grades_calls(&[]);
    assert_eq!(whole.code, Some(0), "{whole}");
    let open = stage.grades_calls(&["--without-layers=seccomp", "--allow-weak-isolation"]);
    assert_ne!(open.code, Some(0), "{open}");
}
