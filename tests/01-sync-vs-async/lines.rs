//! What the tasks printed, and when.

use judge::{Findings, Run, ms};

/// A line, and when it is printed, in virtual milliseconds since the drive began.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    pub at_ms: u64,
    pub line: String,
}

impl Said {
    pub fn starting(name: &str, at_ms: u64) -> Self {
        let line = format!("{name} starting");
        Self { at_ms, line }
    }

    pub fn done(name: &str, at_ms: u64) -> Self {
        let line = format!("{name} done");
        Self { at_ms, line }
    }

    fn shown(said: Option<&Self>) -> String {
        said.map_or_else(
            || "nothing more".to_owned(),
            |said| format!("{:?} at {}", said.line, ms(said.at_ms)),
        )
    }
}

fn printed(run: &Run) -> Vec<Said> {
    let printed = run.printed().into_iter();
    printed.map(|(at_ms, line)| Said { at_ms, line }).collect()
}

/// Exactly these lines are printed, at these times; those of one millisecond in any order.
pub fn are_the_lines(run: &Run, expected: &[Said]) -> Findings {
    let (mut expected, mut got) = (expected.to_vec(), printed(run));
    expected.sort();
    got.sort();
    let longer = expected.len().max(got.len());
    let Some(at) = (0..longer).find(|at| expected.get(*at) != got.get(*at)) else {
        return Findings::none();
    };
    Findings::one("wrong-output", "the tasks printed something else")
        .expected(Said::shown(expected.get(at)))
        .got(Said::shown(got.get(at)))
}

/// Each task's two lines follow one another, its wait apart, whatever the order of the tasks.
pub fn each_undisturbed(run: &Run, tasks: &[(String, u64)]) -> Findings {
    let printed = printed(run);
    let disturbed = |(name, wait_ms): &&(String, u64)| {
        let at = printed
            .iter()
            .position(|said| said.line == format!("{name} starting"));
        let lines = at.map(|at| (&printed[at], printed.get(at + 1)));
        lines.is_none_or(|(from, to)| to != Some(&Said::done(name, from.at_ms + wait_ms)))
    };
    let found = tasks
        .iter()
        .find(disturbed)
        .map_or_else(Findings::none, |(name, wait_ms)| {
            let printed: Vec<&str> = printed.iter().map(|said| said.line.as_str()).collect();
            Findings::one(
                "wrong-output",
                format!("{name} did not block from its first line to its last"),
            )
            .expected(format!(
                "\"{name} starting\" and, {} later, \"{name} done\"",
                ms(*wait_ms)
            ))
            .got(printed.join(", "))
        });
    let (lines, all) = (printed.len(), 2 * tasks.len());
    found.or_else(|| {
        Findings::unless(
            lines == all,
            "wrong-output",
            "the tasks printed more than their lines",
        )
        .expected(format!("{all} lines"))
        .got(format!("{lines} lines"))
    })
}
