//! How a run ends, and what it leaves: nothing, whatever ended it.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;

use rustix::process::Signal;

use crate::bench::{
    Grade, Ran, Started, Submission, answering, cache_copy, course, grade, kits, names, reference,
    running_in, until,
};

/// A submission that never ends, in the run itself.
fn endless() -> Submission {
    Submission::new(&answering("loop { std::hint::spin_loop() }"))
}

/// A submission that rustc never ends with.
fn endless_to_compile() -> Submission {
    let lib = answering("const { let mut n = 1_u32; while n > 0 { n = n % 7 + 1; } n }");
    Submission::new(&format!("#![allow(long_running_const_eval)]\n{lib}"))
}

/// Starts it with this temporary directory and waits until `program` runs there.
#[track_caller]
fn started(run: Grade, temporary: &Path, program: &str) -> Started {
    let run = run.temporary(temporary).start();
    until(&format!("{program} in the temporary directory"), || {
        running_in(temporary)
            .iter()
            .any(|running| running == program)
            .then_some(())
    });
    run
}

/// It was interrupted, and nothing is left of it.
#[track_caller]
fn is_cleared_up(ran: Ran, temporary: &Path) {
    ran.exits(130).only_says("interrupted");
    // A killed process is gone as soon as its parent, or init, has heard of it.
    until("the end of its children", || {
        running_in(temporary).is_empty().then_some(())
    });
    assert_eq!(names(temporary), [""; 0]);
}

mod a_signal {
    use super::*;

    #[test]
    fn ends_the_drive_and_clears_up() {
        for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
            let (submission, temporary) = (endless(), tempfile::tempdir().unwrap());
            let run = started(submission.graded(), temporary.path(), "driver");
            run.send(signal);
            is_cleared_up(run.ends(), temporary.path());
        }
    }

    #[test]
    fn ends_the_compiler_and_clears_up() {
        let (submission, temporary) = (endless_to_compile(), tempfile::tempdir().unwrap());
        let run = started(submission.graded(), temporary.path(), "rustc");
        run.send(Signal::INT);
        is_cleared_up(run.ends(), temporary.path());
    }

    #[test]
    fn ends_the_submissions_own_children() {
        let child = "std::process::Command::new(\"/bin/sh\").args([\"-c\", \"exec cat /dev/zero >/dev/null\"]).spawn().map(|_| ())";
        let submission = Submission::new(&answering(&format!(
            "let _ = {child}; loop {{ std::hint::spin_loop() }}"
        )));
        let temporary = tempfile::tempdir().unwrap();
        // Where a submission may start no program at all, there is only the driver to end.
        let run = started(submission.graded(), temporary.path(), "driver");
        run.send(Signal::INT);
        is_cleared_up(run.ends(), temporary.path());
    }

    #[test]
    fn that_comes_again_and_again_is_one() {
        let (submission, temporary) = (endless(), tempfile::tempdir().unwrap());
        let run = started(submission.graded(), temporary.path(), "driver");
        let ended =
            || running_in(temporary.path()).is_empty() && names(temporary.path()).is_empty();
        until("the end", || {
            for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
                run.send(signal);
            }
            ended().then_some(())
        });
        is_cleared_up(run.ends(), temporary.path());
    }

    #[test]
    fn ends_a_run_that_nobody_listens_to() {
        let (submission, temporary) = (endless(), tempfile::tempdir().unwrap());
        let run = started(
            submission.graded().unread_errors(),
            temporary.path(),
            "driver",
        );
        run.send(Signal::INT);
        run.ends().exits(130);
        assert_eq!(names(temporary.path()), [""; 0]);
    }

    #[test]
    fn while_an_exercise_is_built_leaves_no_half_of_it() {
        let (submission, cache) = (endless(), cache_copy(kits));
        let run = submission.graded().cache(cache.path()).start();
        is_building(cache.path(), "probe-");
        run.send(Signal::INT);
        run.ends().exits(130).says("interrupted");
        is_whole(cache.path());
    }

    #[test]
    fn while_the_kit_is_built_ends_cargo_too() {
        let (submission, cache) = (endless(), tempfile::tempdir().unwrap());
        let run = submission
            .graded()
            .cache(cache.path())
            .without("GRADE_KIT_TARGET")
            .start();
        until("cargo", || {
            running_in(cache.path())
                .iter()
                .any(|program| program == "cargo")
                .then_some(())
        });
        run.send(Signal::INT);
        run.ends().exits(130).says("interrupted");
        until("the end of cargo and rustc", || {
            running_in(cache.path()).is_empty().then_some(())
        });
        is_whole(cache.path());
    }
}

/// Waits until an entry is being built.
#[track_caller]
fn is_building(cache: &Path, prefix: &str) {
    until("a build in the cache", || {
        names(cache)
            .iter()
            .any(|name| name.starts_with(prefix) && name.contains(".building-"))
            .then_some(())
    });
}

#[track_caller]
fn is_whole(cache: &Path) {
    assert_eq!(
        names(cache)
            .iter()
            .filter(|name| name.contains(".building-"))
            .count(),
        0
    );
    // What came of submissions is no entry: each is a file by itself.
    for entry in names(cache)
        .iter()
        .filter(|name| *name != "results")
        .map(|name| cache.join(name))
        .filter(|path| path.is_dir())
    {
        assert!(
            entry.join("manifest.json").is_file(),
            "{} is not whole",
            entry.display()
        );
    }
}

mod the_next_run {
    use super::*;

    #[test]
    fn clears_what_a_killed_run_left() {
        for (submission, program) in [(endless(), "driver"), (endless_to_compile(), "rustc")] {
            let temporary = tempfile::tempdir().unwrap();
            let run = started(submission.graded(), temporary.path(), program);
            run.send(Signal::KILL);
            assert_eq!(run.ends().signal, Some(9));
            assert_eq!(
                names(temporary.path()).len(),
                1,
                "a killed run clears nothing up"
            );

            let answer = Submission::new(&reference());
            answer.graded().temporary(temporary.path()).run().exits(0);
            assert_eq!(names(temporary.path()), [""; 0]);
            assert_eq!(running_in(temporary.path()), [""; 0]);
        }
    }

    #[test]
    fn leaves_alone_what_still_runs() {
        let (submission, temporary) = (endless(), tempfile::tempdir().unwrap());
        let run = started(submission.graded(), temporary.path(), "driver");
        let before = names(temporary.path());
        Submission::new(&reference())
            .graded()
            .temporary(temporary.path())
            .run()
            .exits(0);
        assert_eq!(names(temporary.path()), before);
        run.send(Signal::INT);
        is_cleared_up(run.ends(), temporary.path());
    }

    #[test]
    fn clears_a_build_that_was_killed() {
        let (submission, cache) = (endless(), cache_copy(kits));
        let temporary = tempfile::tempdir().unwrap();
        let run = submission
            .graded()
            .cache(cache.path())
            .temporary(temporary.path())
            .start();
        is_building(cache.path(), "probe-");
        run.send(Signal::KILL);
        run.ends();
        // Another exercise's build, whose entry nobody asks for any more.
        fs::create_dir(cache.path().join("gone-0123.building-AbCdEf")).unwrap();
        let answer = Submission::new(&reference());
        answer
            .graded()
            .cache(cache.path())
            .temporary(temporary.path())
            .run()
            .exits(0);
        is_whole(cache.path());
    }

    #[test]
    fn ends_what_a_killed_build_of_the_kit_left_running() {
        let (submission, cache) = (endless(), tempfile::tempdir().unwrap());
        let alone = |run: Grade| run.cache(cache.path()).without("GRADE_KIT_TARGET").start();
        let killed = alone(submission.graded());
        let cargo = || {
            running_in(cache.path())
                .iter()
                .filter(|program| *program == "cargo")
                .count()
        };
        until("cargo", || (cargo() == 1).then_some(()));
        killed.send(Signal::KILL);
        killed.ends();
        let left = names(cache.path())
            .into_iter()
            .find(|name| name.contains(".building-"))
            .unwrap();

        let next = alone(submission.graded());
        until("the next build", || {
            let building: Vec<_> = names(cache.path())
                .into_iter()
                .filter(|name| name.contains(".building-"))
                .collect();
            (building.len() == 1 && building[0] != left).then_some(())
        });
        until("one cargo", || (cargo() == 1).then_some(()));
        next.send(Signal::INT);
        next.ends().exits(130);
        is_whole(cache.path());
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let submission = Submission::new(&reference());
    submission.graded().unread_report().run().exits(0);
    let wrong = Submission::new(&answering("41"));
    wrong.graded().unread_report().run().exits(1);
    wrong
        .graded()
        .arg("--timings")
        .unread_errors()
        .run()
        .exits(1);
    let list = || grade(["list", "--course"]).arg(course());
    list().unread_report().run().exits(0);
    // Nor is one that does not hear what went wrong, or what takes so long.
    grade(["nothing"]).unread_errors().run().exits(2);
    let cache = cache_copy(kits);
    submission
        .graded()
        .cache(cache.path())
        .unread_errors()
        .run()
        .exits(0);
}

#[test]
fn a_report_that_cannot_be_written_is_the_graders_failure() {
    let submission = Submission::new(&reference());
    let ran = submission
        .graded()
        .in_shell("exec \"$@\" > /dev/full", &["env"])
        .run()
        .exits(5);
    ran.says("error: the report could not be written: No space left on device");
}
