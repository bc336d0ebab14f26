//! `grade explain`: a page for every finding, whose examples do what the page says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use grade::explain::{Explained, FINDINGS};

use crate::bench::{grade, graded_program, names};
use crate::programs::Program;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What every page has, in this order.
const SECTIONS: [&str; 6] = [
    "What happened",
    "Why it matters",
    "In asyncio",
    "Wrong",
    "Right",
    "What it cannot see",
];

/// A terminal's width, which pages and lists keep to.
const COLUMNS: usize = 80;

/// The sections of a page: headings, each with what stands under it.
fn sections(finding: &Explained) -> Vec<(&str, &str)> {
    let parts = finding.page.split("\n## ").skip(1);
    parts
        .map(|part| part.split_once('\n').expect("a heading has a line"))
        .collect()
}

/// The program that stands under a heading.
fn example<'a>(finding: &'a Explained, heading: &str) -> &'a str {
    let sections = sections(finding);
    let (_, text) = sections
        .iter()
        .find(|(title, _)| *title == heading)
        .unwrap_or_else(|| panic!("{} has no section {heading}", finding.id));
    let blocks: Vec<_> = text
        .split("```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```\n"))
        .collect();
    assert_eq!(
        blocks.len(),
        1,
        "programs under {heading} of {}",
        finding.id
    );
    blocks[0].0
}

#[test]
fn every_page_has_all_its_sections_in_order() {
    for finding in FINDINGS {
        assert!(
            finding
                .page
                .starts_with(&format!("# {}\n\n## ", finding.id)),
            "{}",
            finding.id
        );
        let sections = sections(finding);
        let titles: Vec<_> = sections.iter().map(|(title, _)| *title).collect();
        assert_eq!(titles, SECTIONS, "{}", finding.id);
        for (title, text) in sections {
            assert!(text.trim().len() > 20, "{title} of {}", finding.id);
        }
    }
}

#[test]
fn every_page_in_the_folder_is_in_the_table() {
    let mut pages: Vec<_> = FINDINGS.iter().map(|f| format!("{}.md", f.id)).collect();
    pages.sort();
    assert_eq!(names(&Path::new(ROOT).join("grader/explain")), pages);
}

#[test]
fn pages_and_list_fit_a_terminal() {
    let ids = FINDINGS.iter().map(|finding| Some(finding.id));
    for id in ids.chain([None]) {
        let ran = grade(["explain"].into_iter().chain(id))
            .run()
            .exits(0)
            .only_reports();
        for line in ran.stdout.lines() {
            assert!(line.chars().count() <= COLUMNS, "{id:?}: {line}");
        }
    }
}

#[test]
fn the_list_names_every_finding() {
    let list = grade(["explain"]).run().exits(0).only_reports().stdout;
    for finding in FINDINGS {
        let lines = list.lines().filter(|line| {
            line.strip_prefix(finding.id)
                .is_some_and(|rest| rest.starts_with("  ") && rest.trim() == finding.summary)
        });
        assert_eq!(lines.count(), 1, "{}", finding.id);
    }
}

#[test]
fn a_page_is_plain_text_with_indented_code() {
    let page = grade(["explain", "spinning"]).run().exits(0).only_reports();
    insta::assert_snapshot!("explain_spinning", page.stdout);
}

#[test]
fn colour_makes_headings_bold_and_adds_nothing_else() {
    let plain = grade(["explain", "spinning"]).run().exits(0).stdout;
    let colored = grade(["explain", "spinning", "--color", "always"])
        .run()
        .exits(0)
        .stdout;
    assert!(
        colored.contains("\u{1b}[1mWhy it matters\u{1b}[0m\n"),
        "{colored}"
    );
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
}

#[test]
fn an_unknown_finding_is_a_usage_error_with_the_nearest_one() {
    grade(["explain", "blocked-executer"])
        .run()
        .exits(2)
        .only_says(
            "error: there is no finding `blocked-executer`\nhint: did you mean `blocked-executor`?",
        );
    grade(["explain", "quicksort"]).run().exits(2).only_says(
        "error: there is no finding `quicksort`\nhint: `grade explain` shows the findings",
    );
}

#[test]
fn the_wrong_example_raises_the_finding_and_the_right_one_passes() {
    let mut wrong = Vec::new();
    for finding in FINDINGS {
        let graded = |heading| {
            let checks = graded_program(example(finding, heading), "64");
            let checks = checks.unwrap_or_else(|e| panic!("{heading} of {}: {e}", finding.id));
            let not_passed = checks.iter().find(|check| check["status"] != "passed");
            not_passed.unwrap_or(&checks[0]).clone()
        };
        let check = graded("Wrong");
        let mut findings = check["findings"].as_array().expect("findings").iter();
        if !findings.any(|found| found["kind"] == finding.id) {
            wrong.push(format!("{} is not raised: {check:#}", finding.id));
        }
        let check = graded("Right");
        if check["status"] != "passed" || check["findings"] != serde_json::json!([]) {
            wrong.push(format!("the right way of {} is not: {check:#}", finding.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_has_two_programs_that_raise_it_and_two_that_only_look_like_it() {
    let programs = Program::all();
    let mut few = Vec::new();
    for finding in FINDINGS {
        let raise = programs.iter().filter(|p| p.raises(finding.id)).count();
        let look_like = programs.iter().filter(|p| p.looks_like(finding.id)).count();
        if raise < 2 || look_like < 2 {
            few.push(format!(
                "{}: {raise} raise it, {look_like} look like it",
                finding.id
            ));
        }
    }
    assert!(few.is_empty(), "{}", few.join("\n"));
}

#[test]
fn every_kind_that_can_be_raised_has_a_page() {
    let raised = kinds_in_judges();
    for known in ["lost-wakeup", "unbounded", "too-early", "cancel-unsafe"] {
        assert!(raised.contains(known), "{known} is not among {raised:?}");
    }
    let pages: BTreeSet<_> = FINDINGS.iter().map(|f| f.id.to_owned()).collect();
    let without: Vec<_> = raised.difference(&pages).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// The kinds that judges name, as their words, as an exercise or as its mistakes.
fn kinds_in_judges() -> BTreeSet<String> {
    let root = Path::new(ROOT);
    let mut sources = sources_in(&root.join("grader/lab/judge/src"));
    let mut mistakes = Vec::new();
    for course in [
        "tests",
        "tests/grader/course/tests",
        "tests/grader/programs/course/tests",
    ] {
        let folders = fs::read_dir(root.join(course)).unwrap().flatten();
        for exercise in folders
            .map(|entry| entry.path())
            .filter(|e| e.join("judge.rs").exists())
        {
            sources.extend(sources_in(&exercise));
            mistakes.extend(sources_in(&exercise.join("mistakes")));
        }
    }
    let texts = |paths: Vec<PathBuf>| {
        paths
            .into_iter()
            .map(|path| fs::read_to_string(path).unwrap())
    };
    let mut kinds: BTreeSet<_> = texts(sources).flat_map(|text| kinds_in(&text)).collect();
    for text in texts(mistakes) {
        let named = text
            .lines()
            .filter_map(|line| line.strip_prefix("//! finding: "));
        kinds.extend(named.map(str::to_owned));
    }
    kinds
}

fn sources_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect()
}

/// The string literals of a judge that name a kind: those in words with hyphens, and those that
/// `Findings` are made with.
fn kinds_in(text: &str) -> BTreeSet<String> {
    let in_words = |literal: &&str| {
        let mut words = literal.split('-');
        words.all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
    };
    let hyphenated = text.split('"').filter(|l| l.contains('-')).filter(in_words);
    let made = ["Findings::one(", "Findings::unless("]
        .into_iter()
        .flat_map(|make| {
            text.split(make)
                .skip(1)
                .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
                .filter(in_words)
        });
    hyphenated.chain(made).map(str::to_owned).collect()
}
