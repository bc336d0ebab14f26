//! `grade help`: topics, and the same help of commands that they give themselves.

use crate::bench::grade;

#[test]
fn it_lists_commands_and_topics() {
    let ran = grade(["help"]).run().exits(0).only_reports();
    ran.reports("Usage: grade")
        .reports("  exit-codes ")
        .reports("  environment ")
        .reports("  grade.toml ");
}

#[test]
fn every_exit_code_has_a_line() {
    let ran = grade(["help", "exit-codes"]).run().exits(0).only_reports();
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn a_commands_help_is_what_it_says_itself() {
    for command in ["run", "verify", "cache", "config", "list"] {
        let own = grade([command, "--help"]).run().exits(0).stdout;
        assert_eq!(
            grade(["help", command]).run().exits(0).stdout.trim_end(),
            own.trim_end()
        );
    }
}

#[test]
fn the_settings_that_it_shows_are_ones() {
    let shown = grade(["help", "grade.toml"]).run().exits(0).stdout;
    let example = shown.split_once("\n\n").unwrap().1;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("grade.toml");
    std::fs::write(&file, example).unwrap();
    std::fs::write(folder.path().join("extensions.toml"), "").unwrap();
    grade(["config", "exercise-3", "--config"])
        .arg(&file)
        .run()
        .exits(0)
        .reports("late.percent       20 ");
}

#[test]
fn a_name_that_it_does_not_know_is_told_with_the_nearest() {
    grade(["help", "exit-code"])
        .run()
        .exits(2)
        .only_says("error: there is no help about `exit-code`\nhint: did you mean `exit-codes`?");
    grade(["help", "quicksort"])
        .run()
        .exits(2)
        .says("hint: `grade help` lists commands and topics");
}
