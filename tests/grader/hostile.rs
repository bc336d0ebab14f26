//! Submissions that attack: every file in `hostile/` is one, and says in its first line what must come of it.
//! They are run for real, as this user and, where this user is root, as one without any privilege. After each, what
//! it was after is looked at: a file, sockets that listen, a secret.
#![cfg(target_os = "linux")]

mod case;
mod layers;
mod prey;
mod stage;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::bench::is_root;
use case::{Case, Outcome};
use prey::Prey;
use stage::{Stage, User};

/// Runs every case on as many threads as there are cores, and tells of all that went wrong at once.
fn every_case_comes_out_as_it_says(user: User) {
    let stage = Stage::new(user);
    let cases = Case::all();
    assert!(cases.len() > 135, "only {} cases were found", cases.len());
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let prey = Prey::new();
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let ran = stage.grades(case, &prey, &[]);
                    let found = case.differs(&ran).or_else(|| prey.is_harmed(&ran));
                    if let Some(why) = found {
                        let mut wrong = wrong.lock().unwrap_or_else(PoisonError::into_inner);
                        wrong.push(format!("{}: {why}\n{ran}", case.name));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_table_in_the_readme_counts_them() {
    let readme = include_str!("../../README.md");
    let cases = Case::all();
    let attacks = cases.iter().filter(|case| !case.is_benign());
    let attacks: Vec<_> = attacks.collect();
    for (outcome, because) in [
        (Outcome::IsRejected, "it is rejected"),
        (Outcome::Fails, "its check fails"),
        (Outcome::Passes, "it gets nothing"),
    ] {
        let count = attacks.iter().filter(|case| case.comes_to(outcome)).count();
        let row = format!("| {count} | {count} | {because} |");
        assert!(readme.contains(&row), "no {row:?}");
    }
}

#[test]
fn every_attack_is_contained() {
    every_case_comes_out_as_it_says(User::Own);
}

#[test]
fn every_attack_on_a_user_without_privilege_is_contained() {
    // Who is not root is such a user, and shows it in the other test.
    if is_root() {
        every_case_comes_out_as_it_says(User::Nobody);
    }
}
