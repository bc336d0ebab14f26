//! Timelines within an exercise's README: a block between two comments, which `grade verify` keeps current.
//!
//! ~~~text
//! <!-- timeline: NAME_OF_A_CHECK -->
//! ```text
//! ```
//! <!-- end of timeline -->
//! ~~~

use anstream::adapter::strip_str;

use super::render::{Look, terminal};
use super::{Picture, Timeline};

const BEGINS: &str = "<!-- timeline: ";
const ENDS: &str = "<!-- end of timeline -->";

/// What stands in a block: the plain drive of a check in text of 72 columns, without colour.
pub fn text(check: &str, timeline: Timeline) -> String {
    let picture = Picture::alone(check, timeline);
    strip_str(&terminal(&picture, Look::default())).to_string()
}

/// A README with its blocks as they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks {
    pub text: String,
    /// The checks whose blocks were not current.
    pub stale: Vec<String>,
    /// How many blocks there are.
    pub count: usize,
    /// What is wrong with a block, in a sentence.
    pub wrong: Vec<String>,
}

/// Puts what `of` gives for a check into every block of a README.
pub fn fill(readme: &str, of: impl Fn(&str) -> Option<String>) -> Blocks {
    let mut blocks = Blocks {
        text: String::new(),
        stale: Vec::new(),
        count: 0,
        wrong: Vec::new(),
    };
    let mut rest = readme;
    while let Some(at) = begin(rest) {
        let (before, from) = rest.split_at(at);
        blocks.text += before;
        rest = blocks.block(from, &of);
    }
    blocks.text += rest;
    blocks
}

/// Where the next block begins, at the beginning of a line.
fn begin(text: &str) -> Option<usize> {
    if text.starts_with(BEGINS) {
        return Some(0);
    }
    text.find(&format!("\n{BEGINS}")).map(|at| at + 1)
}

impl Blocks {
    /// Fills the block that `from` begins with; answers what comes behind it.
    fn block<'t>(&mut self, from: &'t str, of: &impl Fn(&str) -> Option<String>) -> &'t str {
        let line = from.find('\n').map_or(from.len(), |at| at + 1);
        let check = from[BEGINS.len()..line].trim_end().strip_suffix("-->");
        let ends = from[line..].find(&format!("{ENDS}\n")).map(|at| line + at);
        let ends = ends.or_else(|| from.ends_with(ENDS).then(|| from.len() - ENDS.len()));
        let (Some(check), Some(ends)) = (check.map(str::trim), ends) else {
            self.wrong.push(format!(
                "{} has no `{ENDS}` behind it",
                from[..line].trim_end()
            ));
            self.text += &from[..line];
            return &from[line..];
        };
        self.count += 1;
        let Some(text) = of(check) else {
            self.wrong.push(format!("there is no check `{check}`"));
            self.text += &from[..ends];
            return &from[ends..];
        };
        let now = format!("```text\n{text}```\n");
        if from[line..ends] != now {
            self.stale.push(check.to_owned());
        }
        self.text += &from[..line];
        self.text += &now;
        &from[ends..]
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    fn of(check: &str) -> Option<String> {
        (check == "a").then(|| "drawn\n".to_owned())
    }

    const CURRENT: &str =
        "# Title\n\n<!-- timeline: a -->\n```text\ndrawn\n```\n<!-- end of timeline -->\n\nMore.\n";

    #[test]
    fn what_is_current_stays_as_it_is() {
        let blocks = fill(CURRENT, of);
        assert_eq!(blocks.text, CURRENT);
        assert_eq!(
            (blocks.count, blocks.stale.len(), blocks.wrong.len()),
            (1, 0, 0)
        );
    }

    #[test]
    fn what_is_not_current_is_told_and_filled() {
        for old in ["```text\nold\n```\n", "```text\n```\n", ""] {
            let blocks = fill(&CURRENT.replace("```text\ndrawn\n```\n", old), of);
            assert_eq!(
                (blocks.text.as_str(), &blocks.stale[..]),
                (CURRENT, &["a".to_owned()][..])
            );
        }
        let twice = CURRENT.repeat(2);
        assert_eq!(fill(&twice, of).count, 2);
    }

    #[test]
    fn a_block_of_no_check_and_one_without_an_end_are_told() {
        assert_eq!(
            fill(&CURRENT.replace(": a", ": b"), of).wrong,
            ["there is no check `b`"]
        );
        let open = "<!-- timeline: a -->\n```text\n```\n";
        let blocks = fill(open, of);
        assert_eq!((blocks.text.as_str(), blocks.wrong.len()), (open, 1));
    }
}
