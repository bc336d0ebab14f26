//! What a person reads at a terminal: at the widths that terminals have, without colour, and in ASCII.

use std::fmt::Write as _;

use grade::report::context::Context;
use grade::report::{self, Format};
use grade::timeline::render::Look;
use grade::verdict::Verdict;

use super::verdicts;

const WIDTHS: [usize; 3] = [60, 80, 120];

fn set(format: Format, verdict: &Verdict, columns: usize, ascii: bool) -> String {
    let look = Look {
        width: columns,
        ascii,
        ..Look::default()
    };
    let context = Context {
        columns: Some(columns),
        look,
        ..Context::default()
    };
    let text = report::render(format, verdict, &context).unwrap();
    anstream::adapter::strip_str(&text).to_string()
}

/// The reports of all verdicts that are short enough to be looked at.
fn over_all(format: Format, columns: usize, ascii: bool) -> String {
    let mut out = String::new();
    for (name, verdict) in verdicts::all() {
        if name != "very_long" {
            let text = set(format, &verdict, columns, ascii);
            let _ = writeln!(out, "━━━━ {name}\n{text}");
        }
    }
    out
}

#[test]
fn each_report_for_a_terminal_has_a_snapshot_at_each_width() {
    for format in [Format::Full, Format::Concise] {
        for columns in WIDTHS {
            let name = format!("{}_{columns}", format.name());
            insta::assert_snapshot!(name, over_all(format, columns, false));
        }
        let name = format!("{}_ascii", format.name());
        insta::assert_snapshot!(name, over_all(format, 80, true));
    }
}

#[test]
fn no_line_is_wider_than_the_terminal_unless_it_is_one_word_or_is_there_to_be_copied() {
    let is_one_piece = |line: &str| {
        let words = line.split_whitespace();
        words.count() == 1
            || line.contains("again ")
            || line.contains(" | ")
            || line.contains("-->")
    };
    for (name, verdict) in verdicts::all() {
        for format in [Format::Full, Format::Concise] {
            for columns in WIDTHS {
                let text = set(format, &verdict, columns, true);
                let long = text
                    .lines()
                    .find(|line| line.len() > columns && !is_one_piece(line));
                assert_eq!(long, None, "{name} at {columns}");
            }
        }
    }
}

#[test]
fn widths_and_colours_change_no_word() {
    for (name, verdict) in verdicts::all() {
        let whole = anstream::adapter::strip_str(&report::terminal::render(&verdict)).to_string();
        let words: Vec<_> = whole.split_whitespace().collect();
        for columns in WIDTHS {
            let text = set(Format::Full, &verdict, columns, false);
            assert!(
                text.split_whitespace().eq(words.iter().copied()),
                "{name} at {columns}"
            );
        }
    }
}

#[test]
fn ascii_is_all_that_is_printed_where_it_is_asked_for() {
    for (name, verdict) in verdicts::all() {
        for format in [Format::Full, Format::Concise] {
            assert!(set(format, &verdict, 80, true).is_ascii(), "{name}");
        }
    }
}
